import { Panel } from "./panel.ts";

/**
 * Panels of different symbols (or days) as one, with the columns of the first.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const one = (symbol: string, close: number) =>
 *   Panel.fromRows({ symbol: [symbol], date: ["2020-01-02"], columns: { close: Float64Array.of(close) } });
 * assert.deepEqual(stackPanels([one("B", 2), one("A", 1)]).column("close"), Float64Array.of(1, 2));
 * ```
 *
 * @throws {RangeError} If there is no panel, a later one lacks a column, or a (symbol, date) occurs twice.
 */
export function stackPanels(panels: readonly Panel[]): Panel {
  if (panels.length === 0) {
    throw new RangeError("Cannot stack panels: there must be at least one, current number is 0");
  }
  const rows = panels.reduce((sum, panel) => sum + panel.rows, 0);
  const columns = Object.fromEntries(panels[0].names.map((name) => {
    const column = new Float64Array(rows);
    let from = 0;
    for (const panel of panels) {
      column.set(panel.column(name), from);
      from += panel.rows;
    }
    return [name, column];
  }));
  return Panel.fromRows({
    symbol: panels.flatMap((panel) => Array.from(panel.symbolOf, (symbol) => panel.symbols[symbol])),
    date: panels.flatMap((panel) => Array.from(panel.dayOf, (day) => panel.dates[day])),
    columns,
  });
}
