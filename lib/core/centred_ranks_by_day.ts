import { MidRanker } from "./_mid_ranker.ts";
import { checkSameLength } from "./check.ts";
import type { Panel } from "./panel.ts";

/**
 * {@linkcode centredRanks} of each trading day across its symbols, to the same bits and much faster.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A", "B", "B"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-02", "2020-01-03"],
 *   columns: {},
 * });
 * const ranks = centredRanksByDay(panel, Float64Array.of(5, 1, 4, 1));
 * assert.deepEqual(ranks, Float64Array.of(0.25, 0, -0.25, 0));
 * ```
 *
 * @param panel Says which rows belong to a day.
 * @param values Shape (rows,); NaN is missing, and counts neither in the number of a day nor in its ranks.
 * @returns Shape (rows,); NaN where missing.
 * @throws {TypeError} If `values` does not have a value for each row.
 */
export function centredRanksByDay(panel: Panel, values: Float64Array): Float64Array {
  checkSameLength("rank by day", { rows: panel.rows, values: values.length });
  const ranks = new Float64Array(panel.rows).fill(NaN);
  const ranker = new MidRanker(panel.symbols.length);
  for (let day = 0; day < panel.dates.length; day++) {
    const rows = panel.rowsOfDay(day);
    let known = 0;
    for (let position = 0; position < rows.length; position++) {
      const value = values[rows[position]];
      if (Number.isNaN(value)) continue;
      ranker.keys[known] = value;
      ranker.sources[known++] = rows[position];
    }
    ranker.rank(known);
    const { keys, sources } = ranker;
    for (let place = 0; place < known; place++) ranks[sources[place]] = (keys[place] - 0.5) / known - 0.5;
  }
  return ranks;
}
