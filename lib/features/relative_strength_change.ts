import { lagged } from "@lib/core";
import { differences } from "./_quotient.ts";
import { missingRule } from "./_missing_rule.ts";
import { zScore } from "./_z_score.ts";
import { defineFeature } from "./feature.ts";
import { relativeStrengthIndex } from "./relative_strength_index.ts";

const source = "Wilder (1978), New Concepts in Technical Trading Systems; index as in TA-Lib RSI";

/**
 * `rsi_change_14_5`, how the relative strength index moved in five days; `rsi_spread_zscore_3_14` and `_7_28`, how
 * unusual a fast index stands above a slow one.
 */
export const relativeStrengthChangeFeatures = [
  defineFeature({
    name: "rsi_change_14_5",
    family: "oscillator",
    needs: ["index"],
    lookbackDays: 19,
    memoryDays: Infinity,
    expectedSign: 0,
    formula: "relative strength index of 14 days - its value 5 days before",
    source,
    missing: missingRule.restart,
    compute: ({ index }) => {
      const strength = relativeStrengthIndex(index);
      return differences(strength, lagged(strength, 5));
    },
  }),
  ...([[3, 14], [7, 28]] as const).map(([fastDays, slowDays]) =>
    defineFeature({
      name: `rsi_spread_zscore_${fastDays}_${slowDays}`,
      family: "oscillator",
      needs: ["index"],
      lookbackDays: slowDays + 19,
      memoryDays: Infinity,
      expectedSign: -1,
      formula:
        `index of ${fastDays} days - index of ${slowDays} days, less its mean of 20 days, over its deviation there`,
      source,
      missing: `${missingRule.restart}; NaN where the difference does not vary`,
      compute: ({ index }) => {
        const fast = relativeStrengthIndex(index, { windowDays: fastDays });
        const slow = relativeStrengthIndex(index, { windowDays: slowDays });
        return zScore(differences(fast, slow), 20);
      },
    })
  ),
];
