import assert from "node:assert/strict";
import { repositoryPath, sha256 } from "@lib/core";
import { goldenRows } from "../_golden_rows.ts";
import { loadForecaster } from "../load_forecaster.ts";
import { fitXgboost, type FitXgboostOptions } from "./fit_xgboost.ts";
import golden from "./testdata/goldens.json" with { type: "json" };
import { hasXgboost } from "./xgboost_library.ts";
import type { XgboostParameters } from "./xgboost_parameters.ts";

const { weight, ...rows } = goldenRows(0, 800);
const { weight: _, ...stop } = goldenRows(1000, 300);
const test = goldenRows(2000, 60).features;
const options = Object.freeze({ rounds: 40, seed: 7 });
const drawn = golden.xgboost.drawn.parameters as XgboostParameters;

/** A test that needs the library, which only `make xgboost` installs. */
function withXgboost(name: string, fn: () => Promise<void>): void {
  const ignore = !hasXgboost();
  Deno.test({ name: ignore ? `${name} (needs make xgboost)` : name, ignore, fn });
}

const trees = (text: string) => text.slice(text.indexOf('"trees":['), text.indexOf('"name":"gbtree"'));

function goldenTraining(name: string) {
  const target = name === "gamma" ? rows.target.map(Math.abs) : rows.target.map((value) => Number(value > 0));
  return {
    ...rows,
    ...(name === "weighted" ? { weight } : {}),
    ...(name === "stopped" ? { stop } : {}),
    ...(name === "gamma" || name === "binary" ? { target } : {}),
  };
}

withXgboost("fitXgboost() grows the very trees of XGBoost's Python package", async () => {
  for (const [name, expected] of Object.entries(golden.xgboost)) {
    using model = await fitXgboost(goldenTraining(name), {
      ...options,
      parameters: expected.parameters as XgboostParameters,
      earlyStoppingRounds: name === "stopped" ? 5 : undefined,
    });
    assert.equal(sha256(trees(model.text)), expected.treesSha256, name);
    assert.deepEqual(Array.from(model.predict(test)), expected.forecast, name);
    assert.equal(model.description.rounds, expected.rounds, name);
    const total = expected.gain.reduce((sum, gain) => sum + gain);
    assert.deepEqual(Object.values(model.featureImportance()), expected.gain.map((gain) => gain / total), name);
    const { values, base } = model.contributions({ ...test, values: test.values.slice(0, 8 * 6), rows: 8 });
    const found = expected.contributions.map((_, row) => [...values.values.slice(6 * row, 6 * row + 6), base[row]]);
    assert.deepEqual(found, expected.contributions, name);
  }
});

const fitted = async (change: Partial<FitXgboostOptions>) => {
  using model = await fitXgboost({ ...rows, stop }, { ...options, parameters: drawn, ...change });
  return { trees: trees(model.text), rounds: model.description.rounds, forecast: model.predict(test) };
};

withXgboost("fitXgboost() depends on the seed and not on the number of threads", async () => {
  const one = await fitted({ threads: 1 });
  assert.deepEqual(await fitted({ threads: 2 }), one);
  assert.notDeepEqual((await fitted({ seed: 8 })).forecast, one.forecast);
  const many = goldenRows(0, 20_000);
  const hash = async (threads: number) => {
    using model = await fitXgboost(many, { ...options, rounds: 10, parameters: { max_depth: 8 }, threads });
    return sha256(model.text);
  };
  assert.equal(await hash(2), await hash(1));
});

