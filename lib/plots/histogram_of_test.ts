import assert from "node:assert/strict";
import { histogramOf } from "./histogram_of.ts";

Deno.test("histogramOf() counts every finite value once, the largest included, and says what is missing", () => {
  const values = Object.freeze([0, 0.4, 1, 2, 3, 4, NaN, Infinity]);
  const figure = histogramOf([{ name: "forecast", values }], { binCount: 4 });
  assert.deepEqual((figure.data[0].y as number[]).map((share) => Math.round(6 * share)), [2, 1, 1, 2]);
  assert.deepEqual(figure.data[0].x, [0.5, 1.5, 2.5, 3.5]);
  assert.match(JSON.stringify(figure.layout.title), /forecast: 6 values, 2 missing/);
});

Deno.test("histogramOf() gives all series the same bins", () => {
  const { data } = histogramOf([{ name: "a", values: [0, 1] }, { name: "b", values: [9, 10] }], { binCount: 5 });
  assert.deepEqual(data[0].x, data[1].x);
});

Deno.test("histogramOf() puts equal values into one bin", () => {
  assert.deepEqual(histogramOf([{ name: "a", values: [7, 7] }], { binCount: 2 }).data[0].y, [1, 0]);
});

Deno.test("histogramOf() refuses an empty distribution", () => {
  assert.throws(() => histogramOf([{ name: "a", values: [NaN] }]), {
    name: "RangeError",
    message: "Cannot draw a histogram: there must be at least one finite value, current number is 0",
  });
});
