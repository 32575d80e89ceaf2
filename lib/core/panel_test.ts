import assert from "node:assert/strict";
import { frameToPanel, panelToFrame } from "./panel_frame.ts";
import { Panel } from "./panel.ts";
import { stackPanels } from "./stack_panels.ts";

const rows = {
  symbol: ["B", "A", "B", "C", "A"],
  date: ["2020-01-03", "2020-01-03", "2020-01-02", "2020-01-06", "2020-01-02"],
  columns: { close: Float64Array.of(4, 2, 3, 5, 1) },
};

Deno.test("Panel.fromRows() sorts by symbol, then date", () => {
  const panel = Panel.fromRows(rows);
  assert.deepEqual(panel.column("close"), Float64Array.of(1, 2, 3, 4, 5));
  assert.deepEqual(panel.starts, Int32Array.of(0, 2, 4, 5));
  assert.deepEqual(panel.symbolOf, Int32Array.of(0, 0, 1, 1, 2));
  assert.deepEqual(panel.key(4), { symbol: "C", date: "2020-01-06" });
});

Deno.test("Panel.fromRows() refuses a symbol and date that occur twice", () => {
  const twice = { symbol: ["A", "A"], date: ["2020-01-02", "2020-01-02"], columns: {} };
  assert.throws(() => Panel.fromRows(twice), {
    name: "RangeError",
    message: "Cannot build a panel: each symbol and date must occur once, current duplicate is A 2020-01-02",
  });
});

Deno.test("Panel.rowsOfDay() finds the rows of a day across symbols", () => {
  const panel = Panel.fromRows(rows);
  assert.deepEqual(panel.rowsOfDay(0), Int32Array.of(0, 2));
  assert.deepEqual(panel.rowsOfDay(1), Int32Array.of(1, 3));
  assert.deepEqual(panel.with({ more: new Float64Array(5) }).rowsOfDay(2), Int32Array.of(4));
});

Deno.test("Panel.select() drops symbols and days that are left without rows", () => {
  const panel = Panel.fromRows(rows);
  const selected = panel.select((row) => panel.column("close")[row] >= 4);
  assert.deepEqual(selected.symbols, ["B", "C"]);
  assert.deepEqual(selected.dates, ["2020-01-03", "2020-01-06"]);
  assert.deepEqual(selected.column("close"), Float64Array.of(4, 5));
  assert.deepEqual(selected.starts, Int32Array.of(0, 1, 2));
  assert.equal(panel.select(() => false).rows, 0);
});

Deno.test("Panel.perSymbol() hands each kernel its own rows", () => {
  const panel = Panel.fromRows(rows);
  const first = panel.perSymbol((from, to) => new Float64Array(to - from).fill(from));
  assert.deepEqual(first, Float64Array.of(0, 0, 2, 2, 4));
  assert.throws(() => panel.perSymbol(() => new Float64Array(9)), { name: "TypeError" });
});

Deno.test("Panel.column() names the columns that there are", () => {
  assert.throws(() => Panel.fromRows(rows).column("open"), {
    message: "Cannot read a column: name must be one of close, current value is open",
  });
});

Deno.test("panelToFrame() and frameToPanel() keep every number, and nulls become NaN", () => {
  const panel = Panel.fromRows(rows).with({ gap: Float64Array.of(NaN, 1, 2, NaN, 3) });
  const back = frameToPanel(panelToFrame(panel));
  assert.deepEqual(back.columns, panel.columns);
  assert.deepEqual(back.dates, panel.dates);
  assert.throws(() => frameToPanel(panelToFrame(panel).drop("date")), { name: "TypeError" });
});

Deno.test("stackPanels() undoes a split by symbol, and refuses rows that come twice", () => {
  const panel = Panel.fromRows(rows);
  const parts = panel.symbols.map((_, symbol) => panel.select((row) => panel.symbolOf[row] === symbol));
  const stacked = stackPanels(parts.reverse());
  assert.deepEqual([stacked.columns, stacked.dates, stacked.starts], [panel.columns, panel.dates, panel.starts]);
  assert.throws(() => stackPanels([panel, panel]), { name: "RangeError" });
  assert.throws(() => stackPanels([panel, parts[0].pick([])]), { name: "RangeError" });
  assert.throws(() => stackPanels([]), { name: "RangeError" });
});
