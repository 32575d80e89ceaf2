import assert from "node:assert/strict";
import { Panel, weekdays } from "@lib/core";
import { joinReturns } from "./mod.ts";

const dates = weekdays("2020-01-01", 10);

function returnsOf(names: readonly string[]): Panel {
  const symbol = names.flatMap((name) => dates.map(() => name));
  const date = names.flatMap(() => dates);
  return Panel.fromRows({ symbol, date, columns: { return: Float64Array.from(date, (_, row) => (row % 10) / 100) } });
}

Deno.test("joinReturns() keeps the history it is asked for, the names with forecasts, and no day beyond the horizon", () => {
  const forecasts = Panel.fromRows({
    symbol: ["A", "B", "A"],
    date: [dates[5], dates[5], dates[6]],
    columns: { forecast: Float64Array.of(1, 2, 3) },
  });
  const { panel, addedRows, rowsWithoutReturn, actuals } = joinReturns(forecasts, returnsOf(["A", "C"]), {
    horizonDays: 2,
    historyDays: 2,
  });
  assert.deepEqual([panel.symbols, panel.dates], [["A", "B"], dates.slice(3, 9)]);
  assert.deepEqual([addedRows, rowsWithoutReturn, actuals], [4, 1, null]);
  const shown = Array.from({ length: panel.rows }, (_, row) => {
    const { symbol, date } = panel.key(row);
    return [symbol, date, ...["forecast", "return", "actual"].map((name) => panel.column(name)[row])];
  });
  assert.deepEqual(shown.slice(2, 4), [
    ["A", dates[5], 1, 0.05, 1.06 * 1.07 - 1],
    ["A", dates[6], 3, 0.06, 1.07 * 1.08 - 1],
  ]);
  assert.deepEqual(shown.at(-1), ["B", dates[5], 2, NaN, NaN]);
});

Deno.test("joinReturns() leaves actuals that were brought, and counts those that the returns contradict", () => {
  const columns = { forecast: Float64Array.of(1, 2, 3), actual: Float64Array.of(0.01, 0.5, NaN) };
  const forecasts = Panel.fromRows({ symbol: ["A", "A", "A"], date: dates.slice(0, 3), columns });
  const { panel, actuals } = joinReturns(forecasts, returnsOf(["A"]));
  assert.deepEqual(actuals, { compared: 2, different: 1 });
  assert.deepEqual(panel.column("actual").slice(0, 3), columns.actual);
});
