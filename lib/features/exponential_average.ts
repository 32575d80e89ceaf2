import { once } from "./_once.ts";
import { checkInteger } from "@lib/core";

/** Options of {@linkcode exponentialAverage}. */
export interface ExponentialAverageOptions {
  /** Span in days, at least 1: each new value enters with weight 2 / (windowDays + 1). */
  windowDays: number;
  /** Days, since the start or the last gap, that pass before the first average is begun. Default 0. */
  delayDays?: number;
}

/**
 * Exponential moving average, begun as in TA-Lib: the first value is the plain mean of `windowDays` values, and from
 * then on average += 2 / (windowDays + 1) x (value - average).
 *
 * (pandas begins with the first value alone, which differs visibly for about 3 x `windowDays` days.)
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(
 *   exponentialAverage(Float64Array.of(1, 2, 3, 8), { windowDays: 3 }),
 *   Float64Array.of(NaN, NaN, 2, 5),
 * );
 * ```
 *
 * @param values Shape (days,) in time order; NaN is missing.
 * @returns Shape (days,). NaN for the first `delayDays` + `windowDays` - 1 days, and as long again after a missing
 * value: a gap starts the average afresh.
 * @throws {RangeError} If a number of days is not an integer in its range.
 */
export function exponentialAverage(
  values: Float64Array,
  { windowDays, delayDays = 0 }: ExponentialAverageOptions,
): Float64Array {
  checkInteger("compute an exponential average", "windowDays", windowDays, { least: 1 });
  checkInteger("compute an exponential average", "delayDays", delayDays, { least: 0 });
  return once(`exponential ${windowDays} ${delayDays}`, [values], () => {
    const result = new Float64Array(values.length).fill(NaN);
    let seen = -delayDays;
    let average = 0;
    for (let day = 0; day < values.length; day++) {
      if (Number.isNaN(values[day])) {
        seen = -delayDays;
        average = 0;
        continue;
      }
      seen++;
      if (seen <= 0) continue;
      const weight = seen <= windowDays ? 1 / seen : 2 / (windowDays + 1); // a running mean first
      average += weight * (values[day] - average);
      if (seen >= windowDays) result[day] = average;
    }
    return result;
  });
}
