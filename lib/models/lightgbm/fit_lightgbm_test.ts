import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { sha256 } from "@lib/core";
import { type LightgbmParameters, wasmLightgbmPath } from "@lib/lightgbm";
import { goldenRows } from "../_golden_rows.ts";
import golden from "../testdata/models.json" with { type: "json" };
import { fitLightgbm, type FitLightgbmOptions } from "./fit_lightgbm.ts";

const { weight, ...rows } = goldenRows(0, 800);
const { weight: _, ...stop } = goldenRows(1000, 300);
const test = goldenRows(2000, 60).features;
const options = Object.freeze({ rounds: 40, seed: 7 });

const trees = (text: string) => text.slice(text.indexOf("Tree=0"), text.indexOf("end of trees"));

/** Targets of models.py by the name of the case. */
const targets: Record<string, (value: number) => number> = {
  gamma: Math.abs,
  binary: (value) => Number(value > 0),
  multiclass: (value) => Number(value > -0.3) + Number(value > 0.3),
};

const cases = Object.entries(golden.lightgbm).map(([name, expected]) => {
  const training = {
    ...rows,
    target: rows.target.map(targets[name] ?? ((value) => value)),
    ...(name === "weighted" ? { weight } : {}),
    ...(name === "stopped" ? { stop } : {}),
  };
  const parameters = expected.parameters as LightgbmParameters;
  return { name, expected, training, parameters, earlyStoppingRounds: name === "stopped" ? 5 : undefined };
});

const lastBits = 1e-14; // the exponential function of C libraries differs from that of JavaScript there

Deno.test("fitLightgbm() grows the very trees of LightGBM's Python package", async () => {
  for (const { name, expected, training, ...fit } of cases) {
    using model = await fitLightgbm(training, { ...options, ...fit });
    assert.equal(sha256(trees(model.text)), expected.treesSha256, name);
    assert.equal(model.description.rounds, expected.rounds, name);
    const total = expected.gain.reduce((sum, gain) => sum + gain);
    assert.deepEqual(Object.values(model.featureImportance()), expected.gain.map((gain) => gain / total), name);
  }
});

Deno.test("fitLightgbm() forecasts what LightGBM's Python package forecasts", async () => {
  for (const { name, expected, training, ...fit } of cases) {
    using model = await fitLightgbm(training, { ...options, ...fit });
    const told = name === "multiclass" ? model.probabilities(test).values : model.predict(test);
    const wanted = expected.forecast.flat();
    assert.equal(told.length, wanted.length, name);
    if (!(name in targets)) assert.deepEqual(Array.from(told), wanted, name);
    told.forEach((value, at) =>
      assert.ok(Math.abs(value - wanted[at]) <= lastBits * Math.abs(wanted[at]), `${name} ${at}`)
    );
  }
});

const built = existsSync(wasmLightgbmPath);
const unbuilt = built ? "" : " (skipped: it is not built; make wasm)";

Deno.test(
  `fitLightgbm() gives the same bytes natively and in WebAssembly${unbuilt}`,
  { ignore: !built },
  async () => {
    for (const { name, training, ...fit } of cases) {
      using native = await fitLightgbm(training, { ...options, ...fit, engine: "native" });
      using wasm = await fitLightgbm(training, { ...options, ...fit, engine: "wasm" });
      assert.match(native.description.engine, /native$/);
      assert.match(wasm.description.engine, /wasm$/);
      assert.equal(wasm.text, native.text, name);
      assert.deepEqual(wasm.predict(test), native.predict(test), name);
    }
  },
);

const drawn = golden.lightgbm.drawn.parameters as LightgbmParameters;
const fitted = async (change: Partial<FitLightgbmOptions>) => {
  using model = await fitLightgbm({ ...rows, stop }, { ...options, parameters: drawn, ...change });
  return { trees: trees(model.text), rounds: model.description.rounds, forecast: model.predict(test) };
};

Deno.test("fitLightgbm() depends on the seed and not on the number of threads", async () => {
  const one = await fitted({ threads: 1 });
  assert.deepEqual(await fitted({ threads: 2 }), one);
  assert.notDeepEqual((await fitted({ seed: 8 })).forecast, one.forecast);
});

