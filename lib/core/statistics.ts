import { checkNumber, checkSameLength } from "./check.ts";
import { midRanks } from "./rank.ts";

/** Arithmetic mean; NaN for no values, and if one is missing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index];
  return sum / values.length;
}

/**
 * Standard deviation of a sample (divisor n - 1), in two passes; NaN for fewer than two values.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(standardDeviation([1, 3]), Math.SQRT2);
 * ```
 */
export function standardDeviation(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += (values[index] - centre) ** 2;
  return values.length < 2 ? NaN : Math.sqrt(squares / (values.length - 1));
}

/**
 * Correlation of Pearson over the rows where both are known; NaN where fewer than two are, or one does not vary.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(pearsonCorrelation(Float64Array.of(1, 2, NaN), Float64Array.of(4, 2, 9)), -1);
 * ```
 *
 * @throws {TypeError} If the lengths differ.
 */
export function pearsonCorrelation(x: Float64Array, y: Float64Array): number {
  checkSameLength("compute a correlation", { x: x.length, y: y.length });
  // counted from the first pair, a constant is exactly still, whatever its mean rounds to
  let [count, sumX, sumY, firstX, firstY] = [0, 0, 0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    if (Number.isNaN(x[row]) || Number.isNaN(y[row])) continue;
    if (count === 0) [firstX, firstY] = [x[row], y[row]];
    count++;
    sumX += x[row] - firstX;
    sumY += y[row] - firstY;
  }
  const [meanX, meanY] = [sumX / count, sumY / count];
  let [xx, yy, xy] = [0, 0, 0];
  for (let row = 0; row < x.length; row++) {
    if (Number.isNaN(x[row]) || Number.isNaN(y[row])) continue;
    const [fromMeanX, fromMeanY] = [x[row] - firstX - meanX, y[row] - firstY - meanY];
    xx += fromMeanX ** 2;
    yy += fromMeanY ** 2;
    xy += fromMeanX * fromMeanY;
  }
  if (count < 2 || xx === 0 || yy === 0) return NaN;
  return Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/**
 * Rank correlation of Spearman: Pearson's of the mid-ranks, over the rows where both are known.
 *
 * @throws {TypeError} If the lengths differ.
 */
export function spearmanCorrelation(x: Float64Array, y: Float64Array): number {
  checkSameLength("compute a rank correlation", { x: x.length, y: y.length });
  const known = (own: Float64Array, other: Float64Array) =>
    own.map((value, row) => Number.isNaN(other[row]) ? NaN : value);
  return pearsonCorrelation(midRanks(known(x, y)), midRanks(known(y, x)));
}

/**
 * Quantile with linear interpolation (type 7 of Hyndman and Fan 1996; the default of numpy and R).
 *
 * @param values Any order; NaN values are left out.
 * @returns NaN if no value is known.
 * @throws {RangeError} If `probability` is not between 0 and 1.
 */
export function quantile(values: ArrayLike<number>, probability: number): number {
  checkNumber("compute a quantile", "probability", probability, { least: 0, most: 1 });
  const sorted = Float64Array.from(values).filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) return NaN;
  const position = (sorted.length - 1) * probability;
  const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  return low + (high - low) * (position - Math.floor(position));
}
