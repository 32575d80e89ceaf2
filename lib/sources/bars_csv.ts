import type { AdjustedBars } from "./adjust_bars.ts";

/**
 * Bars as a table that the data room reads (`loadCsvFolder`): a missing value is an empty cell, numbers are written so
 * that reading gives the same bits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const price = Float64Array.of(1.5, NaN);
 * const bars = { symbol: "A", days: ["2024-01-02", "2024-01-03"], open: price, high: price, low: price, close: price };
 * assert.equal(
 *   barsCsv({ ...bars, volume: Float64Array.of(7, 0), adjusted: price }),
 *   "date,open,high,low,close,volume,adjusted\n2024-01-02,1.5,1.5,1.5,1.5,7,1.5\n2024-01-03,,,,,0,\n",
 * );
 * ```
 */
export function barsCsv({ days, open, high, low, close, volume, adjusted }: AdjustedBars): string {
  const columns = { open, high, low, close, volume, adjusted };
  const cell = (value: number) => Number.isNaN(value) ? "" : String(value);
  const rows = days.map((day, row) => [day, ...Object.values(columns).map((values) => cell(values[row]))].join(","));
  return [["date", ...Object.keys(columns)].join(","), ...rows, ""].join("\n");
}
