import { checkSameLength, mean } from "@lib/core";
import type { ForecastComparison } from "./diebold_mariano.ts";
import { neweyWestLags, neweyWestStandardError } from "./newey_west.ts";
import { normalProbability } from "./normal_distribution.ts";

/** Options of {@linkcode clarkWest}. */
export interface ClarkWestOptions {
  /** The smaller model's forecasts, shape (periods,). Default 0: no return can be foreseen. */
  benchmark?: Float64Array;
  /** Periods that an outcome covers. Default 1. */
  horizon?: number;
}

/**
 * Test of Clark and West: does a model forecast better than a smaller one that it contains, such as the mean or 0?
 *
 * The mean of (y - f0)^2 - (y - f)^2 + (f0 - f)^2 over its Newey-West error. The last term gives back what the larger
 * model loses by estimating parameters that are 0 if the smaller one is right; without it, honest models of returns
 * would be rejected too often.
 *
 * Source: Clark and West (2007), Journal of Econometrics 138.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const actual = Float64Array.of(1, -1, 2, -2, 1, -1, 3, -3);
 * assert.ok(clarkWest(actual.map((value) => value / 10), actual).pValue < 0.05);
 * ```
 *
 * @param forecast Of the larger model, shape (periods,), in time order, none missing.
 * @param actual What came true.
 * @returns NaN where the two forecasts are the same.
 * @throws {TypeError} If the lengths differ.
 */
export function clarkWest(
  forecast: Float64Array,
  actual: Float64Array,
  { benchmark = new Float64Array(forecast.length), horizon = 1 }: ClarkWestOptions = {},
): ForecastComparison {
  const lengths = { forecast: forecast.length, actual: actual.length, benchmark: benchmark.length };
  checkSameLength("compare nested forecasts", lengths);
  const gains = forecast.map((value, period) =>
    (actual[period] - benchmark[period]) ** 2 - (actual[period] - value) ** 2 + (benchmark[period] - value) ** 2
  );
  const error = neweyWestStandardError(gains, neweyWestLags(gains.length, horizon));
  if (!(error > 0)) return { statistic: NaN, pValue: NaN };
  const statistic = mean(gains) / error;
  return { statistic, pValue: normalProbability(-statistic) };
}
