import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotients } from "./_quotient.ts";
import { averageTrueRange } from "./average_true_range.ts";
import { defineFeature } from "./feature.ts";

/** `average_true_range_ratio_14_50`: whether the days are wider than they were; around 1, the usual. */
export const averageTrueRangeRatioFeatures = [
  defineFeature({
    name: "average_true_range_ratio_14_50",
    family: "risk",
    needs: ["high", "low", "close"],
    lookbackDays: 63,
    memoryDays: Infinity,
    expectedSign: 0,
    formula: "average true range of 14 days over the close / the mean of that over 50 days",
    source: "Wilder (1978), as in TA-Lib NATR, over its own mean",
    missing: missingRule.restart,
    compute: (bars) => {
      const range = quotients(averageTrueRange(bars), bars.close);
      return quotients(range, rollingMean(range, { windowDays: 50 }));
    },
  }),
];
