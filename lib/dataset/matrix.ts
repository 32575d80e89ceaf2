import { checkOneOf, checkSameLength, type Panel } from "@lib/core";

/** Numbers in rows and named columns, the form that engines take. */
export interface Matrix {
  /** Row-major, shape (rows, columns); NaN means missing. */
  readonly values: Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  /** Number of rows. */
  readonly rows: number;
  /** Names of the columns, in order. */
  readonly columns: readonly string[];
  /** What came before each row, for models that look at more than one. Default: it is not at hand. */
  readonly history?: History;
}

/** Where the rows of a matrix stand among all rows of their symbols; shared by all matrices of a panel, not copied. */
export interface History {
  /** Every row of the panel, symbol by symbol, each in order of time; the columns of the matrix. */
  readonly all: Matrix;
  /** Which row of `all` each row of the matrix is, shape (rows,). */
  readonly at: Int32Array;
  /** First row in `all` of its symbol, shape (rows,). */
  readonly first: Int32Array;
}

/** Options of {@linkcode gatherMatrix}. */
export interface GatherMatrixOptions {
  /** Columns to take, in this order. Default: all of the panel. */
  columns?: readonly string[];
  /**
   * `"single"` keeps 24 bits of each number (a million rows of 45 columns: 180 MB), `"double"` all 53. Boosted trees
   * put values into bins and ranks have few digits anyway. Default `"single"`.
   */
  precision?: "single" | "double";
  /** Keep the rows before each row at hand, too: one copy of the panel, shared by all that is gathered. Default false. */
  history?: boolean;
}

const blockRows = 1024; // a block of all columns stays in the processor's cache while its columns are filled in

/**
 * Copies chosen rows of a panel into one row-major matrix.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A"],
 *   date: ["2020-01-02", "2020-01-03"],
 *   columns: { rsi_14: Float64Array.of(40, 60), momentum_5: Float64Array.of(NaN, 0.5) },
 * });
 * assert.deepEqual(gatherMatrix(panel, [1, 0]).values, Float32Array.of(60, 0.5, 40, NaN));
 * ```
 *
 * @param rows Rows of the panel in the order wanted.
 * @returns Shape (rows, columns). Missing stays missing.
 * @throws {RangeError} If a column does not exist or holds an infinite value (also one that only single precision makes
 * infinite), a row is out of range, or the precision is unknown.
 */
export function gatherMatrix(
  panel: Panel,
  rows: ArrayLike<number>,
  { columns = panel.names, precision = "single", history = false }: GatherMatrixOptions = {},
): Matrix {
  const action = "gather a matrix";
  checkOneOf(action, "precision", precision, ["single", "double"]);
  const sources = columns.map((name) => panel.column(name));
  for (let position = 0; position < rows.length; position++) {
    if (!(rows[position] >= 0 && rows[position] < panel.rows)) {
      throw new RangeError(
        `Cannot ${action}: each row must be from 0 to ${panel.rows - 1}, current value is ${rows[position]}`,
      );
    }
  }
  const width = columns.length;
  const size = rows.length * width;
  const values = precision === "single" ? new Float32Array(size) : new Float64Array(size);
  for (let from = 0; from < rows.length; from += blockRows) {
    const to = Math.min(from + blockRows, rows.length);
    for (let column = 0; column < width; column++) {
      const source = sources[column];
      for (let position = from; position < to; position++) {
        values[position * width + column] = source[rows[position]];
        if (Math.abs(values[position * width + column]) === Infinity) {
          const { symbol, date } = panel.key(rows[position]);
          throw new RangeError(
            `Cannot ${action}: ${columns[column]} must be finite or missing in ${precision} precision, current value ` +
              `of ${symbol} on ${date} is ${source[rows[position]]}`,
          );
        }
      }
    }
  }
  const matrix = { values, rows: rows.length, columns };
  if (!history) return matrix;
  const at = Int32Array.from(rows);
  const first = at.map((row) => panel.starts[panel.symbolOf[row]]);
  return { ...matrix, history: { all: wholePanel(panel, columns, precision), at, first } };
}

const wholePanels = new WeakMap<Panel, Map<string, Matrix>>();

function wholePanel(panel: Panel, columns: readonly string[], precision: "single" | "double"): Matrix {
  const known = wholePanels.get(panel) ?? new Map<string, Matrix>();
  wholePanels.set(panel, known);
  const key = JSON.stringify([precision, columns]);
  const all = known.get(key) ??
    gatherMatrix(panel, Int32Array.from({ length: panel.rows }, (_, row) => row), { columns, precision });
  known.set(key, all);
  return all;
}

/**
 * Refuses a matrix whose shape or columns are not the wanted ones: names count, and so does their order.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const matrix = { values: Float32Array.of(60, 0.5), rows: 1, columns: ["rsi_14", "momentum_5"] };
 * assert.throws(() => checkMatrix("forecast", matrix, ["momentum_5", "rsi_14"]), {
 *   message: "Cannot forecast: feature 1 of 2 must be momentum_5, current one of 2 is rsi_14",
 * });
 * ```
 *
 * @throws {TypeError} If the values do not fill the shape, or the columns differ from `wanted`.
 */
export function checkMatrix(action: string, matrix: Matrix, wanted: readonly string[] = matrix.columns): void {
  checkSameLength(action, { values: matrix.values.length, "rows x columns": matrix.rows * matrix.columns.length });
  const position = [...wanted, ...matrix.columns].findIndex((_, i) => wanted[i] !== matrix.columns[i]);
  if (position < 0) return;
  throw new TypeError(
    `Cannot ${action}: feature ${position + 1} of ${wanted.length} must be ${wanted[position] ?? "no feature"}, ` +
      `current one of ${matrix.columns.length} is ${matrix.columns[position] ?? "missing"}`,
  );
}
