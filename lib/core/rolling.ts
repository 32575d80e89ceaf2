import { checkInteger, checkSameLength } from "./check.ts";

/** Options of the rolling kernels. */
export interface RollingOptions {
  /** Length of the window in rows, the current one included. */
  windowDays: number;
}

/**
 * Rolls four windows at a time: `four` puts the values of the windows that begin at rows `from` to `from` + 3 into
 * `result` from `at` on. NaN until the first full window, and while a value of any series is missing inside.
 *
 * Every window is computed from its own values alone, never by adding and dropping at the ends: no rounding is carried
 * along, and a window of equal values has a standard deviation of exactly 0. Four at a time, since the additions of one
 * sum wait for each other, and those of four sums do not.
 */
function overWindows(
  series: readonly Float64Array[],
  { windowDays }: RollingOptions,
  four: (series: readonly Float64Array[], from: number, result: Float64Array, at: number) => void,
): Float64Array {
  checkInteger("roll a window", "windowDays", windowDays, { least: 1 });
  const rows = series[0].length;
  const result = new Float64Array(rows).fill(NaN);
  for (let begin = 0; begin < rows;) {
    let end = rows; // of the rows without a missing value
    for (const values of series) end = nextMissing(values, begin, end);
    let row = begin + windowDays - 1;
    for (; row + 4 <= end; row += 4) four(series, row - windowDays + 1, result, row);
    if (row < end) {
      const padded = series.map((values) => {
        const copy = new Float64Array(windowDays + 3);
        copy.set(values.subarray(row - windowDays + 1, end));
        return copy;
      });
      const last = new Float64Array(4);
      four(padded, 0, last, 0);
      result.set(last.subarray(0, end - row), row);
    }
    begin = end + 1;
  }
  return result;
}

function nextMissing(values: Float64Array, from: number, to: number): number {
  let row = from;
  while (row < to && !Number.isNaN(values[row])) row++;
  return row;
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
  return overWindows([values], { windowDays }, (series, from, result, at) => {
    const values = series[0];
    let a = 0, b = 0, c = 0, d = 0;
    let x = values[from], y = values[from + 1], z = values[from + 2];
    for (let row = from + 3; row < from + 3 + windowDays; row++) {
      const value = values[row];
      a += x;
      b += y;
      c += z;
      d += value;
      x = y;
      y = z;
      z = value;
    }
    result[at] = a;
    result[at + 1] = b;
    result[at + 2] = c;
    result[at + 3] = d;
  });
}

/** Arithmetic mean over the trailing window. */
export function rollingMean(values: Float64Array, { windowDays }: RollingOptions): Float64Array {
  const result = rollingSum(values, { windowDays });
  for (let row = 0; row < result.length; row++) result[row] /= windowDays;
  return result;
}

/** Smallest value of the trailing window. */
export function rollingMinimum(values: Float64Array, { windowDays }: RollingOptions): Float64Array {
  return rollingExtreme(values, windowDays, -1);
}

/** Largest value of the trailing window. */
export function rollingMaximum(values: Float64Array, { windowDays }: RollingOptions): Float64Array {
  return rollingExtreme(values, windowDays, 1);
}

/** The earliest of the values that no other goes beyond; what a later one goes beyond is never looked at again. */
function rollingExtreme(values: Float64Array, windowDays: number, sign: 1 | -1): Float64Array {
  checkInteger("roll a window", "windowDays", windowDays, { least: 1 });
  const result = new Float64Array(values.length).fill(NaN);
  const candidates = new Int32Array(values.length); // rows, their values falling from the extreme on
  let first = 0, end = 0, known = 0;
  for (let row = 0; row < values.length; row++) {
    const value = sign * values[row];
    if (Number.isNaN(value)) {
      first = end = known = 0;
      continue;
    }
    while (end > first && value > sign * values[candidates[end - 1]]) end--;
    candidates[end++] = row;
    if (++known < windowDays) continue;
    if (candidates[first] <= row - windowDays) first++;
    result[row] = values[candidates[first]];
  }
  return result;
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
  return overWindows([values], { windowDays }, (series, from, result, at) => {
    const values = series[0];
    // counted from their first, equal values are exactly 0, whatever their mean rounds to
    const firstA = values[from];
    const firstB = values[from + 1];
    const firstC = values[from + 2];
    const firstD = values[from + 3];
    let a = 0, b = 0, c = 0, d = 0;
    let x = firstA, y = firstB, z = firstC;
    for (let row = from + 3; row < from + 3 + windowDays; row++) {
      const value = values[row];
      a += x - firstA;
      b += y - firstB;
      c += z - firstC;
      d += value - firstD;
      x = y;
      y = z;
      z = value;
    }
    const meanA = a / windowDays;
    const meanB = b / windowDays;
    const meanC = c / windowDays;
    const meanD = d / windowDays;
    a =
      b =
      c =
      d =
        0;
    x = firstA;
    y = firstB;
    z = firstC;
    for (let row = from + 3; row < from + 3 + windowDays; row++) {
      const value = values[row];
      const p = x - firstA - meanA;
      const q = y - firstB - meanB;
      const r = z - firstC - meanC;
      const s = value - firstD - meanD;
      a += p * p;
      b += q * q;
      c += r * r;
      d += s * s;
      x = y;
      y = z;
      z = value;
    }
    result[at] = Math.sqrt(a / (windowDays - 1));
    result[at + 1] = Math.sqrt(b / (windowDays - 1));
    result[at + 2] = Math.sqrt(c / (windowDays - 1));
    result[at + 3] = Math.sqrt(d / (windowDays - 1));
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
  return overWindows([values, regressor], { windowDays }, (series, from, result, at) => {
    const values = series[0], regressor = series[1];
    for (let window = 0; window < 4; window += 2) { // two at a time: sums of more find no registers
      const begin = from + window;
      const firstX = regressor[begin], firstY = values[begin];
      const nextX = regressor[begin + 1], nextY = values[begin + 1];
      let x = firstX, y = firstY;
      let sumX = 0, sumY = 0, sumNextX = 0, sumNextY = 0;
      for (let row = begin + 1; row <= begin + windowDays; row++) {
        sumX += x - firstX;
        sumY += y - firstY;
        x = regressor[row];
        y = values[row];
        sumNextX += x - nextX;
        sumNextY += y - nextY;
      }
      const meanX = firstX + sumX / windowDays, meanY = firstY + sumY / windowDays;
      const meanNextX = nextX + sumNextX / windowDays, meanNextY = nextY + sumNextY / windowDays;
      let covariance = 0, variance = 0, covarianceNext = 0, varianceNext = 0;
      x = firstX;
      y = firstY;
      for (let row = begin + 1; row <= begin + windowDays; row++) {
        const away = x - meanX;
        covariance += away * (y - meanY);
        variance += away * away;
        x = regressor[row];
        y = values[row];
        const awayNext = x - meanNextX;
        covarianceNext += awayNext * (y - meanNextY);
        varianceNext += awayNext * awayNext;
      }
      result[at + window] = variance === 0 ? NaN : covariance / variance;
      result[at + window + 1] = varianceNext === 0 ? NaN : covarianceNext / varianceNext;
    }
  });
}

/** The value `days` rows earlier; NaN for the first ones. */
export function lagged(values: Float64Array, days: number): Float64Array {
  checkInteger("lag a series", "days", days, { least: 0 });
  const result = new Float64Array(values.length).fill(NaN);
  result.set(values.subarray(0, Math.max(0, values.length - days)), Math.min(days, values.length));
  return result;
}
