import assert from "node:assert/strict";
import { fitScaler, standardise } from "./scaler.ts";

const matrix = {
  values: Float64Array.of(1, 0.1, NaN, 2, 0.1, NaN, 4, 0.1, NaN, NaN, NaN, NaN),
  rows: 4,
  columns: ["varies", "constant", "unknown"],
};

Deno.test("fitScaler() learns from known values only, with the divisor n of scikit-learn's StandardScaler", () => {
  const { mean, standardDeviation } = fitScaler(matrix);
  assert.equal(mean[0], 7 / 3);
  assert.ok(Math.abs(standardDeviation[0] - Math.sqrt(14 / 9)) < 1e-15);
  assert.deepEqual([standardDeviation[1], mean[2], standardDeviation[2]], [0, 0, 0]);
});

Deno.test("standardise() gives its own rows mean 0 and deviation 1, and the missing the mean", () => {
  const scaled = standardise(matrix, fitScaler(matrix));
  const varies = [0, 1, 2].map((row) => scaled[3 * row]);
  assert.ok(Math.abs(varies.reduce((sum, value) => sum + value)) < 1e-15);
  assert.ok(Math.abs(varies.reduce((sum, value) => sum + value ** 2, 0) / 3 - 1) < 1e-15);
  assert.equal(scaled[9], 0);
});

Deno.test("standardise() keeps a column silent that did not vary where the scaler was fitted", () => {
  const later = { values: Float64Array.of(1, 5, 7), rows: 1, columns: matrix.columns };
  assert.deepEqual(standardise(later, fitScaler(matrix)).slice(1), Float64Array.of(0, 0));
});

Deno.test("standardise() can take a part of the rows", () => {
  const scaler = fitScaler(matrix);
  assert.deepEqual(standardise(matrix, scaler, { from: 1, to: 3 }), standardise(matrix, scaler).slice(3, 9));
});

Deno.test("standardise() refuses columns it was not fitted on", () => {
  const other = { ...matrix, columns: ["constant", "varies", "unknown"] };
  assert.throws(() => standardise(other, fitScaler(matrix)), { name: "TypeError", message: /feature 1 of 3/ });
});
