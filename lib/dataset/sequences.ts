import { checkInteger, checkNumber } from "@lib/core";
import { checkMatrix, type Matrix } from "./matrix.ts";
import type { Scaler } from "./scaler.ts";

/** Options of {@linkcode gatherSequences}. */
export interface GatherSequencesOptions {
  /** Length of each window in rows of the symbol, the newest being the row itself. */
  steps: number;
  /** Centre and width of each column, by the rows that were trained on. Default: values as they are, NaN where missing. */
  scaler?: Scaler;
  /** Which rows of the matrix, in this order. Default: all. */
  rows?: ArrayLike<number>;
  /** With a scaler, the largest distance from the centre, in widths; what lies beyond is put there. Default 5. */
  mostWidths?: number;
}

/**
 * Windows that end with chosen rows, standardised, in the form that networks take. Rows are read where they lie: a
 * window is a look back from its last row over rows of the same symbol, and never beyond its first.
 *
 * Steps are rows of the symbol, its own trading days. Each value becomes (value - mean) / standard deviation, held to
 * `mostWidths`. What is missing is 0, that is the mean of the column over the rows trained on: a missing value, a column
 * that did not vary there, and every step before the symbol's first row.
 *
 * @example The second row of B has one row before it; those of A are none of its business
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { gatherMatrix } from "@lib/dataset";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A", "B", "B"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-02", "2020-01-03"],
 *   columns: { rsi_14: Float64Array.of(80, 90, 60, 70) },
 * });
 * const scaler = { columns: ["rsi_14"], mean: Float64Array.of(50), standardDeviation: Float64Array.of(10) };
 * const matrix = gatherMatrix(panel, [3], { history: true });
 * assert.deepEqual(gatherSequences(matrix, { steps: 3, scaler }), Float32Array.of(0, 1, 2));
 * ```
 *
 * @param matrix Gathered with `history`, unless `steps` is 1.
 * @returns Row-major, shape (rows, steps, columns); with a scaler never missing.
 * @throws {TypeError} If the columns are not those of the scaler, or there is no history.
 * @throws {RangeError} If `steps` is not a positive integer, or `mostWidths` is negative.
 */
export function gatherSequences(
  matrix: Matrix,
  { steps, scaler, rows, mostWidths = 5 }: GatherSequencesOptions,
): Float32Array<ArrayBuffer> {
  const action = "gather sequences";
  checkInteger(action, "steps", steps, { least: 1 });
  checkNumber(action, "mostWidths", mostWidths, { least: 0 });
  checkMatrix(action, matrix, scaler?.columns);
  const { history } = matrix;
  if (!history && steps > 1) {
    throw new TypeError(
      `Cannot ${action}: a matrix must be gathered with { history: true } for windows of ${steps} rows, current value is false`,
    );
  }
  const { values } = history?.all ?? matrix;
  const width = matrix.columns.length;
  const number = scaler ? scaledNumber(scaler, mostWidths) : (value: number) => value;
  const count = rows?.length ?? matrix.rows;
  const result = new Float32Array(count * steps * width).fill(scaler ? 0 : NaN);
  for (let position = 0; position < count; position++) {
    const row = rows ? rows[position] : position;
    const at = history ? history.at[row] : row;
    const from = Math.max(at - steps + 1, history ? history.first[row] : row);
    let target = (position * steps + steps - 1 - (at - from)) * width;
    for (let source = from * width; source < (at + 1) * width;) {
      for (let column = 0; column < width; column++) result[target++] = number(values[source++], column);
    }
  }
  return result;
}

function scaledNumber({ mean, standardDeviation }: Scaler, mostWidths: number) {
  const scale = standardDeviation.map((deviation) => deviation === 0 ? 0 : 1 / deviation);
  return (value: number, column: number) => {
    const scaled = (value - mean[column]) * scale[column];
    return Number.isNaN(scaled) ? 0 : Math.max(-mostWidths, Math.min(mostWidths, scaled));
  };
}
