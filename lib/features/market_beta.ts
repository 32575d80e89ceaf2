import { rollingSlope } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

/** Slope of the regression (with intercept) of the return on the equal-weighted market's: `market_beta_120`. */
export const marketBetaFeatures = [
  defineFeature({
    name: "market_beta_120",
    family: "risk",
    needs: ["return", "market_return"],
    lookbackDays: 120,
    expectedSign: -1,
    formula: "covariance with the market return / variance of the market return, over 120 days",
    source: "Frazzini and Pedersen (2014), Betting Against Beta, Journal of Financial Economics 111",
    missing: `${missingRule.window}; NaN where the market does not move`,
    compute: (bars) => rollingSlope(bars.return, bars.market_return, { windowDays: 120 }),
  }),
];
