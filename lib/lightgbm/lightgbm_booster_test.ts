import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { growTrees } from "./grow_trees.ts";
import { LightgbmBooster } from "./lightgbm_booster.ts";
import { LightgbmDataset, type LightgbmRows } from "./lightgbm_dataset.ts";
import { nativeLightgbm } from "./native_lightgbm.ts";
import golden from "./testdata/random_cases.json" with { type: "json" };
import { fingerprint, randomCase } from "./testdata/random_cases.ts";
import { wasmLightgbm, wasmLightgbmPath } from "./wasm_lightgbm.ts";

const native = nativeLightgbm();

Deno.test("LightgbmBooster grows, scores and explains as LightGBM's Python package does", () => {
  golden.cases.forEach((expected, index) => {
    const drawn = randomCase(index);
    assert.deepEqual(fingerprint(native, drawn), expected, drawn.name);
  });
});

const built = existsSync(wasmLightgbmPath);
const unbuilt = built ? "" : " (skipped: it is not built; make wasm)";

Deno.test(`LightgbmBooster does so in WebAssembly too${unbuilt}`, { ignore: !built }, async () => {
  const wasm = await wasmLightgbm();
  golden.cases.slice(0, 45).forEach((expected, index) => {
    const drawn = randomCase(index);
    assert.deepEqual(fingerprint(wasm, drawn), expected, drawn.name);
  });
});

const quiet = { verbosity: -1, min_data_in_leaf: 5, num_leaves: 4, seed: 3 };
const column = Float64Array.from({ length: 90 }, (_, row) => (row * 37) % 90 / 90);
const matrix = { values: column, rows: 90, columns: ["rank"] };
const rowsOf = (target: (value: number) => number, change: Partial<LightgbmRows> = {}): LightgbmRows => ({
  features: matrix,
  target: Float64Array.from(column, target),
  ...change,
});

/** A model of so many rounds. */
async function grown(rows: LightgbmRows, parameters: Record<string, string | number> = {}, rounds = 3) {
  const settings = { ...quiet, ...parameters };
  using data = new LightgbmDataset(native, rows, { parameters: settings });
  const booster = LightgbmBooster.onData(data, settings);
  assert.equal(await growTrees(booster, { rounds }), rounds);
  return booster;
}

Deno.test("LightgbmBooster is the same model after a way through its text", async () => {
  using model = await grown(rowsOf((value) => value ** 2), { objective: "quantile" });
  using again = LightgbmBooster.fromText(native, model.text());
  assert.deepEqual(again.predict(matrix), model.predict(matrix));
  assert.equal(again.rounds, 3);
  assert.equal(again.width, 1);
  using first = LightgbmBooster.fromText(native, model.text(2));
  assert.deepEqual(first.predict(matrix), model.predict(matrix, { rounds: 2 }));
});

Deno.test("LightgbmBooster.predict() gives raw scores, leaves and contributions of each output", async () => {
  const parameters = { objective: "multiclass", num_class: 3 };
  using model = await grown(rowsOf((value) => Math.floor(3 * value)), parameters);
  const raw = model.predict(matrix, { kind: "raw" });
  assert.equal(raw.length, 270);
  const shares = model.predict(matrix);
  for (let at = 0; at < 270; at += 3) {
    const odds = raw.subarray(at, at + 3).map(Math.exp);
    const total = odds[0] + odds[1] + odds[2];
    odds.forEach((share, output) => assert.ok(Math.abs(shares[at + output] - share / total) < 1e-12));
  }
  const leaves = model.predict(matrix, { kind: "leaf" });
  assert.equal(leaves.length, 90 * 9);
  assert.ok(leaves.every((leaf) => Number.isInteger(leaf) && leaf >= 0 && leaf < 4));
  const told = model.predict(matrix, { kind: "contributions" }); // one feature and the base for each output
  raw.forEach((score, at) => assert.ok(Math.abs(told[2 * at] + told[2 * at + 1] - score) < 1e-12));
});

Deno.test("LightgbmBooster.predict() does not depend on threads, nor on the precision of whole numbers", async () => {
  using model = await grown(rowsOf((value) => Math.sin(6 * value)), {}, 20);
  assert.deepEqual(model.predict(matrix, { threads: 2 }), model.predict(matrix));
  const whole = column.map((_, row) => row % 3);
  const single = { ...matrix, values: Float32Array.from(whole) };
  assert.deepEqual(model.predict(single), model.predict({ ...matrix, values: whole }));
  assert.equal(model.predict({ ...matrix, values: new Float64Array(0), rows: 0 }).length, 0);
});

