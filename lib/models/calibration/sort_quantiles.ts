import { checkSameLength } from "@lib/core";

/**
 * Puts the quantiles of each row in order: what is lowest becomes the lowest level.
 *
 * Never makes the pinball loss larger. Source: Chernozhukov, Fernandez-Val and Galichon (2010), Quantile and Probability
 * Curves Without Crossing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const sorted = sortQuantiles([Float64Array.of(-1, 2), Float64Array.of(1, 1)]);
 * assert.deepEqual(sorted, [Float64Array.of(-1, 1), Float64Array.of(1, 2)]);
 * ```
 *
 * @param quantiles Forecasts by rising level, each of shape (rows,); a row with a missing one becomes missing whole.
 * @throws {TypeError} If lengths differ.
 */
export function sortQuantiles(quantiles: readonly Float64Array[]): Float64Array<ArrayBuffer>[] {
  checkSameLength("sort quantiles", Object.fromEntries(quantiles.map(({ length }, level) => [level, length])));
  const sorted = quantiles.map((column) => Float64Array.from(column));
  for (let row = 0; row < (sorted[0]?.length ?? 0); row++) {
    const own = Float64Array.from(quantiles, (column) => column[row]).sort();
    const isWhole = !Number.isNaN(own.at(-1)!);
    sorted.forEach((column, level) => column[row] = isWhole ? own[level] : NaN);
  }
  return sorted;
}
