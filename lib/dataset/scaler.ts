import { checkMatrix, type Matrix } from "./matrix.ts";

/** Centre and width of each column of the rows it was fitted on. Made by {@linkcode fitScaler}. */
export interface Scaler {
  /** Names of the columns, in order. */
  readonly columns: readonly string[];
  /** Mean of the known values, shape (columns,); 0 where none was known. */
  readonly mean: Float64Array;
  /**
   * Standard deviation of the known values (divisor n, as in scikit-learn), shape (columns,); 0 where they do not vary
   * or none was known.
   */
  readonly standardDeviation: Float64Array;
}

/**
 * Learns centre and width of each column, from the rows of one training part and no others.
 *
 * Standardising with them: (value - mean) / standard deviation, see {@linkcode standardise}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const matrix = { values: Float32Array.of(1, 3, NaN), rows: 3, columns: ["rsi_14"] };
 * const scaler = fitScaler(matrix);
 * assert.deepEqual([scaler.mean[0], scaler.standardDeviation[0]], [2, 1]);
 * assert.deepEqual(standardise(matrix, scaler), Float64Array.of(-1, 1, 0));
 * ```
 *
 * @throws {TypeError} If the values do not fill the shape.
 */
export function fitScaler(matrix: Matrix): Scaler {
  checkMatrix("fit a scaler", matrix);
  const { values, rows, columns } = matrix;
  const width = columns.length;
  const [known, mean, squares] = [0, 1, 2].map(() => new Float64Array(width));
  for (let row = 0, position = 0; row < rows; row++) {
    for (let column = 0; column < width; column++, position++) {
      if (Number.isNaN(values[position])) continue;
      known[column]++;
      mean[column] += values[position];
    }
  }
  for (let column = 0; column < width; column++) mean[column] = known[column] > 0 ? mean[column] / known[column] : 0;
  for (let row = 0, position = 0; row < rows; row++) {
    for (let column = 0; column < width; column++, position++) {
      if (!Number.isNaN(values[position])) squares[column] += (values[position] - mean[column]) ** 2;
    }
  }
  const standardDeviation = squares.map((sum, column) => {
    const deviation = known[column] > 0 ? Math.sqrt(sum / known[column]) : 0;
    // The mean of equal values is rounded: what is left of their width is rounding too.
    return deviation <= 8 * Number.EPSILON * Math.abs(mean[column]) ? 0 : deviation;
  });
  return { columns, mean, standardDeviation };
}

/**
 * Standardises rows with a scaler fitted elsewhere.
 *
 * Missing becomes 0, that is the column's mean over the scaler's own rows: it takes no side. A column that did not vary
 * there is 0 everywhere: what it means when it starts to vary was never learnt.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const scaler = { columns: ["rsi_14"], mean: Float64Array.of(50), standardDeviation: Float64Array.of(10) };
 * const matrix = { values: Float32Array.of(70, NaN, 45), rows: 3, columns: ["rsi_14"] };
 * assert.deepEqual(standardise(matrix, scaler), Float64Array.of(2, 0, -0.5));
 * ```
 *
 * @param rows Rows to standardise, from `from` up to `to`. Default: all.
 * @returns Row-major, shape (to - from, columns), without missing values.
 * @throws {TypeError} If the columns are not those of the scaler.
 */
export function standardise(matrix: Matrix, scaler: Scaler, { from = 0, to = matrix.rows } = {}): Float64Array {
  checkMatrix("standardise", matrix, scaler.columns);
  const { mean, standardDeviation } = scaler;
  const width = scaler.columns.length;
  const result = new Float64Array((to - from) * width);
  for (let row = from, source = from * width, target = 0; row < to; row++) {
    for (let column = 0; column < width; column++, source++, target++) {
      const value = (matrix.values[source] - mean[column]) / standardDeviation[column];
      result[target] = standardDeviation[column] === 0 || Number.isNaN(value) ? 0 : value;
    }
  }
  return result;
}
