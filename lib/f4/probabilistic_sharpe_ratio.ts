import { kurtosis, skewness } from "./moments.ts";
import { normalProbability } from "./normal_distribution.ts";
import { sharpeRatio } from "./sharpe_ratio.ts";

/** What {@linkcode probabilityOfSharpe} needs to know of a record. Sharpe ratios are those of one period, not annual. */
export interface SharpeRecord {
  /** Observed Sharpe ratio. */
  sharpe: number;
  /** The ratio it should exceed. Default 0. */
  benchmark?: number;
  /** Number of periods. */
  periods: number;
  /** Default 0, that of a normal distribution. */
  skewness?: number;
  /** Not excess. Default 3, that of a normal distribution. */
  kurtosis?: number;
}

/**
 * Probability that the true Sharpe ratio lies above a benchmark, given what was observed.
 *
 * Phi[(SR - SR*) sqrt(T - 1) / sqrt(1 - g3 SR + (g4 - 1) / 4 SR^2)]. With skewness 0 and kurtosis 3 the error is that
 * of Lo (2002, Financial Analysts Journal 58) for independent normal returns, sqrt(1 + SR^2 / 2).
 *
 * Source: Bailey and Lopez de Prado (2012), Journal of Risk 15, equation 9.
 *
 * @example The case of Bailey and Lopez de Prado (2014): the best of 100 trials, deflated
 * ```ts
 * import assert from "node:assert/strict";
 * const record = { sharpe: 2.5 / Math.sqrt(250), benchmark: 0.1132, periods: 1250, skewness: -3, kurtosis: 10 };
 * assert.equal(probabilityOfSharpe(record).toFixed(3), "0.900");
 * ```
 */
export function probabilityOfSharpe(
  { sharpe, benchmark = 0, periods, skewness = 0, kurtosis = 3 }: SharpeRecord,
): number {
  const variance = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe ** 2;
  return normalProbability((sharpe - benchmark) * Math.sqrt(periods - 1) / Math.sqrt(variance));
}

/** Options of {@linkcode probabilisticSharpeRatio}. */
export interface ProbabilisticSharpeRatioOptions {
  /** Sharpe ratio of one period that should be exceeded. Default 0. */
  benchmark?: number;
}

/**
 * Probabilistic Sharpe ratio of a series of returns: {@linkcode probabilityOfSharpe} of its own moments (skewness and
 * kurtosis with divisor n). It takes the returns for independent of each other.
 *
 * @param returns Shape (periods,), simple returns, none missing.
 * @returns NaN for fewer than two returns or where they do not vary.
 */
export function probabilisticSharpeRatio(
  returns: Float64Array,
  { benchmark = 0 }: ProbabilisticSharpeRatioOptions = {},
): number {
  return probabilityOfSharpe({
    sharpe: sharpeRatio(returns, { periodsPerYear: 1 }),
    benchmark,
    periods: returns.length,
    skewness: skewness(returns),
    kurtosis: kurtosis(returns),
  });
}
