import { cosineT, LIMITS, neededDeviate, normalProbability, normalQuantile, studentQuantile } from "@lib/f4";

const STEPS = 2000;

/**
 * How often the gate should pass a planted skill: the share of markets in which the interval of the mean daily rank IC
 * lies above 0 and its z by {@linkcode cosineT} is large enough, after so many trials. Default 1, itself.
 *
 * Days are independent and the error of a day is that of ranks without connection, 1 / sqrt(names - 1). Then the mean
 * over its true error is normal about rankIc sqrt(days (names - 1)), and independent of the estimated error, whose square
 * over the true one is chi-squared over its degrees of freedom. The interval is taken to know its error: its end lies
 * above 0 from 1.96 errors on.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const power = expectedPower(0.05, { names: 50, days: 750 });
 * assert.ok(power > 0.99);
 * assert.ok(expectedPower(0, { names: 50, days: 750 }) < 0.025);
 * ```
 */
export function expectedPower(
  rankIc: number,
  { names, days, trials = 1 }: { names: number; days: number; trials?: number },
): number {
  const distance = rankIc * Math.sqrt(days * (names - 1));
  const { degrees } = cosineT(new Float64Array(days));
  const needed = Math.max(LIMITS.leastZ.value, neededDeviate(trials));
  const critical = studentQuantile(normalProbability(needed), { degrees });
  const ofInterval = normalQuantile(0.975);
  let [power, weights] = [0, 0];
  for (let step = 0.5; step < STEPS; step++) {
    const ratio = 4 * step / STEPS; // estimated over true variance; beyond 4 lies next to nothing
    const weight = Math.exp((degrees / 2 - 1) * Math.log(ratio) - degrees * (ratio - 1) / 2);
    power += weight * normalProbability(distance - Math.max(ofInterval, critical * Math.sqrt(ratio)));
    weights += weight;
  }
  return power / weights;
}
