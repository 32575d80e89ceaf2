import assert from "node:assert/strict";
import { sha256 } from "@lib/core";
import type { LightgbmParameters } from "@lib/lightgbm";
import { goldenRows } from "../_golden_rows.ts";
import golden from "../testdata/models.json" with { type: "json" };
import { fitLightgbm } from "./fit_lightgbm.ts";

const { weight: _, ...rows } = goldenRows(0, 800);
const { weight: __, ...stop } = goldenRows(1000, 300);
const test = goldenRows(2000, 60).features;
const options = Object.freeze({ rounds: 40, seed: 7 });
const thirds = (value: number) => Number(value > -0.3) + Number(value > 0.3);
const classes = rows.target.map(thirds);
const three = { objective: "multiclass", num_class: 3 } as const;

Deno.test("fitLightgbm() forecasts the expected class of several, and its stop score sees the same", async () => {
  const training = { ...rows, target: classes, stop: { ...stop, target: stop.target.map(thirds) } };
  let last = new Float64Array(0);
  using model = await fitLightgbm(training, {
    ...options,
    parameters: three,
    rounds: 3,
    earlyStoppingRounds: 9,
    stopScore: (forecast) => (last = forecast.slice()).length,
  });
  assert.equal(model.description.rounds, 1); // a score that never changes is best at first
  const { values, columns } = model.probabilities(test);
  assert.deepEqual(columns, ["class_0", "class_1", "class_2"]);
  const expected = Float64Array.from({ length: 60 }, (_, row) => values[3 * row + 1] + 2 * values[3 * row + 2]);
  assert.deepEqual(model.predict(test), expected);
  using all = await fitLightgbm({ ...training, stop: undefined }, { ...options, parameters: three, rounds: 3 });
  all.predict(stop.features).forEach((value, row) => assert.ok(Math.abs(value - last[row]) < 1e-14));
  assert.throws(() => model.contributions(test), { name: "RangeError", message: /scores of a row .* value is 3/ });
});

Deno.test("fitLightgbm() ranks days in whatever order their rows come", async () => {
  const parameters = golden.lightgbm.lambdarank.parameters as LightgbmParameters;
  const order = Int32Array.from(rows.day.keys()).sort((a, b) => a % 10 - b % 10 || a - b); // all firsts of a day, ...
  const moved = {
    features: { ...rows.features, values: gather(order) },
    target: Float64Array.from(order, (row) => rows.target[row]),
    day: order.map((row) => rows.day[row]),
  };
  using model = await fitLightgbm(moved, { ...options, parameters });
  const trees = model.text.slice(model.text.indexOf("Tree=0"), model.text.indexOf("end of trees"));
  assert.equal(sha256(trees), golden.lightgbm.lambdarank.treesSha256);
  assert.equal(model.description.options.grades, 5);
});

const gather = (order: Int32Array) =>
  Float32Array.from(
    { length: order.length * 6 },
    (_, at) => rows.features.values[order[Math.floor(at / 6)] * 6 + at % 6],
  );

Deno.test("fitLightgbm() minimises a loss of one's own", async () => {
  const squares = {
    name: "half the squared error",
    derivatives: (scores: Float64Array, { target }: { target: Float64Array }) => ({
      gradient: scores.map((score, row) => score - Math.fround(target[row])),
      hessian: new Float32Array(scores.length).fill(1),
    }),
  };
  using own = await fitLightgbm(rows, { ...options, objective: squares });
  using theirs = await fitLightgbm(rows, { ...options, parameters: { boost_from_average: false } });
  const wanted = theirs.predict(test);
  own.predict(test).forEach((value, row) => assert.ok(Math.abs(value - wanted[row]) < 1e-6)); // gradients are single
  assert.equal(own.description.options.objective, "half the squared error");
  await assert.rejects(
    fitLightgbm(rows, { ...options, objective: squares, parameters: { objective: "huber" } }),
    { name: "RangeError", message: /no objective beside one's own, current value is huber/ },
  );
  await assert.rejects(
    fitLightgbm({ ...rows, stop }, { ...options, objective: squares, earlyStoppingRounds: 5 }),
    { name: "RangeError", message: /there must be a metric or a loss of one's own/ },
  );
});

Deno.test("fitLightgbm() splits a categorical feature by its kinds", async () => {
  const kinds = Float32Array.from({ length: 400 }, (_, row) => row % 4);
  const training = {
    features: { values: kinds, rows: 400, columns: ["kind"] },
    target: Float64Array.from(kinds, (kind) => kind % 2),
    day: new Int32Array(400),
  };
  const fit = {
    rounds: 1,
    seed: 1,
    parameters: { learning_rate: 1, num_leaves: 2, max_cat_to_onehot: 1, cat_smooth: 1, cat_l2: 0 },
  };
  using model = await fitLightgbm(training, { ...fit, categorical: ["kind"] });
  assert.deepEqual(
    Array.from(model.predict({ values: Float32Array.of(0, 1, 2, 3), rows: 4, columns: ["kind"] }), Math.round),
    [0, 1, 0, 1],
  );
  await assert.rejects(fitLightgbm(training, { ...fit, categorical: ["sort"] }), {
    message: /categorical column must be one of the features, current one is sort/,
  });
});

Deno.test("fitLightgbm() refuses targets that are no classes", async () => {
  const refused = (target: Float64Array, parameters: LightgbmParameters, message: RegExp) =>
    assert.rejects(fitLightgbm({ ...rows, target }, { ...options, parameters }), { name: "RangeError", message });
  await refused(rows.target, { objective: "binary" }, /must be a class from 0 to 1, current value of row 0 is/);
  await refused(classes, { objective: "multiclass", num_class: 2 }, /must be a class from 0 to 1, .* is 2/);
});

Deno.test("LightgbmForecaster.rowForecaster() forecasts as the matrix does", async () => {
  using model = await fitLightgbm(rows, options);
  using forecaster = model.rowForecaster();
  const byRow = Float64Array.from(
    { length: 60 },
    (_, row) => forecaster.forecast(test.values.subarray(6 * row, 6 * row + 6))[0],
  );
  assert.deepEqual(byRow, model.predict(test));
});
