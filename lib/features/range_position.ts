import { lagged } from "@lib/core";
import { rollingMaximum, rollingMinimum } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { positions } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/**
 * `range_position_20`: where the close stands between the low (0) and the high (1) of the 20 days before; outside of it
 * where the range was left today. All levels that divide the range, Fibonacci's among them, are points on this line.
 */
export const rangePositionFeatures = [
  defineFeature({
    name: "range_position_20",
    family: "trend",
    needs: ["high", "low", "close"],
    lookbackDays: 20,
    expectedSign: 0,
    formula: "(close - lowest low) / (highest high - lowest low) of the 20 days before today",
    source: "Donchian's channel (Colby 2003, The Encyclopedia of Technical Market Indicators)",
    missing: `${missingRule.window}; NaN where the range has no width`,
    compute: ({ high, low, close }) => {
      const top = lagged(rollingMaximum(high, { windowDays: 20 }), 1);
      const bottom = lagged(rollingMinimum(low, { windowDays: 20 }), 1);
      return positions(close, bottom, top);
    },
  }),
];
