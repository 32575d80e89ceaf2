import { rollingStandardDeviation } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { logQuotient } from "./_quotient.ts";
import { zScore } from "./_z_score.ts";
import { defineFeature } from "./feature.ts";

const source = "Bollerslev, Tauchen and Zhou (2009), Expected Stock Returns and Variance Risk Premia, RFS 22";

/** ln(annual volatility of 20 days / implied volatility); the constant of the year is part of neither's order. */
function premium(returns: Float64Array, implied: Float64Array): Float64Array {
  const realised = rollingStandardDeviation(returns, { windowDays: 20 });
  return realised.map((daily, day) => logQuotient(daily * Math.sqrt(252), implied[day]));
}

/**
 * `implied_volatility`, what options expect of the market; `volatility_premium_20`, how a name's own volatility compares
 * with it; and how unusual that is, `volatility_premium_zscore_20`. For markets that come with an index of implied
 * volatility, known at the close.
 */
export const impliedVolatilityFeatures = [
  defineFeature({
    name: "implied_volatility",
    family: "market",
    needs: ["implied_volatility"],
    lookbackDays: 0,
    expectedSign: 0,
    formula: "implied volatility of the market's index, a year, as a fraction",
    source,
    missing: missingRule.sameDay,
    compute: (bars) => Float64Array.from(bars.implied_volatility),
  }),
  defineFeature({
    name: "volatility_premium_20",
    family: "risk",
    needs: ["return", "implied_volatility"],
    lookbackDays: 20,
    expectedSign: 0,
    formula: "ln(standard deviation of the return over 20 days x sqrt(252) / implied volatility of the market)",
    source,
    missing: `${missingRule.window}; NaN where the return does not vary`,
    compute: (bars) => premium(bars.return, bars.implied_volatility),
  }),
  defineFeature({
    name: "volatility_premium_zscore_20",
    family: "risk",
    needs: ["return", "implied_volatility"],
    lookbackDays: 39,
    expectedSign: 0,
    formula: "the same, less its mean of 20 days, over its deviation there",
    source,
    missing: `${missingRule.window}; NaN where it does not vary`,
    compute: (bars) => zScore(premium(bars.return, bars.implied_volatility), 20),
  }),
];
