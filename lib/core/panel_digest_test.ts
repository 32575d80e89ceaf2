import assert from "node:assert/strict";
import { Panel } from "./panel.ts";
import { panelDigest } from "./panel_digest.ts";

const panel = Panel.fromRows({
  symbol: ["A", "A", "B"],
  date: ["2020-01-02", "2020-01-03", "2020-01-03"],
  columns: { close: Float64Array.of(1, 2, NaN), volume: Float64Array.of(5, 6, 7) },
});

Deno.test("panelDigest() is blind to the order of columns and to the payload of a NaN", () => {
  const payload = new Float64Array(new BigUint64Array([0x7ff8000000000001n]).buffer)[0];
  const other = panel.pick(["volume", "close"]).with({ close: Float64Array.of(1, 2, payload) });
  assert.equal(panelDigest(other), panelDigest(panel));
});

Deno.test("panelDigest() sees a value, a name and a row that differ", () => {
  const { dates, starts, dayOf, columns } = panel;
  const others = [
    panel.with({ close: Float64Array.of(1, 2 + 1e-15, NaN) }),
    panel.pick(["close"]),
    new Panel(["A", "C"], dates, starts, dayOf, columns),
    panel.select((row) => row < 2),
  ];
  assert.equal(new Set([panel, ...others].map(panelDigest)).size, 5);
});
