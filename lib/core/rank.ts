import { MidRanker } from "./_mid_ranker.ts";

/**
 * Ranks from 1 to n in rising order; equal values share the mean of their ranks (mid-ranks), as in
 * `scipy.stats.rankdata`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(midRanks(Float64Array.of(30, 10, 10, NaN)), Float64Array.of(3, 1.5, 1.5, NaN));
 * ```
 *
 * @param values Shape (n,); NaN is missing and gets no rank.
 * @returns Shape (n,); NaN where missing.
 */
export function midRanks(values: Float64Array): Float64Array {
  const ranker = new MidRanker(values.length);
  let known = 0;
  for (let index = 0; index < values.length; index++) {
    if (Number.isNaN(values[index])) continue;
    ranker.keys[known] = values[index];
    ranker.sources[known++] = index;
  }
  ranker.rank(known);
  const ranks = new Float64Array(values.length).fill(NaN);
  for (let place = 0; place < known; place++) ranks[ranker.sources[place]] = ranker.keys[place];
  return ranks;
}

/**
 * Ranks spread evenly and symmetrically over (-1/2, 1/2): (rank - 1/2) / n - 1/2, with mid-ranks.
 *
 * Mean 0 whatever the values, so that a missing one may stand at 0 without taking sides.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(centredRanks(Float64Array.of(7, 9)), Float64Array.of(-0.25, 0.25));
 * ```
 *
 * @param values Shape (n,); NaN is missing and counts neither in n nor in the ranks.
 * @returns Shape (n,); NaN where missing.
 */
export function centredRanks(values: Float64Array): Float64Array {
  const ranks = midRanks(values);
  const known = ranks.reduce((count, rank) => count + (Number.isNaN(rank) ? 0 : 1), 0);
  return ranks.map((rank) => (rank - 0.5) / known - 0.5);
}
