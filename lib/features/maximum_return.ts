import { rollingMaximum } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

/** Largest return of a single day in the trailing window, which lottery seekers overpay: `maximum_return_20`. */
export const maximumReturnFeatures = [
  defineFeature({
    name: "maximum_return_20",
    family: "reversal",
    needs: ["return"],
    lookbackDays: 20,
    expectedSign: -1,
    formula: "largest daily return of 20 days",
    source: "Bali, Cakici and Whitelaw (2011), Maxing Out, Journal of Financial Economics 99",
    missing: missingRule.window,
    compute: (bars) => rollingMaximum(bars.return, { windowDays: 20 }),
  }),
];