Deno.test("fitLightgbm() leaves the rows to stop by alone unless it is to stop", async () => {
  using model = await fitLightgbm(rows, { ...options, parameters: drawn });
  assert.deepEqual(await fitted({}), {
    trees: trees(model.text),
    rounds: 40,
    forecast: model.predict(test),
  });
});

Deno.test("fitLightgbm() keeps the trees up to the best score that it is given", async () => {
  const scores: number[] = [];
  const stopScore = (forecast: Float64Array) => {
    assert.equal(forecast.length, 300);
    scores.push(-Math.abs(scores.length - 6)); // best after the seventh round
    return scores.at(-1)!;
  };
  const { rounds, forecast } = await fitted({ earlyStoppingRounds: 4, stopScore });
  assert.deepEqual([rounds, scores.length], [7, 11]);
  assert.deepEqual(forecast, (await fitted({ rounds: 7 })).forecast);
});

Deno.test("fitLightgbm() reports each round and ends when told to", async () => {
  const abort = new AbortController();
  const rounds: number[] = [];
  const progress = (done: number, planned: number) => {
    assert.equal(planned, 40);
    rounds.push(done);
    if (done === 3) setTimeout(() => abort.abort(new Error("enough")), 0);
  };
  await assert.rejects(fitted({ progress, signal: abort.signal }), { message: "enough" });
  assert.ok(rounds.length >= 3 && rounds.length < 40);
});

Deno.test("fitLightgbm() forecasts the mean where no split is worth making", async () => {
  const flat = { ...rows, target: new Float64Array(800).fill(0.25) };
  using model = await fitLightgbm(flat, options);
  assert.deepEqual(model.predict(test), new Float64Array(60).fill(0.25));
  assert.ok(Object.values(model.featureImportance()).every((share) => share === 0));
  assert.equal(model.predict({ ...test, values: new Float32Array(0), rows: 0 }).length, 0);
});

Deno.test("fitLightgbm() refuses parameters that LightGBM would ignore, and passes on LightGBM's own refusals", async () => {
  const refused = (parameters: Record<string, unknown>, message: RegExp) =>
    assert.rejects(fitLightgbm(rows, { ...options, parameters: parameters as LightgbmParameters }), { message });
  await refused({ eta: 0.1 }, /Cannot fit LightGBM: parameter must be one of objective, .* current value is eta/);
  await refused({ seed: 3 }, /parameter must be one of .* current value is seed/);
  await refused({ num_leaves: "31" }, /num_leaves must be an integer/);
  await refused({ extra_trees: 1 }, /extra_trees must be one of true, false, current value is 1/);
  await refused({ objective: "nonsense" }, /objective must be one of regression, .* current value is nonsense/);
  await refused({ num_leaves: 1 }, /LightGBM says "Check failed: \(num_leaves\) > \(1\)/);
});

Deno.test("fitLightgbm() refuses rows that nothing can be learnt from", async () => {
  const holed = rows.target.slice();
  holed[5] = NaN;
  const refused = (training: typeof rows & { stop?: typeof rows; weight?: Float64Array }, error: object, change = {}) =>
    assert.rejects(fitLightgbm(training, { ...options, ...change }), error);
  await refused({ ...rows, target: holed }, { name: "RangeError", message: /current value of row 5 is NaN/ });
  await refused({ ...rows, target: holed.slice(9) }, { name: "TypeError", message: /rows 800, target 791/ });
  await refused({ ...rows, weight: new Float64Array(800) }, { message: /weight must be positive/ });
  await refused(rows, { message: /must have rows to stop by/ }, { earlyStoppingRounds: 5 });
  await refused(rows, { message: /seed must be an integer from 0 to 2147483647/ }, { seed: -1 });
  const spaced = { ...rows.features, columns: rows.features.columns.map((name) => name.replace("_", " ")) };
  await refused({ ...rows, features: spaced }, { name: "RangeError", message: /current value is "feature 0"/ });
  const renamed = { ...stop, features: { ...stop.features, columns: [...stop.features.columns].reverse() } };
  await refused({ ...rows, stop: renamed }, { name: "TypeError", message: /feature 1 of 6 must be feature_0/ });
});
