import { checkSameLength } from "@lib/core";

/**
 * Loss of volatility forecasts: log variance forecast + realised variance / variance forecast.
 *
 * One of the few losses by which a noisy measure of the variance, such as a squared return, orders forecasts as the
 * variance itself would. Differences equal those of the form that is never negative (realised / forecast - its log - 1),
 * which has no value where the realised variance is 0, as it is on a day without a move.
 *
 * Source: Patton (2011), Journal of Econometrics 160.
 *
 * @example The mean loss is least at the true variance
 * ```ts
 * import assert from "node:assert/strict";
 * const actual = Float64Array.of(0.01, -0.03);
 * const total = (volatility: number) => qlikeLoss(new Float64Array(2).fill(volatility), actual).reduce((a, b) => a + b);
 * const truth = Math.sqrt(0.0005);
 * assert.ok(total(truth) < total(1.1 * truth) && total(truth) < total(0.9 * truth));
 * ```
 *
 * @param volatility Forecast standard deviations above 0, shape (n,); NaN is missing.
 * @param actual Returns, or realised volatilities: only squares count; shape (n,).
 * @returns Shape (n,), of each row; NaN where one is missing or the forecast is not above 0.
 * @throws {TypeError} If the lengths differ.
 */
export function qlikeLoss(volatility: Float64Array, actual: Float64Array): Float64Array {
  checkSameLength("compute a QLIKE loss", { volatility: volatility.length, actual: actual.length });
  return volatility.map((value, row) => value > 0 ? 2 * Math.log(value) + (actual[row] / value) ** 2 : NaN);
}
