import { checkNumber, checkOneOf } from "@lib/core";

const DEPENDENCES = ["positive", "any"] as const;

/** Options of {@linkcode falseDiscoveryRate}. */
export interface FalseDiscoveryRateOptions {
  /**
   * How the tests may depend on each other: `positive`, the procedure of Benjamini and Hochberg (1995), right also for
   * positive dependence; `any`, that of Benjamini and Yekutieli (2001). Default `positive`.
   */
  dependence?: typeof DEPENDENCES[number];
}

/**
 * Adjusted p-values for many tests at once: where one lies at or below q, at most a share q of all discoveries made so
 * is expected to be false.
 *
 * The smallest over the ranks j >= i of p(j) m / j, times 1 + 1/2 + ... + 1/m for any dependence; at most 1. A missing
 * p-value (NaN) is no test: it stays missing and does not count in m.
 *
 * Sources: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57; Benjamini and Yekutieli
 * (2001), Annals of Statistics 29.
 *
 * @example One of three stands at a rate of 0.05
 * ```ts
 * import assert from "node:assert/strict";
 * const adjusted = falseDiscoveryRate(Float64Array.of(0.04, 0.01, 0.6));
 * assert.deepEqual(Array.from(adjusted, (value) => value.toFixed(2)), ["0.06", "0.03", "0.60"]);
 * ```
 *
 * @param pValues Shape (tests,), each from 0 to 1 or NaN.
 * @returns Shape (tests,), in the order of the p-values.
 * @throws {RangeError} If a p-value is not between 0 and 1.
 */
export function falseDiscoveryRate(
  pValues: Float64Array,
  { dependence = "positive" }: FalseDiscoveryRateOptions = {},
): Float64Array {
  const action = "control false discoveries";
  checkOneOf(action, "dependence", dependence, DEPENDENCES);
  const known = Array.from(pValues.keys()).filter((test) => !Number.isNaN(pValues[test]));
  for (const test of known) checkNumber(action, `p-value ${test}`, pValues[test], { least: 0, most: 1 });
  known.sort((a, b) => pValues[b] - pValues[a]);
  const tests = known.length;
  const penalty = dependence === "any" ? known.reduce((sum, _, i) => sum + 1 / (i + 1), 0) : 1;
  const adjusted = new Float64Array(pValues.length).fill(NaN);
  let least = 1;
  known.forEach((test, place) => {
    least = Math.min(least, penalty * pValues[test] * tests / (tests - place));
    adjusted[test] = least;
  });
  return adjusted;
}
