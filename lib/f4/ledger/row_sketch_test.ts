import assert from "node:assert/strict";
import { mean, Panel, standardDeviation } from "@lib/core";
import { noisePanel } from "../testdata/made_up_trials.ts";
import { rowSketch, sharedRows } from "./row_sketch.ts";

const sketchOf = (panel: Panel) => rowSketch(panel, "actual");

/** Two markets, with new symbols and outcomes each run; the second has a share of the first's rows and as many others. */
function sharing(share: number, run: number): [Panel, Panel] {
  const [first, others] = [noisePanel(2 * run, { prefix: `${run}a` }), noisePanel(2 * run + 1, { prefix: `${run}b` })];
  const source = Array.from({ length: first.rows }, (_, row) => (row * 7919) % 1000 < share * 1000 ? first : others);
  const keys = source.map((panel, row) => panel.key(row));
  return [
    first,
    Panel.fromRows({
      symbol: keys.map(({ symbol }) => symbol),
      date: keys.map(({ date }) => date),
      columns: { actual: Float64Array.from(source, (panel, row) => panel.column("actual")[row]) },
    }),
  ];
}

Deno.test("sharedRows() errs by no more than its standard error says, and never leans down", () => {
  for (const share of [0.05, 0.5, 0.9]) {
    const runs = Float64Array.from({ length: 40 }, (_, run) => {
      const [one, other] = sharing(share, run);
      return sharedRows(rowSketch(one), rowSketch(other));
    });
    const error = Math.sqrt(share * (1 - share) / 256);
    const leaning = mean(runs) - share;
    assert.ok(leaning > -0.012 && leaning < 0.75 * error, `leans by ${leaning} at ${share}`);
    assert.ok(standardDeviation(runs) < 1.5 * error, `deviation ${standardDeviation(runs)} at ${share}, not ${error}`);
  }
});

Deno.test("sharedRows() is 1 for a part, 0 for nothing in common, and the same in either direction", () => {
  const [whole, other] = [noisePanel(1), noisePanel(2, { start: "2021-01-01" })];
  const part = whole.select((row) => row % 3 === 0);
  assert.equal(sharedRows(sketchOf(whole), sketchOf(part)), 1);
  assert.equal(sharedRows(sketchOf(part), sketchOf(whole)), 1);
  assert.equal(sharedRows(sketchOf(whole), sketchOf(other)), 0);
  assert.equal(sharedRows(sketchOf(whole), sketchOf(noisePanel(1))), 1);
});

Deno.test("sharedRows() knows renamed symbols by their outcomes, and altered outcomes by their rows", () => {
  const market = noisePanel(3);
  const renamed = noisePanel(3, { prefix: "T" });
  const jittered = market.with({ actual: market.column("actual").map((value) => value * 1.001) });
  assert.equal(sharedRows(sketchOf(market), sketchOf(renamed)), 1);
  assert.equal(sharedRows(sketchOf(market), sketchOf(jittered)), 1);
  assert.equal(sharedRows(sketchOf(market), sketchOf(noisePanel(4, { prefix: "T" }))), 0);
});

Deno.test("sharedRows() takes a set that is too small to be compared row by row for the part of a grid", () => {
  const market = noisePanel(5, { names: 200, days: 500 });
  const oneName = market.select((row) => market.symbolOf[row] === 7);
  const later = noisePanel(6, { names: 1, days: 400, start: "2030-01-01" });
  assert.equal(sharedRows(sketchOf(market), sketchOf(oneName)), 1);
  assert.equal(sharedRows(sketchOf(market), sketchOf(later)), 0);
  const stranger = noisePanel(7, { names: 1, days: 500, prefix: "other" });
  assert.equal(sharedRows(sketchOf(market), sketchOf(stranger)), 1, "what is not known counts as shared");
});

Deno.test("rowSketch() stays below 3,200 characters and takes little time for a large panel", () => {
  const panel = noisePanel(8, { names: 100, days: 2000 });
  const begun = performance.now();
  const sketch = sketchOf(panel);
  assert.ok(performance.now() - begun < 2000);
  assert.ok(sketch.length < 3200);
  assert.throws(() => sharedRows(sketch, "AAAA"), SyntaxError);
});