withXgboost("fitXgboost() keeps the trees up to the best score that it is given", async () => {
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

withXgboost(
  "fitXgboost() hands the forecasts of the rows to stop by to the score, as they are after each tree",
  async () => {
    const last: Float64Array[] = [];
    const stopScore = (forecast: Float64Array) => last.push(forecast);
    using model = await fitXgboost({ ...rows, stop }, { ...options, rounds: 5, earlyStoppingRounds: 5, stopScore });
    assert.equal(last.length, 5);
    assert.deepEqual(last[4], model.predict(stop.features));
  },
);

withXgboost("fitXgboost() reports each round and ends when told to", async () => {
  const abort = new AbortController();
  const done: number[] = [];
  const progress = (round: number, planned: number) => {
    assert.equal(planned, 40);
    done.push(round);
    if (round === 3) setTimeout(() => abort.abort(new Error("enough")), 0);
  };
  await assert.rejects(fitted({ progress, signal: abort.signal }), { message: "enough" });
  assert.ok(done.length >= 3 && done.length < 40);
});

withXgboost("fitXgboost() gives contributions that sum to the forecast, to single precision", async () => {
  using model = await fitXgboost(rows, { ...options, parameters: { max_depth: 3 } });
  const { values, base } = model.contributions(test);
  model.predict(test).forEach((forecast, row) => {
    const sum = Array.from(values.values.subarray(6 * row, 6 * row + 6)).reduce(
      (total, value) => total + value,
      base[row],
    );
    assert.ok(Math.abs(sum - forecast) < 2e-6, `${sum} and ${forecast}`);
  });
});

withXgboost("fitXgboost() gives a model that is the same to the last bit in another process", async () => {
  const folder = await Deno.makeTempDir();
  using model = await fitXgboost(rows, { ...options, parameters: drawn });
  await model.save(folder);
  const program = `
    import { loadForecaster } from "@lib/models";
    import { sha256 } from "@lib/core";
    import { goldenRows } from "${import.meta.resolve("../_golden_rows.ts")}";
    using model = await loadForecaster(${JSON.stringify(folder)});
    console.log(model.description.model, sha256(model.predict(goldenRows(2000, 60).features)), sha256(model.text));`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", "--ext=ts", program],
    cwd: repositoryPath(),
  }).output();
  const expected = `xgboost ${sha256(model.predict(test))} ${sha256(model.text)}`;
  assert.equal(new TextDecoder().decode(stdout).trim(), expected, new TextDecoder().decode(stderr));

  using loaded = await loadForecaster(folder);
  const reversed = { ...test, columns: [...test.columns].reverse() };
  assert.throws(() => loaded.predict(reversed), { name: "TypeError", message: /feature 1 of 6 must be feature_0/ });
  assert.deepEqual(loaded.predict({ ...test, values: new Float32Array(0), rows: 0 }), new Float64Array(0));
  loaded[Symbol.dispose]();
  assert.throws(() => loaded.predict(test), { name: "ReferenceError", message: /it was disposed of/ });
  await Deno.remove(folder, { recursive: true });
});

withXgboost("fitXgboost() says in XGBoost's own words what it refuses", async () => {
  const parameters: XgboostParameters = { objective: "reg:gamma" }; // some targets are below 0
  await assert.rejects(fitXgboost(rows, { ...options, parameters }), {
    message: /^Cannot grow a tree: XGBoost says "Check failed: .* must be greater than 0 for gamma regression"$/,
  });
});

Deno.test("fitXgboost() refuses parameters that XGBoost would ignore, and rows that it cannot learn from", async () => {
  const refuses = (change: object, message: RegExp) =>
    assert.rejects(fitXgboost(rows, { ...options, ...change }), { name: "RangeError", message });
  await refuses({ parameters: { eta: 0.1 } }, /parameter must be one of objective, .* current value is eta/);
  await refuses({ parameters: { max_depth: 2.5 } }, /max_depth must be an integer of at least 0/);
  await refuses({ parameters: { subsample: 2 } }, /subsample must be a finite number from 0 to 1/);
  await refuses({ parameters: { objective: "rank:ndcg" } }, /objective must be one of/);
  await refuses({ parameters: { objective: "reg:quantileerror" } }, /quantile_alpha must be given/);
  await refuses({ rounds: 0 }, /rounds must be an integer of at least 1/);
  await refuses({ threads: 0.5 }, /threads must be an integer of at least 1/);
  await refuses({ earlyStoppingRounds: 5 }, /must have rows to stop by, current number is 0/);
  await refuses({ seed: -1 }, /seed must be an integer/);
});
