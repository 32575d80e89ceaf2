import { mean, standardDeviation } from "@lib/core";

/** Options of {@linkcode sharpeRatio}. */
export interface SharpeRatioOptions {
  /** Periods in a year, 252 for days. With 1 the ratio is that of one period. Default 252. */
  periodsPerYear?: number;
}

/**
 * Sharpe ratio: mean over standard deviation (divisor n - 1), times the root of the periods in a year.
 *
 * Without a riskless rate: right for books that fund themselves, generous to long-only ones by rate / volatility.
 *
 * Source: Sharpe (1994), Journal of Portfolio Management 21.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sharpeRatio(Float64Array.of(0.01, 0.03), { periodsPerYear: 1 }), Math.SQRT2);
 * ```
 *
 * @param returns Shape (periods,), simple returns, none missing.
 * @returns NaN for fewer than two returns or where they do not vary.
 */
export function sharpeRatio(returns: Float64Array, { periodsPerYear = 252 }: SharpeRatioOptions = {}): number {
  const deviation = standardDeviation(returns);
  return deviation > 0 ? Math.sqrt(periodsPerYear) * mean(returns) / deviation : NaN;
}
