import type { Panel } from "@lib/core";

/** Options of {@linkcode equalWeights}. */
export interface EqualWeightsOptions {
  /** Column that a name must have a value in to be held. Default: none, every row is held. */
  known?: string;
}

/**
 * The market of the panel without an opinion: each name of a day weighs 1 / n, set anew at every close.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({ symbol: ["A", "B"], date: ["2020-01-02", "2020-01-02"], columns: {} });
 * assert.deepEqual(equalWeights(panel).column("weight"), Float64Array.of(0.5, 0.5));
 * ```
 *
 * @returns The panel with the column `weight`, summing to 1 on each day that has a name to hold, never NaN.
 */
export function equalWeights(panel: Panel, { known }: EqualWeightsOptions = {}): Panel {
  const values = known === undefined ? undefined : panel.column(known);
  const weights = new Float64Array(panel.rows);
  for (let day = 0; day < panel.dates.length; day++) {
    const rows = panel.rowsOfDay(day).filter((row) => values === undefined || !Number.isNaN(values[row]));
    for (const row of rows) weights[row] = 1 / rows.length;
  }
  return panel.with({ weight: weights });
}
