import { checkInteger, checkNumber } from "@lib/core";
import { normalQuantile } from "./normal_distribution.ts";

const EULER_MASCHERONI = 0.5772156649015329;

/**
 * Expected largest of `trials` independent draws from a standard normal distribution: what the best of so many trials
 * shows, in standard deviations between trials, when none of them has any skill.
 *
 * (1 - g) Phi^-1(1 - 1 / N) + g Phi^-1(1 - 1 / (N e)), g the constant of Euler and Mascheroni; an approximation by the
 * extreme value distribution, which lies above the exact value by 0.04 at N = 10 and 0.02 at N = 100.
 *
 * Source: Bailey and Lopez de Prado (2014), Journal of Portfolio Management 40, equation 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(expectedMaximum(100).toFixed(3), "2.531");
 * ```
 *
 * @returns 0 for a single trial: nothing was chosen.
 * @throws {RangeError} If `trials` is not a whole number of at least 1.
 */
export function expectedMaximum(trials: number): number {
  checkInteger("expect the best of trials", "trials", trials, { least: 1 });
  if (trials === 1) return 0;
  return (1 - EULER_MASCHERONI) * normalQuantile(1 - 1 / trials) +
    EULER_MASCHERONI * normalQuantile(1 - 1 / (trials * Math.E));
}

/** Options of {@linkcode expectedBestSharpe}. */
export interface ExpectedBestSharpeOptions {
  /** How many trials were made. */
  trials: number;
  /** Variance of the Sharpe ratios of the trials, of the same period as the result: per day for a daily ratio. */
  variance: number;
}

/**
 * Sharpe ratio that the best of so many trials without skill is expected to show. A record is deflated by holding it
 * against this one: {@linkcode probabilityOfSharpe} with it as `benchmark` is the deflated Sharpe ratio.
 *
 * Source: Bailey and Lopez de Prado (2014), Journal of Portfolio Management 40.
 *
 * @example The published case: an annual ratio of 2.5 over five years is less than it seems after 100 trials
 * ```ts
 * import assert from "node:assert/strict";
 * import { probabilityOfSharpe } from "@lib/f4";
 * const benchmark = expectedBestSharpe({ trials: 100, variance: 0.5 / 250 });
 * const record = { sharpe: 2.5 / Math.sqrt(250), periods: 1250, skewness: -3, kurtosis: 10 };
 * assert.equal(benchmark.toFixed(4), "0.1132");
 * assert.equal(probabilityOfSharpe({ ...record, benchmark }).toFixed(2), "0.90");
 * assert.ok(probabilityOfSharpe(record) > 0.999);
 * ```
 *
 * @throws {RangeError} If `trials` is not a whole number of at least 1, or `variance` is negative.
 */
export function expectedBestSharpe({ trials, variance }: ExpectedBestSharpeOptions): number {
  checkNumber("expect the best of trials", "variance", variance, { least: 0 });
  return Math.sqrt(variance) * expectedMaximum(trials);
}
