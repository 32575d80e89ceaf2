import { missingRule } from "./_missing_rule.ts";
import { differences, positions, quotients } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/** Height of the day's bar, and where in it the close stands: `high_low_range` and `close_position`. */
export const highLowRangeFeatures = [
  defineFeature({
    name: "high_low_range",
    family: "bar",
    needs: ["high", "low", "close"],
    lookbackDays: 0,
    expectedSign: -1,
    formula: "(high - low) / close",
    source: "Parkinson (1980), Journal of Business 53, for the range as a measure of volatility",
    missing: missingRule.sameDay,
    compute: ({ high, low, close }) => quotients(differences(high, low), close),
  }),
  defineFeature({
    name: "close_position",
    family: "bar",
    needs: ["high", "low", "close"],
    lookbackDays: 0,
    expectedSign: -1,
    formula: "(close - low) / (high - low): 0 at the low, 1 at the high",
    source: "Microsoft Qlib, Alpha158 (KSFT2, which runs from -1 to 1)",
    missing: `${missingRule.sameDay}, and where high and low are equal`,
    compute: ({ high, low, close }) => positions(close, low, high),
  }),
];
