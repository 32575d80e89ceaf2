import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { rankBook } from "./_rank_book.ts";

Deno.test("rankBook() holds half long and half short by rank, and nothing where a forecast is missing or all tie", () => {
  const [symbol, date] = [[], []] as string[][];
  for (const day of ["2020-01-02", "2020-01-03", "2020-01-06"]) {
    for (const name of ["A", "B", "C"]) symbol.push(name), date.push(day);
  }
  const score = Float64Array.of(3, 1, 2, 5, NaN, 4, 7, 7, 7);
  const panel = Panel.fromRows({ symbol, date, columns: { score } });
  const weights = panel.with({ weight: rankBook(panel, panel.column("score")) });
  const of = (day: number) => Array.from(weights.rowsOfDay(day), (row) => weights.column("weight")[row]);
  assert.deepEqual([of(0), of(1), of(2)], [[0.5, -0.5, 0], [0.5, 0, -0.5], [0, 0, 0]]);
});
