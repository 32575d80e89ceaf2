import { checkInteger, checkSameLength } from "@lib/core";
import { varies } from "../daily_correlations.ts";
import { neweyWestLags } from "../newey_west.ts";

/** Result of {@linkcode mincerZarnowitz}. */
export interface MincerZarnowitz {
  intercept: number;
  slope: number;
  interceptError: number;
  slopeError: number;
  rSquared: number;
  /** Wald statistic of intercept 0 and slope 1 together. */
  wald: number;
  /** Probability of so large a statistic if the forecasts were unbiased: chi-squared with two degrees of freedom. */
  pValue: number;
}

/** Options of {@linkcode mincerZarnowitz}. */
export interface MincerZarnowitzOptions {
  /** Day of each row, rising from 0, shape (rows,): rows of a day depend on each other. Default: each row is a day. */
  day?: Int32Array;
  /** Days that an outcome covers. Default 1. */
  horizonDays?: number;
  /** Days that errors look back. Default: {@linkcode neweyWestLags} of the days. */
  lags?: number;
}

/**
 * Regression of what came true on the forecast: unbiased forecasts have intercept 0 and slope 1.
 *
 * Errors are those of Driscoll and Kraay: scores are summed over the rows of a day, then weighted by Bartlett over days,
 * so that they bear any dependence within a day; with one row a day they are those of Newey and West. No small-sample
 * correction.
 *
 * Sources: Mincer and Zarnowitz (1969), in Economic Forecasts and Expectations; Driscoll and Kraay (1998), Review of
 * Economics and Statistics 80.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { slope, intercept, rSquared } = mincerZarnowitz(Float64Array.of(1, 2, 3), Float64Array.of(3, 5, 7));
 * assert.deepEqual([slope, intercept, rSquared], [2, 1, 1]);
 * ```
 *
 * @param forecast Shape (rows,), none missing.
 * @param actual Shape (rows,), none missing.
 * @returns NaN where the forecasts are all the same.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If `lags` is not a whole number.
 */
export function mincerZarnowitz(
  forecast: Float64Array,
  actual: Float64Array,
  { day = Int32Array.from(forecast.keys()), horizonDays = 1, lags }: MincerZarnowitzOptions = {},
): MincerZarnowitz {
  const action = "regress outcomes on forecasts";
  checkSameLength(action, { forecast: forecast.length, actual: actual.length, day: day.length });
  const n = forecast.length;
  const days = day.reduce((last, own) => Math.max(last, own), -1) + 1;
  const back = lags ?? neweyWestLags(days, horizonDays);
  checkInteger(action, "lags", back, { least: 0 });
  const [meanX, meanY] = [forecast, actual].map((values) => values.reduce((sum, value) => sum + value, 0) / n);
  let [xx, yy, xy] = [0, 0, 0];
  for (let row = 0; row < n; row++) {
    const [x, y] = [forecast[row] - meanX, actual[row] - meanY];
    xx += x * x;
    yy += y * y;
    xy += x * y;
  }
  const slope = varies(forecast) ? xy / xx : NaN;
  const intercept = meanY - slope * meanX;
  // with x less its mean, intercept at the mean and slope are estimated apart
  const [level, tilt] = [new Float64Array(days), new Float64Array(days)];
  for (let row = 0; row < n; row++) {
    const error = actual[row] - intercept - slope * forecast[row];
    level[day[row]] += error / n;
    tilt[day[row]] += error * (forecast[row] - meanX) / xx;
  }
  const [levels, both, tilts] = [[level, level], [level, tilt], [tilt, tilt]].map(([a, b]) => longRun(a, b, back));
  const interceptVariance = levels - 2 * meanX * both + meanX ** 2 * tilts;
  // the hypothesis says that the line passes the means at a gap of meanY - meanX = 0, with slope 1
  const [gap, excess] = [meanY - meanX, slope - 1];
  const wald = (gap ** 2 * tilts - 2 * gap * excess * both + excess ** 2 * levels) / (levels * tilts - both ** 2);
  return {
    intercept,
    slope,
    interceptError: Math.sqrt(Math.max(0, interceptVariance)),
    slopeError: Math.sqrt(Math.max(0, tilts)),
    rSquared: slope * xy / yy,
    wald,
    pValue: Math.exp(-wald / 2),
  };
}

/** Long-run covariance of two sums over days: Bartlett's weights, both directions. */
function longRun(a: Float64Array, b: Float64Array, lags: number): number {
  let total = 0;
  for (let lag = 0; lag <= Math.min(lags, a.length - 1); lag++) {
    let sum = 0;
    for (let day = lag; day < a.length; day++) {
      sum += lag === 0 ? a[day] * b[day] : a[day] * b[day - lag] + b[day] * a[day - lag];
    }
    total += (1 - lag / (lags + 1)) * sum;
  }
  return total;
}
