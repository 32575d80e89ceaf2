import assert from "node:assert/strict";
import { Panel, repositoryPath, seededRandom, weekdays } from "@lib/core";
import { joinRows, trainingRows, walkForward } from "@lib/dataset";
import type { Fit } from "./forecaster.ts";
import { loadForecaster } from "./load_forecaster.ts";
import { modelForecasts } from "./model_forecasts.ts";
import { fitRidge } from "./ridge/fit_ridge.ts";
import { walkForwardForecasts } from "./walk_forward_forecasts.ts";

const dates = weekdays("2020-01-01", 100);
const horizonDays = 3;

function market(symbols = ["A", "B"]) {
  const random = seededRandom(2);
  const index = { symbol: symbols.flatMap((name) => dates.map(() => name)), date: symbols.flatMap(() => dates) };
  const bare = Panel.fromRows({ ...index, columns: {} });
  const signal = Float64Array.from({ length: bare.rows }, () => random() - 0.5);
  const target = signal.map((value, row) => bare.dayOf[row] + horizonDays < dates.length ? value + random() : NaN);
  return joinRows({ features: bare.with({ signal }), targets: bare.with({ target }) }, {
    target: "target",
    horizonDays,
  });
}

const dataset = market();
const folds = walkForward(dates, { firstTestDay: dates[60], refit: 20, horizonDays, innerShare: 0.2 });
const training = trainingRows(dataset, folds[0]);
const model = await fitRidge(training, { penalty: [0.1, 1], seed: 1 });
const { purgedDays, embargoDays, testDays: [firstTested] } = folds[0];

Deno.test("modelForecasts() forecasts the days that a walk forward gives the model, as the walk forward does", async () => {
  const ridge: Fit = (rows, options) => fitRidge(rows, { ...options, penalty: [0.1, 1] });
  const walked = await walkForwardForecasts({ dataset, folds: folds.slice(0, 1), models: { ridge } }, { seed: 1 });
  const forecast = modelForecasts({ model, dataset }, { days: folds[0].testDays }).column("forecast_ridge");
  assert.deepEqual(Float64Array.from(walked.rows, (row) => forecast[row]), walked.forecasts.column("forecast_ridge"));
  assert.equal(forecast.filter(Number.isFinite).length, walked.rows.length);
});

Deno.test("modelForecasts() refuses each day whose outcome overlaps one that was learnt from, and no later one", () => {
  assert.equal(purgedDays, 2 * (horizonDays + embargoDays - 1));
  const firstFree = firstTested - embargoDays;
  modelForecasts({ model, dataset }, { days: [firstFree, dates.length] });
  assert.throws(() => modelForecasts({ model, dataset }, { days: [firstFree - 1, dates.length] }), {
    name: "RangeError",
    message: `Cannot forecast with ridge: the model must not have seen the outcome of a row that it is scored on, ` +
      `current number is 2 of ${2 * (dates.length - horizonDays - firstFree + 1)}, from A on ${
        dates[firstFree - 1]
      } to B on ${dates[firstFree - 1]}`,
  });
});

Deno.test("modelForecasts() forecasts what was seen only under a name that says so", () => {
  const forecasts = modelForecasts({ model, dataset }, { inSample: true });
  assert.deepEqual(forecasts.names, ["forecast_ridge_in_sample"]);
  assert.ok(forecasts.column("forecast_ridge_in_sample").every(Number.isFinite));
});

Deno.test("modelForecasts() knows rows by symbol and day: other names are free, also in another process", async () => {
  const others = market(["C", "D"]);
  assert.ok(modelForecasts({ model, dataset: others }).column("forecast_ridge").every(Number.isFinite));
  const folder = await Deno.makeTempDir();
  await model.save(folder);
  const program = `
    import { Panel, weekdays } from "@lib/core";
    import { joinRows } from "@lib/dataset";
    import { loadForecaster, modelForecasts } from "@lib/models";
    const date = weekdays("2020-01-01", 40);
    const bare = Panel.fromRows({ symbol: date.map(() => "B"), date, columns: {} });
    const signal = new Float64Array(40).fill(1);
    const targets = bare.with({ target: signal.map((value, row) => row < 39 ? value : NaN) });
    const dataset = joinRows({ features: bare.with({ signal }), targets }, { target: "target", horizonDays: 1 });
    using model = await loadForecaster(${JSON.stringify(folder)});
    modelForecasts({ model, dataset });`;
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--quiet", "--ext=ts", program],
    cwd: repositoryPath(),
  }).output();
  assert.equal(code, 1);
  assert.match(new TextDecoder().decode(stderr), /current number is 39 of 39, from B on 2020-01-01 to B on/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("modelForecasts() refuses a model that does not say what it has seen, and a data set without its features", async () => {
  const { seen: _, ...anonymous } = training;
  using unknown = await fitRidge({ ...anonymous, stop: undefined }, { seed: 1 });
  assert.throws(() => modelForecasts({ model: unknown, dataset: market(["C"]) }), {
    name: "RangeError",
    message: /its description must say which rows it has seen/,
  });
  const { signal } = dataset.features.columns;
  const renamed = { ...dataset, features: dataset.features.pick([]).with({ renamed: signal }) };
  assert.throws(() => modelForecasts({ model, dataset: renamed }, { days: folds[0].testDays }), {
    name: "TypeError",
    message: /current one that is missing is signal/,
  });
});

Deno.test("walkForwardForecasts() refuses a saved model on days that it was fitted on", async () => {
  const folder = await Deno.makeTempDir();
  await model.save(folder);
  const saved: Fit = () => loadForecaster(folder);
  await walkForwardForecasts({ dataset, folds, models: { saved } }, { seed: 1 });
  const earlier = walkForward(dates, { firstTestDay: dates[30], refit: 20, horizonDays });
  await assert.rejects(walkForwardForecasts({ dataset, folds: earlier, models: { saved } }, { seed: 1 }), {
    name: "RangeError",
    message: /Cannot walk forward in fold \S+ with saved: .* current number is 40 of 40/,
  });
  await Deno.remove(folder, { recursive: true });
});
