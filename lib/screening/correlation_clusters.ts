import { checkNumber } from "@lib/core";

/** Options of {@linkcode correlationClusters}. */
export interface CorrelationClustersOptions {
  /** Mean absolute correlation between two clusters from which on they are one, 0 to 1. Default 0.7. */
  least?: number;
}

/**
 * Columns that say the same: clusters by average linkage of 1 - |correlation|, joined while the mean |correlation|
 * between the two most alike is at least `least`.
 *
 * Source: Sokal and Michener (1958), A Statistical Method for Evaluating Systematic Relationships; the same clusters as
 * `scipy.cluster.hierarchy` with `method="average"`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const matrix = Float64Array.of(1, -0.9, 0, -0.9, 1, 0.1, 0, 0.1, 1);
 * assert.deepEqual(correlationClusters(matrix), [[0, 1], [2]]);
 * ```
 *
 * @param correlations Shape (n * n,), symmetric, row-major; what is not known counts as 0.
 * @returns Clusters of indices, each rising, in the order of their first index.
 * @throws {TypeError} If the matrix is not square.
 * @throws {RangeError} If `least` is not from 0 to 1.
 */
export function correlationClusters(
  correlations: Float64Array,
  { least = 0.7 }: CorrelationClustersOptions = {},
): number[][] {
  checkNumber("cluster by correlation", "least", least, { least: 0, most: 1 });
  const size = Math.sqrt(correlations.length);
  if (!Number.isInteger(size)) {
    throw new TypeError(
      `Cannot cluster by correlation: the matrix must be square, current length is ${correlations.length}`,
    );
  }
  const alike = correlations.map((value) => Number.isNaN(value) ? 0 : Math.abs(value));
  const clusters = Array.from({ length: size }, (_, column) => [column]);
  const between = (one: readonly number[], other: readonly number[]) => {
    let sum = 0;
    for (const a of one) for (const b of other) sum += alike[a * size + b];
    return sum / (one.length * other.length);
  };
  while (clusters.length > 1) {
    let best = { likeness: -Infinity, one: 0, other: 0 };
    for (let other = 1; other < clusters.length; other++) {
      for (let one = 0; one < other; one++) {
        const likeness = between(clusters[one], clusters[other]);
        if (likeness > best.likeness) best = { likeness, one, other };
      }
    }
    if (best.likeness < least) break;
    clusters[best.one].push(...clusters[best.other]);
    clusters.splice(best.other, 1);
  }
  return clusters.map((cluster) => cluster.sort((a, b) => a - b)).sort((a, b) => a[0] - b[0]);
}
