import { checkInteger, checkSameLength } from "./check.ts";

/** Options of the rolling kernels. */
export interface RollingOptions {
  /** Length of the window in rows, the current one included. */
  windowDays: number;
}

/**
 * Applies a function to each trailing window. NaN until the first full window, and while a missing value is inside.
 *
 * Every window is computed from its own values alone, never by adding and dropping at the ends: no rounding is carried
 * along, and a window of equal values has a standard deviation of exactly 0.
 */
function overWindows(
  values: Float64Array,
  windowDays: number,
  compute: (from: number, to: number) => number,
): Float64Array {
  checkInteger("roll a window", "windowDays", windowDays, { least: 1 });
  const result = new Float64Array(values.length).fill(NaN);
  let known = 0;
  for (let row = 0; row < values.length; row++) {
    known = Number.isNaN(values[row]) ? 0 : known + 1;
    if (known >= windowDays) result[row] = compute(row - windowDays + 1, row + 1);
  }
  return result;
}

/**
 * Sum over the trailing window.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(rollingSum(Float64Array.of(1, 2, 3), { windowDays: 2 }), Float64Array.of(NaN, 3, 5));
 * ```
 */
export function rollingSum(values: Float64Array, { windowDays }: RollingOptions): Float64Array {
  return overWindows(values, windowDays, (from, to) => {
    let sum = 0;
    for (let row = from; row < to; row++) sum += values[row];
    return sum;
  });
}

/** Arithmetic mean over the trailing window. */
export function rollingMean(values: Float64Array, { windowDays }: RollingOptions): Float64Array {
  return rollingSum(values, { windowDays }).map((sum) => sum / windowDays);
}

/** Smallest value of the trailing window. */
export function rollingMinimum(values: Float64Array, { windowDays }: RollingOptions): Float64Array {
  return rollingExtreme(values, windowDays, (value, least) => value < least);
}

/** Largest value of the trailing window. */
export function rollingMaximum(values: Float64Array, { windowDays }: RollingOptions): Float64Array {
  return rollingExtreme(values, windowDays, (value, most) => value > most);
}

/** The value that no other goes beyond; the whole window is searched only where the last such value has left it. */
function rollingExtreme(
  values: Float64Array,
  windowDays: number,
  isBeyond: (value: number, extreme: number) => boolean,
): Float64Array {
  let extreme = -1;
  return overWindows(values, windowDays, (from, to) => {
    const hasLeft = extreme < from;
    if (hasLeft) extreme = from;
    for (let row = hasLeft ? from + 1 : to - 1; row < to; row++) {
      if (isBeyond(values[row], values[extreme])) extreme = row;
    }
    return values[extreme];
  });
}

/**
 * Standard deviation of the sample (divisor n - 1) over the trailing window, in two passes. The window needs two rows.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(rollingStandardDeviation(Float64Array.of(1, 3), { windowDays: 2 })[1], Math.SQRT2);
 * ```
 */
export function rollingStandardDeviation(values: Float64Array, { windowDays }: RollingOptions): Float64Array {
  checkInteger("compute a rolling standard deviation", "windowDays", windowDays, { least: 2 });
  return overWindows(values, windowDays, (from, to) => {
    const first = values[from]; // counted from here, equal values are exactly 0, whatever their mean rounds to
    let sum = 0;
    for (let row = from; row < to; row++) sum += values[row] - first;
    const mean = sum / windowDays;
    let squares = 0;
    for (let row = from; row < to; row++) squares += (values[row] - first - mean) ** 2;
    return Math.sqrt(squares / (windowDays - 1));
  });
}

/**
 * Slope of the least-squares line of `values` on `regressor` over the trailing window (covariance over variance).
 * NaN where either has a missing value in the window, or the regressor does not move.
 */
export function rollingSlope(
  values: Float64Array,
  regressor: Float64Array,
  { windowDays }: RollingOptions,
): Float64Array {
  checkSameLength("compute a rolling slope", { values: values.length, regressor: regressor.length });
  const both = values.map((value, row) => value + regressor[row]);
  return overWindows(both, windowDays, (from, to) => {
    const [firstX, firstY] = [regressor[from], values[from]];
    let [sumX, sumY] = [0, 0];
    for (let row = from; row < to; row++) {
      sumX += regressor[row] - firstX;
      sumY += values[row] - firstY;
    }
    const [meanX, meanY] = [firstX + sumX / windowDays, firstY + sumY / windowDays];
    let [covariance, variance] = [0, 0];
    for (let row = from; row < to; row++) {
      covariance += (regressor[row] - meanX) * (values[row] - meanY);
      variance += (regressor[row] - meanX) ** 2;
    }
    return variance === 0 ? NaN : covariance / variance;
  });
}

/** The value `days` rows earlier; NaN for the first ones. */
export function lagged(values: Float64Array, days: number): Float64Array {
  checkInteger("lag a series", "days", days, { least: 0 });
  const result = new Float64Array(values.length).fill(NaN);
  result.set(values.subarray(0, Math.max(0, values.length - days)), Math.min(days, values.length));
  return result;
}
