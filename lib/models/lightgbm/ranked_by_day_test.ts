import assert from "node:assert/strict";
import type { Rows } from "@lib/dataset";
import { rankedByDay } from "./ranked_by_day.ts";

const rowsOf = (target: number[], day: number[], change: Partial<Rows> = {}): Rows => ({
  features: { values: Float64Array.from(target.keys()), rows: target.length, columns: ["at"] },
  target: Float64Array.from(target),
  day: Int32Array.from(day),
  ...change,
});

Deno.test("rankedByDay() puts days after each other and keeps the order within", () => {
  const weight = Float64Array.of(1, 2, 3, 4, 5);
  const ranked = rankedByDay(rowsOf([5, 1, 4, 2, 3], [9, 4, 9, 4, 4], { weight }), "target");
  assert.deepEqual(ranked.features.values, Float64Array.of(1, 3, 4, 0, 2));
  assert.deepEqual(ranked.target, Float64Array.of(1, 2, 3, 5, 4));
  assert.deepEqual(ranked.weight, Float64Array.of(2, 4, 5, 1, 3));
  assert.deepEqual(ranked.day, Int32Array.of(4, 4, 4, 9, 9));
  assert.deepEqual(ranked.groups, Int32Array.of(3, 2));
});

Deno.test("rankedByDay() cuts each day into grades of equal size, whatever the returns", () => {
  const target = [-3, 0.1, 0.2, 90, 5, 6, 7, 8].map((value) => value / 100);
  const { target: grades } = rankedByDay(rowsOf(target, [1, 1, 1, 1, 2, 2, 2, 2]), 4);
  assert.deepEqual(grades, Float64Array.of(0, 1, 2, 3, 0, 1, 2, 3));
});

Deno.test("rankedByDay() gives equal targets one grade, and a row alone the middle one", () => {
  assert.deepEqual(rankedByDay(rowsOf([7, 7, 7], [1, 1, 1])).target, Float64Array.of(2, 2, 2));
  assert.deepEqual(rankedByDay(rowsOf([7], [1])).target, Float64Array.of(2));
});

Deno.test("rankedByDay() refuses grades that LightGBM has no gain for", () => {
  assert.throws(() => rankedByDay(rowsOf([1], [1]), 32), { name: "RangeError", message: /from 2 to 31, .* is 32/ });
});
