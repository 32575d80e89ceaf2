import assert from "node:assert/strict";
import { type ForestRow, intervalForest } from "./interval_forest.ts";
import { renderSvg } from "./render_figure.ts";

const rows: readonly ForestRow[] = Object.freeze([
  { name: "in sample", estimate: 0.6, low: 0.5, high: 0.7 },
  { name: "always up", estimate: -0.01, low: NaN, high: NaN },
]);

Deno.test("intervalForest() writes each estimate in figures beside its line", () => {
  const { annotations } = intervalForest(rows, { digits: 2 }).layout;
  assert.deepEqual((annotations as { text: string }[]).map(({ text }) => text), ["0.60 [0.50, 0.70]", "\u22120.01"]);
});

Deno.test("intervalForest() keeps the order given, the first row at the top", () => {
  const { categoryarray, range } = intervalForest(rows).layout.yaxis as { categoryarray: string[]; range: number[] };
  assert.deepEqual(categoryarray, ["in sample", "always up"]);
  assert.ok(range[0] > range[1]);
});

Deno.test("intervalForest() of nothing is a figure that says so", async () => {
  assert.match(await renderSvg(intervalForest([])), /no estimate has an interval/);
});

Deno.test("intervalForest() refuses names that collide and estimates outside their interval", () => {
  assert.throws(() => intervalForest([rows[0], rows[0]]), {
    name: "RangeError",
    message: "Cannot draw an interval forest: names must be distinct, current duplicate is in sample",
  });
  assert.throws(() => intervalForest([{ name: "ridge", estimate: 2, low: 0, high: 1 }]), {
    name: "RangeError",
    message: "Cannot draw an interval forest: the estimate of ridge must be finite and within its interval, " +
      "current value is 2 in 0 to 1",
  });
});
