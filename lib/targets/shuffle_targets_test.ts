import assert from "node:assert/strict";
import { Panel, pearsonCorrelation, weekdays } from "@lib/core";
import { shuffleTargets } from "./mod.ts";

const days = 500;
const date = weekdays("2020-01-01", days);
const target = Float64Array.from({ length: 2 * days }, (_, row) => row % days === days - 1 ? NaN : Math.sin(row));
const panel = Panel.fromRows({
  symbol: Array.from(target, (_, row) => row < days ? "A" : "B"),
  date: [...date, ...date],
  columns: { target, twice: target.map((value) => 2 * value) },
});
const moved = shuffleTargets(panel, { seed: 1 });

Deno.test("shuffleTargets() keeps each symbol's values and moves columns together", () => {
  for (const [from, to] of [[0, days], [days, 2 * days]]) {
    const sorted = (values: Float64Array) => values.slice(from, to).toSorted();
    assert.deepEqual(sorted(moved.column("target")), sorted(target));
  }
  assert.deepEqual(moved.column("twice"), moved.column("target").map((value) => 2 * value));
  assert.ok(Number.isNaN(moved.column("target")[days - 1]));
});

Deno.test("shuffleTargets() leaves nothing of the order, and the same for the same seed", () => {
  assert.ok(Math.abs(pearsonCorrelation(moved.column("target"), target)) < 0.1);
  assert.deepEqual(shuffleTargets(panel, { seed: 1 }).column("target"), moved.column("target"));
  assert.notDeepEqual(shuffleTargets(panel, { seed: 2 }).column("target"), moved.column("target"));
});
