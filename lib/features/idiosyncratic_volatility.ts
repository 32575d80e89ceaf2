import { checkInteger, type RollingOptions, rollingSlope } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

/**
 * Volatility that the market does not explain: the residual standard error of the regression (with intercept) of the
 * return on the market return over the trailing window, divisor n - 2.
 *
 * One factor, the market of the panel; the paper uses three.
 *
 * Source: Ang, Hodrick, Xing and Zhang (2006), The Cross-Section of Volatility and Expected Returns, Journal of
 * Finance 61.
 *
 * @example A symbol that is twice the market has none of its own
 * ```ts
 * import assert from "node:assert/strict";
 * const market = Float64Array.of(0.01, -0.02, 0.03, 0);
 * const own = market.map((value) => 2 * value);
 * assert.ok(idiosyncraticVolatility(own, market, { windowDays: 4 })[3] < 1e-15);
 * ```
 *
 * @param returns Daily returns of the symbol (fractions), shape (days,); NaN is missing.
 * @param marketReturns Those of the market on the same days, shape (days,).
 * @returns Fractions, shape (days,). NaN until the window is full, while a missing value is inside, and where the
 * market does not move.
 * @throws {RangeError} If `windowDays` is not an integer of at least 3.
 */
export function idiosyncraticVolatility(
  returns: Float64Array,
  marketReturns: Float64Array,
  { windowDays }: RollingOptions,
): Float64Array {
  checkInteger("compute idiosyncratic volatility", "windowDays", windowDays, { least: 3 });
  return rollingSlope(returns, marketReturns, { windowDays }).map((beta, day) => {
    if (Number.isNaN(beta)) return NaN;
    const first = day - windowDays + 1;
    let sum = 0;
    for (let row = first; row <= day; row++) sum += returns[row] - beta * marketReturns[row];
    const intercept = sum / windowDays;
    let squares = 0;
    for (let row = first; row <= day; row++) {
      const residual = returns[row] - beta * marketReturns[row] - intercept;
      squares += residual * residual;
    }
    return Math.sqrt(squares / (windowDays - 2));
  });
}

/** `idiosyncratic_volatility_60`. */
export const idiosyncraticVolatilityFeatures = [
  defineFeature({
    name: "idiosyncratic_volatility_60",
    family: "risk",
    needs: ["return", "market_return"],
    lookbackDays: 60,
    expectedSign: -1,
    formula: "residual standard error of 60 daily returns regressed on the market return",
    source: "Ang, Hodrick, Xing and Zhang (2006), Journal of Finance 61",
    missing: `${missingRule.window}; NaN where the market does not move`,
    compute: (bars) => idiosyncraticVolatility(bars.return, bars.market_return, { windowDays: 60 }),
  }),
];
