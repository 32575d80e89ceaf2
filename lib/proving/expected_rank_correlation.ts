import { checkInteger, checkNumber } from "@lib/core";

/**
 * Mean of Spearman's correlation of so many pairs of normal numbers with a given correlation.
 *
 * 6 / (pi (n + 1)) [arcsin r + (n - 2) arcsin(r / 2)].
 *
 * Source: Moran (1948), Biometrika 35.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(expectedRankCorrelation(1, { names: 7 }), 1);
 * assert.equal(expectedRankCorrelation(0.05, { names: 50 }).toFixed(4), "0.0468");
 * ```
 *
 * @throws {RangeError} If the correlation is not between -1 and 1, or there are fewer than two names.
 */
export function expectedRankCorrelation(correlation: number, { names }: { names: number }): number {
  const action = "expect a rank correlation";
  checkNumber(action, "correlation", correlation, { least: -1, most: 1 });
  checkInteger(action, "names", names, { least: 2 });
  return 6 / (Math.PI * (names + 1)) * (Math.asin(correlation) + (names - 2) * Math.asin(correlation / 2));
}
