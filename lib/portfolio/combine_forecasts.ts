import { centredRanksByDay, type Panel } from "@lib/core";

/**
 * One opinion from several: the mean, name by name, of the centred ranks that each forecast gives it that day.
 *
 * Ranks put forecasts of different horizons and units on one scale; equal weights need no estimate and are hard to beat
 * (Timmermann 2006, Handbook of Economic Forecasting 1, chapter 4).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "B"],
 *   date: ["2020-01-02", "2020-01-02"],
 *   columns: { soon: Float64Array.of(0.01, 0.02), late: Float64Array.of(7, 1) },
 * });
 * assert.deepEqual(combineForecasts(panel, ["soon", "late"]), Float64Array.of(0, 0));
 * assert.deepEqual(combineForecasts(panel, ["late"]), Float64Array.of(0.25, -0.25));
 * ```
 *
 * @param forecasts Names of columns, at least one.
 * @returns Shape (rows,), in (-1/2, 1/2); NaN where one of the forecasts is missing.
 * @throws {RangeError} If no column is named, or one does not exist.
 */
export function combineForecasts(panel: Panel, forecasts: readonly string[]): Float64Array {
  if (forecasts.length === 0) {
    throw new RangeError("Cannot combine forecasts: there must be at least one column, current number is 0");
  }
  const ranks = forecasts.map((name) => centredRanksByDay(panel, panel.column(name)));
  return Float64Array.from(panel.dayOf, (_, row) => ranks.reduce((sum, rank) => sum + rank[row], 0) / ranks.length);
}
