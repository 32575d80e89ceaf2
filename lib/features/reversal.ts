import { rollingStandardDeviation } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotients } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";
import { momentum } from "./momentum.ts";

/** Options of {@linkcode reversal}. */
export interface ReversalOptions {
  /** Days of the move. Default 5. */
  windowDays?: number;
  /** Days of the volatility it is measured by. Default 60. */
  volatilityDays?: number;
}

/**
 * Minus the latest move, in units of what the symbol usually moves in as many days:
 * -(return over `windowDays`) / (standard deviation of daily returns over `volatilityDays` x sqrt(windowDays)).
 *
 * Short-term reversal with its sign turned, so that a high value hopes for a rise. Dividing by volatility asks how
 * unusual the move was; without it the order across symbols would be that of momentum, backwards.
 *
 * Source: Lehmann (1990), Fads, Martingales, and Market Efficiency, Quarterly Journal of Economics 105, for the
 * effect; the scaling is ours.
 *
 * @example A fall of 10 % where a day moves 5 %
 * ```ts
 * import assert from "node:assert/strict";
 * const index = Float64Array.of(1, 1.05, 1, 0.9);
 * const returns = Float64Array.of(0, 0.05, -0.05, 0);
 * const values = reversal(index, returns, { windowDays: 1, volatilityDays: 3 });
 * assert.ok(Math.abs(values[3] - 2) < 1e-12);
 * ```
 *
 * @param prices Prices or a total-return index, shape (days,); NaN is missing.
 * @param returns Daily returns (fractions), shape (days,); NaN is missing.
 * @returns Standard deviations, shape (days,). NaN where the move is missing or the volatility is missing or 0.
 */
export function reversal(
  prices: Float64Array,
  returns: Float64Array,
  { windowDays = 5, volatilityDays = 60 }: ReversalOptions = {},
): Float64Array {
  const moves = momentum(prices, { windowDays });
  const scale = -Math.sqrt(windowDays);
  const usual = rollingStandardDeviation(returns, { windowDays: volatilityDays }).map((daily) => daily * scale);
  return quotients(moves, usual);
}

/** `reversal_5_60`. */
export const reversalFeatures = [
  defineFeature({
    name: "reversal_5_60",
    family: "reversal",
    needs: ["index", "return"],
    lookbackDays: 60,
    expectedSign: 1,
    formula: "minus the return over 5 days / (standard deviation of daily returns over 60 days x sqrt 5)",
    source: "Lehmann (1990), Quarterly Journal of Economics 105; scaled by volatility",
    missing: missingRule.window,
    compute: (bars) => reversal(bars.index, bars.return),
  }),
];
