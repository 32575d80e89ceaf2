import { checkInteger, checkNumber } from "@lib/core";
import { normalQuantile } from "@lib/f4";

/** Options of {@linkcode wilsonInterval}. */
export interface WilsonIntervalOptions {
  /** Default 0.95. */
  confidence?: number;
}

/**
 * Interval of a share that was counted, by Wilson's score: never outside 0 to 1, and no point where nothing was found.
 *
 * (p + z^2 / 2n +- z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n), without a correction for continuity.
 *
 * Source: Wilson (1927), Journal of the American Statistical Association 22.
 *
 * @example None of 200 does not mean never
 * ```ts
 * import assert from "node:assert/strict";
 * const { low, high } = wilsonInterval(0, 200);
 * assert.deepEqual([low.toFixed(4), high.toFixed(4)], ["0.0000", "0.0188"]);
 * ```
 *
 * @throws {RangeError} If there is no case, or more were found than there are.
 */
export function wilsonInterval(
  found: number,
  cases: number,
  { confidence = 0.95 }: WilsonIntervalOptions = {},
): { low: number; high: number } {
  const action = "compute the interval of a share";
  checkInteger(action, "the number of cases", cases, { least: 1 });
  checkInteger(action, "the number found", found, { least: 0, most: cases });
  checkNumber(action, "confidence", confidence, { least: 0, most: 1 - 1e-9 });
  const z = normalQuantile((1 + confidence) / 2);
  const share = found / cases;
  const centre = share + z ** 2 / (2 * cases);
  const reach = z * Math.sqrt(share * (1 - share) / cases + z ** 2 / (4 * cases ** 2));
  const scale = 1 + z ** 2 / cases;
  return { low: Math.max(0, (centre - reach) / scale), high: Math.min(1, (centre + reach) / scale) };
}
