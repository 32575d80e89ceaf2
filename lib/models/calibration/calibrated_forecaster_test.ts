import assert from "node:assert/strict";
import { inspectModel } from "@lib/audit";
import { Panel, repositoryPath, seededRandom, sha256, weekdays } from "@lib/core";
import { forecastRows, gatherMatrix, joinRows, trainingRows, walkForward } from "@lib/dataset";
import { goldenRows } from "../_golden_rows.ts";
import type { Fit } from "../forecaster.ts";
import { fitLightgbm } from "../lightgbm/fit_lightgbm.ts";
import { loadForecaster } from "../load_forecaster.ts";
import { modelForecasts } from "../model_forecasts.ts";
import { fitRidge } from "../ridge/fit_ridge.ts";
import { walkForwardForecasts } from "../walk_forward_forecasts.ts";
import type { CalibratedForecaster } from "./calibrated_forecaster.ts";
import { fitCalibrated, type FitCalibratedOptions } from "./fit_calibrated.ts";
import { fitConformal } from "./fit_conformal.ts";

const binary = (first: number, count: number) => {
  const rows = goldenRows(first, count);
  return { ...rows, target: rows.target.map((value) => value > 0 ? 1 : 0) };
};
const rows = { ...binary(0, 800), calibration: binary(1000, 400) };
const test = goldenRows(2000, 60).features;
const trees: Fit = (rows, options) =>
  fitLightgbm(rows, { ...options, rounds: 60, parameters: { objective: "binary", num_leaves: 15 } });
const options: FitCalibratedOptions = { fit: trees, method: "isotonic", threshold: "f1", seed: 1 };

const fits: Record<string, () => Promise<CalibratedForecaster>> = {
  isotonic: () => fitCalibrated(rows, options),
  platt: () => fitCalibrated(rows, { ...options, method: "platt", scale: "log-odds", threshold: undefined }),
  never: () => fitCalibrated(rows, { ...options, threshold: { hit: -1, falseAlarm: -1 } }),
  conformal: () => fitConformal(rows, { fit: trees, level: 0.9, regimes: { feature: "feature_1" }, seed: 1 }),
};

Deno.test("loadForecaster() gives calibrated forecasts to the last bit, threshold included, in another process", async () => {
  const root = await Deno.makeTempDir();
  const wanted: string[] = [];
  for (const [name, fit] of Object.entries(fits)) {
    using model = await fit();
    await model.save(`${root}/${name}`);
    wanted.push([name, sha256(model.predict(test)), model.threshold?.threshold].join());
  }
  const program = `
    import { CalibratedForecaster, loadForecaster } from "@lib/models";
    import { sha256 } from "@lib/core";
    import { goldenRows } from "${import.meta.resolve("../_golden_rows.ts")}";
    for (const name of ${JSON.stringify(Object.keys(fits))}) {
      using model = await loadForecaster(${JSON.stringify(root)} + "/" + name) as CalibratedForecaster;
      console.log([name, sha256(model.predict(goldenRows(2000, 60).features)), model.threshold?.threshold].join());
    }`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", "--ext=ts", program],
    cwd: repositoryPath(),
  }).output();
  assert.deepEqual(new TextDecoder().decode(stdout).trim().split("\n"), wanted, new TextDecoder().decode(stderr));
  assert.ok(wanted[2].endsWith("Infinity"));
  await Deno.remove(root, { recursive: true });
});

