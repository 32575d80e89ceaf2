import { LIMITS, normalProbability, normalQuantile } from "@lib/f4";

/**
 * How often the gate should pass a planted skill: the share of markets in which the interval of the mean daily rank IC
 * lies above 0 and its t is large enough.
 *
 * Days are independent and the error of a day is that of ranks without connection, 1 / sqrt(names - 1), so t is normal
 * about rankIc sqrt(days (names - 1)).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const power = expectedPower(0.05, { names: 50, days: 750 });
 * assert.ok(power > 0.99);
 * ```
 */
export function expectedPower(rankIc: number, { names, days }: { names: number; days: number }): number {
  const needed = Math.max(LIMITS.leastT.value, normalQuantile(0.975));
  return normalProbability(rankIc * Math.sqrt(days * (names - 1)) - needed);
}
