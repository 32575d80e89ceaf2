import { checkSameLength } from "./check.ts";

/**
 * What a least-squares fit on some regressors leaves of a vector: the part that none of them explains.
 *
 * The regressors are made orthogonal one after the other (modified Gram-Schmidt, twice over, which keeps the result
 * orthogonal to rounding); a regressor that earlier ones explain to 1e-10 of its length adds nothing and is left out.
 *
 * @example Taking out the mean
 * ```ts
 * import assert from "node:assert/strict";
 * const ones = Float64Array.of(1, 1, 1, 1);
 * assert.deepEqual(residual(Float64Array.of(1, 2, 3, 6), [ones]), Float64Array.of(-2, -1, 0, 3));
 * ```
 *
 * @param values Shape (n,), without missing values.
 * @param regressors Each of shape (n,), without missing values.
 * @returns Shape (n,).
 * @throws {TypeError} If the lengths differ.
 */
export function residual(values: Float64Array, regressors: readonly Float64Array[]): Float64Array {
  const basis: Float64Array[] = [];
  for (const regressor of regressors) {
    checkSameLength("compute a residual", { values: values.length, regressor: regressor.length });
    const rest = withoutBasis(regressor, basis);
    const length = Math.sqrt(dot(rest, rest));
    if (length > 1e-10 * Math.sqrt(dot(regressor, regressor))) basis.push(rest.map((value) => value / length));
  }
  return withoutBasis(values, basis);
}

function withoutBasis(values: Float64Array, basis: readonly Float64Array[]): Float64Array {
  const rest = values.slice();
  for (let pass = 0; pass < 2; pass++) {
    for (const direction of basis) {
      const share = dot(rest, direction);
      for (let index = 0; index < rest.length; index++) rest[index] -= share * direction[index];
    }
  }
  return rest;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < x.length; index++) sum += x[index] * y[index];
  return sum;
}
