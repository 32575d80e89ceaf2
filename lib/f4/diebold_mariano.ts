import { checkInteger, checkSameLength, mean } from "@lib/core";
import { studentProbability } from "./student_distribution.ts";

/** Result of a comparison of two forecasts. */
export interface ForecastComparison {
  /** Positive where the second forecast loses less than the first. */
  statistic: number;
  /** Probability of a statistic at least so large if the second were no better (one-sided). */
  pValue: number;
}

/** Options of {@linkcode dieboldMariano}. */
export interface DieboldMarianoOptions {
  /** Periods that an outcome covers; losses of overlapping outcomes depend on each other. Default 1. */
  horizon?: number;
}

/**
 * Test of Diebold and Mariano, with the correction of Harvey, Leybourne and Newbold for small samples: does the second
 * forecast lose less than the first?
 *
 * Mean of d = first - second loss over its error, the root of [c(0) + 2 (c(1) + ... + c(h-1))] / n with autocovariances
 * of divisor n, times the root of [n + 1 - 2h + h (h - 1) / n] / n, against Student's t with n - 1 degrees of freedom.
 * Not for nested models: see {@linkcode clarkWest}.
 *
 * Sources: Diebold and Mariano (1995), Journal of Business and Economic Statistics 13; Harvey, Leybourne and Newbold
 * (1997), International Journal of Forecasting 13.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const better = Float64Array.of(1, 2, 1, 3, 1, 2);
 * const worse = better.map((loss, period) => loss + 1 + period % 2);
 * assert.ok(dieboldMariano(worse, better).pValue < 0.01);
 * ```
 *
 * @param first Losses of the first forecast, such as squared errors, shape (periods,), in time order, none missing.
 * @param second Losses of the second on the same periods.
 * @returns NaN where the difference does not vary, or its estimated variance is not positive, which short series of long
 * horizons can give.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If `horizon` is not a whole number of at least 1.
 */
export function dieboldMariano(
  first: Float64Array,
  second: Float64Array,
  { horizon = 1 }: DieboldMarianoOptions = {},
): ForecastComparison {
  const action = "compare two forecasts";
  checkSameLength(action, { first: first.length, second: second.length });
  checkInteger(action, "horizon", horizon, { least: 1 });
  const n = first.length;
  const differences = first.map((loss, period) => loss - second[period]);
  const centre = mean(differences);
  let variance = 0;
  for (let lag = 0; lag < Math.min(horizon, n); lag++) {
    let sum = 0;
    for (let period = lag; period < n; period++) {
      sum += (differences[period] - centre) * (differences[period - lag] - centre);
    }
    variance += (lag === 0 ? 1 : 2) * sum / n ** 2;
  }
  const correction = (n + 1 - 2 * horizon + horizon * (horizon - 1) / n) / n;
  if (!(variance > 0 && correction > 0)) return { statistic: NaN, pValue: NaN };
  const statistic = centre / Math.sqrt(variance) * Math.sqrt(correction);
  return { statistic, pValue: studentProbability(-statistic, { degrees: n - 1 }) };
}
