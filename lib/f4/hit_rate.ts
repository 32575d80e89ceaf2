import { checkSameLength } from "@lib/core";

/** How often the sign of a forecast came true, and what it is to be compared with. Shares of `rows`. */
export interface HitRate {
  /** Rows on which both values are known and neither is exactly 0. */
  rows: number;
  /** Rows left out because forecast or actual is exactly 0: no side was taken, or none was right. */
  zeros: number;
  /** Share of rows on which forecast and actual have the same sign. */
  hitRate: number;
  /** Share that always saying "up" gets right: the base rate of rises. */
  alwaysUp: number;
  /** Share of forecasts above 0. */
  positiveShare: number;
  /** Share that forecasts of this positive share would get right if they knew nothing. */
  expectedByChance: number;
}

/**
 * Share of forecasts with the right sign, beside always saying "up" and beside luck, on the same rows.
 *
 * Luck gets right u p + (1 - u) (1 - p), with u the base rate of rises and p the share of positive forecasts: in a
 * market that rises on 54 % of days, forecasts that are positive on 90 % of them score 53 % without any skill.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { hitRate: share, alwaysUp, zeros } = hitRate(Float64Array.of(1, 1, -1, 1), Float64Array.of(0.1, 0.2, -0.3, 0));
 * assert.deepEqual([share, alwaysUp, zeros], [1, 2 / 3, 1]);
 * ```
 *
 * @param forecast Shape (n,); NaN is missing.
 * @param actual Shape (n,); NaN is missing.
 * @returns The shares are NaN if no row is left.
 * @throws {TypeError} If the lengths differ.
 */
export function hitRate(forecast: Float64Array, actual: Float64Array): HitRate {
  checkSameLength("compute a hit rate", { forecast: forecast.length, actual: actual.length });
  let [rows, zeros, hits, rises, positive] = [0, 0, 0, 0, 0];
  for (let row = 0; row < forecast.length; row++) {
    if (Number.isNaN(forecast[row]) || Number.isNaN(actual[row])) continue;
    if (forecast[row] === 0 || actual[row] === 0) {
      zeros++;
      continue;
    }
    rows++;
    if (forecast[row] > 0) positive++;
    if (actual[row] > 0) rises++;
    if (forecast[row] > 0 === actual[row] > 0) hits++;
  }
  const [alwaysUp, positiveShare] = [rises / rows, positive / rows];
  const expectedByChance = alwaysUp * positiveShare + (1 - alwaysUp) * (1 - positiveShare);
  return { rows, zeros, hitRate: hits / rows, alwaysUp, positiveShare, expectedByChance };
}
