import assert from "node:assert/strict";
import { goldenRows } from "../_golden_rows.ts";
import { fitLightgbm } from "../lightgbm/fit_lightgbm.ts";
import { fitRidge } from "../ridge/fit_ridge.ts";
import { onnxDifference } from "./onnx_difference.ts";

const rows = goldenRows(0, 800);
const test = goldenRows(2000, 60).features;

Deno.test("onnxDifference() is nothing for trees in double precision, and rounding in single", async () => {
  using model = await fitLightgbm(rows, { rounds: 40, seed: 7, parameters: { num_leaves: 15 } });
  const none = { rows: 60, largest: 0, rootMeanSquare: 0, largestInDeviations: 0, movedRows: 0 };
  assert.deepEqual(onnxDifference(model, test, { precision: "double" }), none);
  const single = onnxDifference(model, test);
  assert.ok(single.largest > 0 && single.largest < 2e-7);
  assert.ok(single.rootMeanSquare > 0 && single.rootMeanSquare <= single.largest);
  assert.ok(single.largestInDeviations > single.largest && single.largestInDeviations < 1e-6);
  assert.equal(single.movedRows, 0);
});

Deno.test("onnxDifference() is nothing for ranks, and for a loss of one's own", async () => {
  const derivatives = (scores: Float64Array) => ({
    gradient: scores.map((score, row) => score - rows.target[row]),
    hessian: scores.map(() => 1),
  });
  const options = { rounds: 5, seed: 1 };
  using ranking = await fitLightgbm(rows, { ...options, parameters: { objective: "lambdarank" } });
  using own = await fitLightgbm(rows, { ...options, objective: { name: "squares", derivatives } });
  for (const model of [ranking, own]) assert.equal(onnxDifference(model, test, { precision: "double" }).largest, 0);
});

Deno.test("onnxDifference() counts rows that single precision sends elsewhere", async () => {
  const values = Float64Array.from({ length: 100 }, (_, row) => 1 + row * 1e-12); // one number in single precision
  const features = { values, rows: 100, columns: ["clock"] };
  const target = Float64Array.from(values, (_, row) => row < 50 ? -1 : 1);
  const training = { features, target, day: new Int32Array(100) };
  const parameters = { learning_rate: 1, num_leaves: 2, min_data_in_bin: 1 };
  using model = await fitLightgbm(training, { rounds: 1, seed: 1, parameters });
  assert.equal(onnxDifference(model, features, { precision: "double" }).movedRows, 0);
  const { movedRows, largest, largestInDeviations } = onnxDifference(model, features);
  assert.deepEqual([movedRows, largest, largestInDeviations], [50, 2, 2]);
});

Deno.test("onnxDifference() has no leaves to count in a linear model, and refuses what it cannot compare", async () => {
  using model = await fitRidge(rows, { seed: 1 });
  const { largest, movedRows } = onnxDifference(model, test);
  assert.ok(largest > 0 && largest < 2e-7);
  assert.equal(movedRows, 0);
  assert.throws(() => onnxDifference(model, { ...test, columns: [...test.columns].reverse() }), { name: "TypeError" });
  const none = { ...test, values: new Float32Array(0), rows: 0 };
  assert.throws(() => onnxDifference(model, none), { name: "RangeError", message: /there must be rows/ });
});
