import { checkSameLength, midRanks } from "@lib/core";
import { varies } from "./daily_correlations.ts";

/**
 * Spearman's correlation of two columns after what others explain of both: Pearson's correlation of the residuals of
 * their mid-ranks, each from a least-squares fit on a constant and the mid-ranks of the controls.
 *
 * Ranks on ranks, so that a column which is any rising function of a control has nothing left, and no outlier decides.
 * Where the controls explain all of a column that varies (to 1e-10 of its variance), nothing is left and the correlation
 * is 0.
 *
 * Source: Kendall and Stuart, The Advanced Theory of Statistics 2, chapter 27; on ranks as `pingouin.partial_corr` with
 * `method="spearman"`.
 *
 * @example The two agree only through the third
 * ```ts
 * import assert from "node:assert/strict";
 * const third = Float64Array.of(1, 2, 3, 4, 5);
 * const correlation = partialRankCorrelation(third.map(Math.exp), Float64Array.of(1, 3, 2, 5, 4), [third]);
 * assert.equal(correlation, 0);
 * ```
 *
 * @param x Shape (n,), none missing; so are `y` and each control.
 * @returns NaN if `x` or `y` is a constant.
 * @throws {TypeError} If the lengths differ.
 */
export function partialRankCorrelation(x: Float64Array, y: Float64Array, controls: readonly Float64Array[]): number {
  checkSameLength("correlate ranks beside controls", { x: x.length, y: y.length });
  if (!varies(x) || !varies(y)) return NaN;
  const products = centredProducts([midRanks(x), midRanks(y), ...controls.map(midRanks)]);
  return partialCorrelation(products, controls.map((_, control) => control + 2)).correlation;
}

/** Sums of products of columns less their means, as a symmetric matrix, row-major. */
export function centredProducts(columns: readonly Float64Array[]): Float64Array {
  const size = columns.length;
  const centred = columns.map((values) => {
    let sum = 0;
    for (let row = 0; row < values.length; row++) sum += values[row];
    return values.map((value) => value - sum / values.length);
  });
  const products = new Float64Array(size * size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let row = 0; row < centred[a].length; row++) sum += centred[a][row] * centred[b][row];
      products[a * size + b] = products[b * size + a] = sum;
    }
  }
  return products;
}

/** What {@linkcode partialCorrelation} finds. */
export interface PartialCorrelation {
  /** Of the residuals. */
  correlation: number;
  /** Covariance of the residuals in the units of the plain correlation: the part of it that the controls do not explain. */
  left: number;
}

/**
 * Correlation of the first two columns beside some of the others, from {@linkcode centredProducts}.
 *
 * The controls are swept out one by one; one that earlier ones explain is left out.
 */
export function partialCorrelation(products: Float64Array, controls: readonly number[]): PartialCorrelation {
  const size = Math.sqrt(products.length);
  const rest = products.slice();
  const isGone = (column: number) => rest[column * size + column] <= 1e-10 * products[column * size + column];
  for (const control of controls) {
    if (isGone(control)) continue;
    const own = rest.slice(control * size, (control + 1) * size);
    for (const a of [0, 1, ...controls]) {
      const share = own[a] / own[control];
      for (let b = 0; b < size; b++) rest[a * size + b] -= share * own[b];
    }
  }
  if (isGone(0) || isGone(1)) return { correlation: 0, left: 0 };
  return {
    correlation: rest[1] / Math.sqrt(rest[0] * rest[size + 1]),
    left: rest[1] / Math.sqrt(products[0] * products[size + 1]),
  };
}
