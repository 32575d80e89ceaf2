import { checkNumber, checkSameLength } from "@lib/core";

/**
 * Loss of quantile forecasts: level (actual - quantile) above the quantile, (1 - level) (quantile - actual) below it.
 * Only the true quantile minimises its mean; twice the mean over evenly spread levels is about the CRPS.
 *
 * Source: Koenker and Bassett (1978), Econometrica 46.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(pinballLoss(0.75, Float64Array.of(1, 1), Float64Array.of(3, 0)), Float64Array.of(1.5, 0.25));
 * ```
 *
 * @param quantile Shape (n,); NaN is missing.
 * @param actual Shape (n,); NaN is missing.
 * @returns Shape (n,), of each row; NaN where one is missing.
 * @throws {RangeError} If `level` is not between 0 and 1.
 * @throws {TypeError} If the lengths differ.
 */
export function pinballLoss(level: number, quantile: Float64Array, actual: Float64Array): Float64Array {
  checkNumber("compute a pinball loss", "level", level, { least: 0, most: 1 });
  checkSameLength("compute a pinball loss", { quantile: quantile.length, actual: actual.length });
  return quantile.map((value, row) => {
    const above = actual[row] - value;
    return above >= 0 ? level * above : (level - 1) * above;
  });
}
