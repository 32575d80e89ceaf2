import { checkInteger, rollingSlope } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { quotient } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/** Options of {@linkcode residualMomentum}. */
export interface ResidualMomentumOptions {
  /** Days of the regression and of the momentum. Default 252. */
  windowDays?: number;
  /** Latest days left out of the momentum, at most `windowDays` - 2. Default 21. */
  skipDays?: number;
}

/**
 * Momentum of what the market does not explain: mean over standard deviation (divisor n - 1) of return - beta x market
 * return, over the trailing window without its latest days.
 *
 * Beta is the regression slope over the whole window. The intercept is left in the residual: it is the very drift that
 * is asked for, and without it the residuals of a window would average 0.
 *
 * Source: Blitz, Huij and Martens (2011), Residual Momentum, Journal of Empirical Finance 18 (they use three factors
 * and monthly returns).
 *
 * @example Twice the market with a drift of 1 % in turns with 3 %
 * ```ts
 * import assert from "node:assert/strict";
 * const market = Float64Array.of(0.01, 0.01, -0.01, -0.01);
 * const own = Float64Array.of(0.03, 0.05, -0.01, 0.01);
 * const values = residualMomentum(own, market, { windowDays: 4, skipDays: 0 });
 * assert.ok(Math.abs(values[3] - 0.02 / Math.sqrt(0.0004 / 3)) < 1e-12);
 * ```
 *
 * @param returns Daily returns of the symbol (fractions), shape (days,); NaN is missing.
 * @param marketReturns Those of the market on the same days, shape (days,).
 * @returns Pure numbers, shape (days,). NaN until the window is full, while a missing value is inside, and where
 * nothing varies.
 * @throws {RangeError} If a number of days is not an integer in its range.
 */
export function residualMomentum(
  returns: Float64Array,
  marketReturns: Float64Array,
  { windowDays = 252, skipDays = 21 }: ResidualMomentumOptions = {},
): Float64Array {
  checkInteger("compute residual momentum", "windowDays", windowDays, { least: 3 });
  checkInteger("compute residual momentum", "skipDays", skipDays, { least: 0, most: windowDays - 2 });
  const days = windowDays - skipDays;
  return rollingSlope(returns, marketReturns, { windowDays }).map((beta, day) => {
    if (Number.isNaN(beta)) return NaN;
    const first = day - windowDays + 1;
    let sum = 0;
    for (let row = first; row < first + days; row++) sum += returns[row] - beta * marketReturns[row];
    const mean = sum / days;
    let squares = 0;
    for (let row = first; row < first + days; row++) {
      const deviation = returns[row] - beta * marketReturns[row] - mean;
      squares += deviation * deviation;
    }
    return quotient(mean, Math.sqrt(squares / (days - 1)));
  });
}

/** `residual_momentum_252_21`. */
export const residualMomentumFeatures = [
  defineFeature({
    name: "residual_momentum_252_21",
    family: "momentum",
    needs: ["return", "market_return"],
    lookbackDays: 252,
    expectedSign: 1,
    formula: "mean / standard deviation of return - beta x market return, 252 days without the latest 21",
    source: "Blitz, Huij and Martens (2011), Journal of Empirical Finance 18",
    missing: `${missingRule.window}; NaN where nothing varies`,
    compute: (bars) => residualMomentum(bars.return, bars.market_return),
  }),
];
