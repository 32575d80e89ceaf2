import { lagged } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";
import { momentum } from "./momentum.ts";

/** `seasonal_return_252`: what the coming 21 days earned a year ago. */
export const seasonalReturnFeatures = [
  defineFeature({
    name: "seasonal_return_252",
    family: "season",
    needs: ["index"],
    lookbackDays: 252,
    expectedSign: 1,
    formula: "return of the 21 days that began 252 days ago",
    source: "Heston and Sadka (2008), Seasonality in the Cross-Section of Stock Returns, JFE 87",
    missing: missingRule.ends,
    compute: ({ index }) => lagged(momentum(index, { windowDays: 21 }), 231),
  }),
];
