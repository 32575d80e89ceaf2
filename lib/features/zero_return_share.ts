import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

/** `zero_return_share_60`: how often the price did not move, a sign that trading costs more than news is worth. */
export const zeroReturnShareFeatures = [
  defineFeature({
    name: "zero_return_share_60",
    family: "volume",
    needs: ["return"],
    lookbackDays: 60,
    expectedSign: 1,
    formula: "share of 60 days with a return of exactly 0",
    source: "Lesmond, Ogden and Trzcinka (1999), A New Estimate of Transaction Costs, RFS 12",
    missing: missingRule.window,
    compute: (bars) =>
      rollingMean(bars.return.map((value) => Number.isNaN(value) ? NaN : Number(value === 0)), { windowDays: 60 }),
  }),
];
