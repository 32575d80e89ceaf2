import { hitRate } from "./hit_rate.ts";
import { normalProbability } from "./normal_distribution.ts";

/** Result of {@linkcode pesaranTimmermann}. */
export interface PesaranTimmermann {
  /** Standard normal if the signs of forecast and actual are independent. */
  statistic: number;
  /** One-sided: probability of so large a statistic without skill. */
  pValue: number;
}

/**
 * Test of Pesaran and Timmermann: do the signs of the forecasts know anything about the signs of the outcomes?
 *
 * (P - P*) / sqrt(V(P) - V(P*)), P the hit rate and P* the one expected by chance, so that a forecast that always says
 * "up" in a rising market gains nothing. Rows with an exact 0 are left out. For one series of outcomes that do not
 * overlap: rows of one day or of overlapping horizons depend on each other, and the test would see skill in that.
 *
 * Source: Pesaran and Timmermann (1992), Journal of Business and Economic Statistics 10, equation 6.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const signs = Float64Array.of(1, -1, 1, 1, -1, -1, 1, -1);
 * assert.ok(pesaranTimmermann(signs, signs).statistic > 2.5);
 * ```
 *
 * @returns NaN where the forecasts, or the outcomes, all have the same sign: there is nothing to test.
 * @throws {TypeError} If the lengths differ.
 */
export function pesaranTimmermann(forecast: Float64Array, actual: Float64Array): PesaranTimmermann {
  const { rows, hitRate: hits, alwaysUp: up, positiveShare: said, expectedByChance } = hitRate(forecast, actual);
  const varianceOfHits = expectedByChance * (1 - expectedByChance) / rows;
  const varianceOfChance = (2 * up - 1) ** 2 * said * (1 - said) / rows + (2 * said - 1) ** 2 * up * (1 - up) / rows +
    4 * up * said * (1 - up) * (1 - said) / rows ** 2;
  const variance = varianceOfHits - varianceOfChance;
  if (!(up * (1 - up) * said * (1 - said) > 0 && variance > 0)) return { statistic: NaN, pValue: NaN };
  const statistic = (hits - expectedByChance) / Math.sqrt(variance);
  return { statistic, pValue: normalProbability(-statistic) };
}