Deno.test("LightgbmBooster.rowForecaster() forecasts as the matrix does, link and missing values included", async () => {
  using model = await grown(rowsOf((value) => Number(value > 0.4)), { objective: "binary" });
  using rows = model.rowForecaster();
  const holed = Float64Array.of(...column.subarray(0, 20), NaN);
  const expected = model.predict({ ...matrix, values: holed, rows: 21 });
  assert.deepEqual(Float64Array.from(holed, (value) => rows.forecast([value])[0]), expected);
  assert.throws(() => rows.forecast([1, 2]), { name: "TypeError", message: /must have 1 features, .* is 2/ });
});

Deno.test("LightgbmBooster names its metrics and evaluates them on each data set", () => {
  const settings = { ...quiet, metric: ["l1", "l2"] };
  using train = new LightgbmDataset(native, rowsOf((value) => value), { parameters: settings });
  using valid = new LightgbmDataset(native, rowsOf(() => 7), { parameters: settings, reference: train });
  using model = LightgbmBooster.onData(train, settings, [valid]);
  model.update();
  assert.deepEqual(model.metricNames(), ["l1", "l2"]);
  const errors = model.scores(1).map((forecast) => 7 - forecast);
  const mean = (values: Float64Array) => values.reduce((a, b) => a + b) / 90;
  const [l1, l2] = model.evaluate();
  assert.ok(Math.abs(l1 - mean(errors)) < 1e-9);
  assert.ok(Math.abs(l2 - mean(errors.map((error) => error ** 2))) < 1e-9);
  assert.ok(model.evaluate(0)[0] < 1);
});

Deno.test("LightgbmDataset takes weights, groups and scores to start from", async () => {
  const flat = { learning_rate: 1, min_data_in_leaf: 90 };
  const target = (value: number) => Number(value < 0.5);
  using weighted = await grown(rowsOf(target, { weight: column.map((value) => value < 0.5 ? 3 : 1) }), flat, 1);
  assert.ok(Math.abs(weighted.predict(matrix)[0] - 0.75) < 1e-6);
  using started = await grown(rowsOf(target, { initialScore: column.map(target) }), { learning_rate: 1 }, 1);
  assert.deepEqual(started.predict(matrix), new Float64Array(90)); // nothing was left to learn
  const ranking = { objective: "lambdarank" };
  using ranks = await grown(rowsOf((value) => Math.floor(5 * value), { groups: [40, 50] }), ranking);
  const scores = ranks.predict(matrix);
  assert.ok(scores[column.indexOf(89 / 90)] > scores[column.indexOf(0)]);
  await assert.rejects(grown(rowsOf(target), ranking), { message: /LightGBM says ".*query/ });
});

Deno.test("LightgbmDataset and LightgbmBooster refuse what does not fit", async () => {
  const data = (rows: LightgbmRows, parameters = {}) => new LightgbmDataset(native, rows, { parameters });
  assert.throws(() => data(rowsOf(() => 0, { features: { ...matrix, rows: 80 } })), {
    name: "TypeError",
    message: "Cannot sort rows into LightGBM's bins: 80 rows of 1 columns must have 80 values, current number is 90",
  });
  assert.throws(() => data(rowsOf(() => 0, { weight: [1] })), { name: "TypeError", message: /length must be 90/ });
  assert.throws(() => data(rowsOf(() => 0), { max_bins: 9, max_bin: 7 }), {
    name: "RangeError",
    message: /max_bin must be given once, current values are max_bins and max_bin/,
  });
  assert.throws(() => data(rowsOf(() => 0), { leaves: 9 }), { message: /must be one that it knows, .* is leaves/ });
  assert.throws(() => data(rowsOf(() => 0), { objective: "binary seed=3" }), { message: /must be without spaces/ });
  using model = await grown(rowsOf((value) => value));
  assert.throws(() => model.updateBy([1], [1]), { name: "TypeError", message: /must be 90 derivatives, .* is 1/ });
  assert.throws(() => model.predict({ values: new Float64Array(4), rows: 2, columns: ["a", "b"] }), {
    message: /^Cannot forecast with LightGBM: LightGBM says "The number of features in data \(2\)/,
  });
  assert.throws(() => LightgbmBooster.fromText(native, "no model"), { message: /^Cannot read a LightGBM model:/ });
  model[Symbol.dispose]();
  assert.throws(() => model.rounds, { name: "ReferenceError", message: /it was disposed of/ });
});
