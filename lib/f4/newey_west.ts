import { checkInteger, mean } from "@lib/core";

/**
 * How many lags the standard error of a daily mean looks back.
 *
 * The larger of floor(4 (n / 100)^(2/9)), the rule of Newey and West (1994, Review of Economic Studies 61), and
 * 2 (horizonDays - 1): outcomes of h days that start daily overlap over h - 1 days, and Bartlett's weights, which fall
 * to 0 at the last lag, would forget a third of that variance if the lags ended there. Never more than n - 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(neweyWestLags(1000, 1), 6);
 * assert.equal(neweyWestLags(1000, 20), 38);
 * ```
 */
export function neweyWestLags(observations: number, horizonDays: number): number {
  const automatic = Math.floor(4 * (observations / 100) ** (2 / 9));
  return Math.max(0, Math.min(observations - 1, Math.max(automatic, 2 * (horizonDays - 1))));
}

/**
 * Standard error of the mean of a series whose values depend on their neighbours.
 *
 * Square root of [c(0) + 2 sum over k of (1 - k / (lags + 1)) c(k)] / n with autocovariances of divisor n: Bartlett's
 * weights and no small-sample correction, as `statsmodels` OLS on a constant with `cov_type="HAC"`.
 *
 * Source: Newey and West (1987), Econometrica 55.
 *
 * @example With no lags it is the plain one, with divisor n
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(neweyWestStandardError(Float64Array.of(1, 3, 1, 3), 0), 0.5);
 * ```
 *
 * @param values Shape (n,), in time order, none missing.
 * @returns NaN for no values; 0 for a constant.
 * @throws {RangeError} If `lags` is not a whole number.
 */
export function neweyWestStandardError(values: Float64Array, lags: number): number {
  checkInteger("compute a Newey-West standard error", "lags", lags, { least: 0 });
  const centre = mean(values);
  const deviations = values.map((value) => value - centre);
  let variance = 0;
  for (let lag = 0; lag <= Math.min(lags, values.length - 1); lag++) {
    let sum = 0;
    for (let day = lag; day < values.length; day++) sum += deviations[day] * deviations[day - lag];
    variance += (lag === 0 ? 1 : 2 * (1 - lag / (lags + 1))) * sum;
  }
  return Math.sqrt(Math.max(variance, 0)) / values.length;
}
