/**
 * Solves a system with a symmetric positive definite matrix by its Cholesky factor.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(solvePositiveDefinite(Float64Array.of(4, 2, 2, 2), Float64Array.of(6, 4)), Float64Array.of(1, 1));
 * ```
 *
 * @param matrix Row-major, shape (size, size); the lower triangle is read.
 * @param right Shape (size,).
 * @returns Shape (size,).
 * @throws {RangeError} If the matrix is not positive definite to working precision.
 */
export function solvePositiveDefinite(matrix: Float64Array, right: Float64Array): Float64Array<ArrayBuffer> {
  const size = right.length;
  const factor = matrix.slice();
  for (let column = 0; column < size; column++) {
    for (let row = column; row < size; row++) {
      let sum = factor[row * size + column];
      for (let k = 0; k < column; k++) sum -= factor[row * size + k] * factor[column * size + k];
      if (row > column) factor[row * size + column] = sum / factor[column * size + column];
      else if (sum > Number.EPSILON * size * matrix[row * size + row]) factor[row * size + row] = Math.sqrt(sum);
      else {
        throw new RangeError(
          `Cannot solve a system: its matrix must be positive definite, current pivot ${
            column + 1
          } of ${size} is ${sum}`,
        );
      }
    }
  }
  const solution = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    for (let k = 0; k < row; k++) solution[row] -= factor[row * size + k] * solution[k];
    solution[row] /= factor[row * size + row];
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let k = row + 1; k < size; k++) solution[row] -= factor[k * size + row] * solution[k];
    solution[row] /= factor[row * size + row];
  }
  return solution;
}
