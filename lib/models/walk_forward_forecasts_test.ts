import assert from "node:assert/strict";
import { Panel, pearsonCorrelation, seededRandom, weekdays } from "@lib/core";
import { joinRows, walkForward } from "@lib/dataset";
import type { Fit } from "./forecaster.ts";
import { joinForecasts } from "./join_forecasts.ts";
import { fitLightgbm } from "./lightgbm/fit_lightgbm.ts";
import { loadForecaster } from "./load_forecaster.ts";
import { fitRidge } from "./ridge/fit_ridge.ts";
import { type WalkForwardForecasts, walkForwardForecasts } from "./walk_forward_forecasts.ts";

const dates = weekdays("2019-01-01", 420);
const symbols = Array.from({ length: 8 }, (_, i) => `S${i}`);
const horizonDays = 2;

/** `signal` moves the target, `noise` does not; the target can be anything from day `scrambleFrom` on. */
function market(scrambleFrom = Infinity) {
  const random = seededRandom(11);
  const index = { symbol: symbols.flatMap((name) => dates.map(() => name)), date: symbols.flatMap(() => dates) };
  const bare = Panel.fromRows({ ...index, columns: {} });
  const draw = () => Float64Array.from({ length: bare.rows }, () => random() - 0.5);
  const [signal, noise, surprise, scramble] = [draw(), draw(), draw(), draw()];
  const target = signal.map((value, row) => {
    const day = bare.dayOf[row];
    if (day + horizonDays >= dates.length) return NaN;
    return day >= scrambleFrom ? 100 * scramble[row] : value + surprise[row];
  });
  const features = bare.with({ signal, noise });
  return joinRows({ features, targets: bare.with({ target }) }, { target: "target", horizonDays });
}

const models: Record<string, Fit> = {
  ridge: (rows, options) => fitRidge(rows, { ...options, penalty: [0.01, 1] }),
  lightgbm: (rows, options) => fitLightgbm(rows, { ...options, rounds: 30, earlyStoppingRounds: 5 }),
};
const folds = walkForward(dates, { firstTestDay: "2020-01-01", refit: 60, horizonDays, innerShare: 0.2 });
const options = Object.freeze({ seed: 3 });

Deno.test("walkForwardForecasts() forecasts every test row, the last ones too, and finds a planted signal", async () => {
  const dataset = market();
  const { forecasts, rows, reports, importance } = await walkForwardForecasts({ dataset, folds, models }, options);
  const testDays = dates.length - folds[0].testDays[0];
  assert.equal(forecasts.rows, testDays * symbols.length);
  assert.deepEqual(forecasts.names, ["forecast_ridge", "forecast_lightgbm"]);
  assert.equal(forecasts.dates.at(-1), dates.at(-1));
  rows.forEach((row, position) => assert.deepEqual(forecasts.key(position), dataset.features.key(row)));
  const actual = Float64Array.from(rows, (row) => dataset.target[row]);
  for (const name of ["ridge", "lightgbm"]) {
    const forecast = forecasts.column(`forecast_${name}`);
    assert.ok(forecast.every(Number.isFinite));
    assert.ok(pearsonCorrelation(forecast, actual) > 0.6); // signal and surprise are equally strong: at most 0.71
    assert.ok(importance[name].signal > 0.8);
    assert.ok(Math.abs(importance[name].signal + importance[name].noise - 1) < 1e-9);
  }
  assert.equal(reports.length, folds.length * 2);
  assert.ok(reports.every((report) => report.testRows > 0 && report.stopRows > 0));
});

Deno.test("joinForecasts() gives what all folds at once give, and refuses a fold that comes twice", async () => {
  const dataset = market();
  const parts: WalkForwardForecasts[] = [];
  for (const fold of folds) parts.push(await walkForwardForecasts({ dataset, folds: [fold], models }, options));
  assert.deepEqual(joinForecasts(dataset, parts), await walkForwardForecasts({ dataset, folds, models }, options));
  assert.throws(
    () => joinForecasts(dataset, [parts[0], parts[0]]),
    /no row must be tested twice, current one is S0 on /,
  );
  assert.throws(() => joinForecasts(dataset, []), /number of parts must be an integer of at least 1/);
});

Deno.test("walkForwardForecasts() does not change with outcomes that are printed after the first test day", async () => {
  const [fold] = folds;
  const whole = await walkForwardForecasts({ dataset: market(), folds: [fold], models }, options);
  const scrambled = market(fold.testDays[0] - horizonDays + 1);
  const other = await walkForwardForecasts({ dataset: scrambled, folds: [fold], models }, options);
  assert.deepEqual(other.forecasts.columns, whole.forecasts.columns);
  const earlier = market(fold.testDays[0] - horizonDays - 1);
  const changed = await walkForwardForecasts({ dataset: earlier, folds: [fold], models }, options);
  assert.notDeepEqual(changed.forecasts.columns, whole.forecasts.columns);
});

Deno.test("walkForwardForecasts() saves the models that forecast, and tells of each", async () => {
  const folder = await Deno.makeTempDir();
  const dataset = market();
  const told: string[] = [];
  const { forecasts } = await walkForwardForecasts(
    { dataset, folds: folds.slice(0, 1), models: { ridge: models.ridge } },
    {
      ...options,
      saveTo: folder,
      provenance: { study: "test" },
      progress: (report, done, planned) => told.push(`${report.model} ${report.fold} ${done}/${planned}`),
    },
  );
  using model = await loadForecaster(`${folder}/ridge/${folds[0].name}`);
  const values = Float32Array.from(
    ["signal", "noise"],
    (name) => dataset.features.column(name)[folds[0].testDays[0]],
  );
  const forecast = model.predict({ values, rows: 1, columns: ["signal", "noise"] });
  assert.equal(forecast[0], forecasts.column("forecast_ridge")[0]);
  assert.deepEqual(told, [`ridge ${folds[0].name} 1/1`]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("walkForwardForecasts() refuses folds that test a day twice, none at all, and ends when told to", async () => {
  const dataset = market();
  const refused = (change: object, message: RegExp, settings = {}) =>
    assert.rejects(walkForwardForecasts({ dataset, folds, models, ...change }, { ...options, ...settings }), {
      message,
    });
  await refused({ folds: [folds[0], folds[0]] }, /no day must be tested twice/);
  await refused({ folds: [] }, /number of folds must be an integer of at least 1/);
  await refused({ models: {} }, /number of models must be an integer of at least 1/);
  await refused({}, /stop it/, { signal: AbortSignal.abort(new Error("stop it")) });
});
