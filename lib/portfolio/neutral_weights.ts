import { checkNumber, type Panel, residual } from "@lib/core";

/** Options of {@linkcode neutralWeights}. */
export interface NeutralWeightsOptions {
  /** Columns to which the book shall be indifferent, such as beta, volatility or the loadings on factors. */
  exposures: readonly string[];
  /** Column of the weights to start from. Default `weight`. */
  weight?: string;
  /** Sum of the absolute weights of a day that has any. Default 1. */
  grossExposure?: number;
}

/**
 * The weights nearest to given ones that are worth no money and have no exposure: their sum is 0, and so is the sum of
 * weight times exposure for every exposure. What is left is the bet on the names themselves.
 *
 * Per day, the residual of a least-squares fit of the weights on a constant and the exposures, scaled to
 * `grossExposure`. A name without a weight, or with one exposure missing, has no place in the book: weight 0. On a day
 * with too few names to be neutral, nothing is left and all weights are 0.
 *
 * @example Long A, short B would be a bet on beta; C balances it
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "B", "C"],
 *   date: ["2020-01-02", "2020-01-02", "2020-01-02"],
 *   columns: { weight: Float64Array.of(0.5, -0.5, 0), beta: Float64Array.of(1, 2, 3) },
 * });
 * const [a, b, c] = neutralWeights(panel, { exposures: ["beta"] }).column("weight");
 * assert.ok(Math.abs(a + b + c) < 1e-15 && Math.abs(a + 2 * b + 3 * c) < 1e-15 && a > 0);
 * ```
 *
 * @returns The panel with the column `weight` replaced, never NaN.
 * @throws {RangeError} If `grossExposure` is negative or not finite, or a column does not exist.
 */
export function neutralWeights(
  panel: Panel,
  { exposures, weight = "weight", grossExposure = 1 }: NeutralWeightsOptions,
): Panel {
  checkNumber("make a book neutral", "grossExposure", grossExposure, { least: 0 });
  const wanted = panel.column(weight);
  const columns = exposures.map((name) => panel.column(name));
  const result = new Float64Array(panel.rows);
  for (let day = 0; day < panel.dates.length; day++) {
    const rows = panel.rowsOfDay(day).filter((row) =>
      Number.isFinite(wanted[row]) && columns.every((column) => Number.isFinite(column[row]))
    );
    const start = Float64Array.from(rows, (row) => wanted[row]);
    const size = sumOfSizes(start);
    const regressors = [
      new Float64Array(rows.length).fill(1),
      ...columns.map((column) => Float64Array.from(rows, (row) => column[row])),
    ];
    const rest = residual(start, regressors);
    const gross = sumOfSizes(rest);
    if (gross > 1e-9 * size) rows.forEach((row, name) => result[row] = grossExposure * rest[name] / gross);
  }
  return panel.with({ weight: result });
}

function sumOfSizes(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}