Deno.test("fitCalibrated() leaves a classifier that stands an inspection", async () => {
  const folder = await Deno.makeTempDir();
  using model = await fits.platt();
  await model.save(folder);
  const { features, target } = binary(3000, 200);
  const { checks } = await inspectModel(folder, features, { kind: "classifier", target });
  assert.deepEqual(checks.filter(({ outcome }) => outcome === "found"), []);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("loadForecaster() refuses a calibration of another model", async () => {
  const folder = await Deno.makeTempDir();
  using model = await fits.isotonic();
  await model.save(folder);
  using other = await trees(rows, { seed: 2 });
  await other.save(`${folder}/model`);
  await assert.rejects(loadForecaster(folder), {
    name: "RangeError",
    message: /manifest of the model within must have/,
  });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("fitCalibrated() fits on the rows that it would fit on without calibration, and changes no ranks", async () => {
  using model = await fits.platt();
  const { calibration: _, ...training } = rows;
  using bare = await trees(training, { seed: 1 });
  assert.deepEqual(model.model.predict(test), bare.predict(test));
  const [raw, set] = [bare.predict(test), model.predict(test)];
  const order = (values: Float64Array) => [...values.keys()].sort((a, b) => values[a] - values[b] || a - b);
  assert.deepEqual(order(set), order(raw));
  assert.deepEqual(model.featureImportance(), bare.featureImportance());
});

Deno.test("fitCalibrated() makes an overconfident classifier lose less on rows that nobody has seen", async () => {
  const seen = binary(3000, 500);
  const loss = (forecast: Float64Array) =>
    forecast.reduce((sum, value, row) => sum + (value - seen.target[row]) ** 2, 0) / forecast.length;
  const overfit: Fit = (rows, options) =>
    fitLightgbm(rows, {
      ...options,
      rounds: 300,
      parameters: { objective: "binary", num_leaves: 31, min_data_in_leaf: 2 },
    });
  using bare = await overfit(rows, { seed: 1 });
  const raw = loss(bare.predict(seen.features));
  for (const method of ["isotonic", "platt"] as const) {
    using model = await fitCalibrated(rows, { fit: overfit, method, scale: "log-odds", seed: 1 });
    assert.ok(loss(model.predict(seen.features)) < raw);
  }
});

Deno.test("fitCalibrated() refuses to calibrate on nothing, or on what is no event", async () => {
  const { calibration, ...training } = rows;
  await assert.rejects(fitCalibrated(training, options), {
    name: "RangeError",
    message: "Cannot fit a calibrated model: there must be rows to calibrate on, current number is 0",
  });
  const returns = { ...training, calibration: { ...calibration, target: goldenRows(1000, 400).target } };
  await assert.rejects(fitCalibrated(returns, options), { message: /every outcome must be 0 or 1/ });
  await assert.rejects(fitConformal({ ...training, calibration: binary(0, 5) }, { fit: trees, level: 0.9, seed: 1 }), {
    message: /at least 9 rows/,
  });
});

Deno.test("fitCalibrated() has seen its calibration rows, and may be scored on those after them", async () => {
  const [dates, random] = [weekdays("2019-01-01", 300), seededRandom(4)];
  const bare = Panel.fromRows({ symbol: dates.map(() => "A"), date: dates, columns: {} });
  const signal = Float64Array.from(dates, () => random() - 0.5);
  const target = signal.map((value, day) => day < 298 ? Number(value + random() > 0.5) : NaN);
  const dataset = joinRows({ features: bare.with({ signal }), targets: bare.with({ target }) }, {
    target: "target",
    horizonDays: 2,
  });
  const [fold] = walkForward(dates, { firstTestDay: dates[200], refit: 100, horizonDays: 2, calibrationShare: 0.3 });
  const ridge: Fit = (rows, options) => fitRidge(rows, options);
  const training = trainingRows(dataset, fold);
  using model = await fitCalibrated(training, { fit: ridge, method: "platt", seed: 1 });
  const { calibrationRows, fittedRows } = model.description;
  assert.deepEqual([calibrationRows, fittedRows], [training.calibration!.day.length, training.day.length]);
  assert.throws(() => modelForecasts({ model, dataset }, { days: fold.calibrationDays }), { name: "RangeError" });
  const calibrated: Fit = (rows, options) => fitCalibrated(rows, { ...options, fit: ridge, method: "platt" });
  const walked = await walkForwardForecasts({ dataset, folds: [fold], models: { calibrated } }, { seed: 1 });
  const wanted = model.predict(gatherMatrix(dataset.features, forecastRows(dataset, fold.testDays)));
  assert.deepEqual(walked.forecasts.column("forecast_calibrated"), wanted);
  assert.ok(wanted.every((value) => value > 0 && value < 1));
});
