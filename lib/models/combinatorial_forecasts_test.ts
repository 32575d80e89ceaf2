import assert from "node:assert/strict";
import { Panel, seededRandom, weekdays } from "@lib/core";
import {
  combinatorialPurged,
  combinatorialTrainingRows,
  forecastRows,
  gatherMatrix,
  gatherRows,
  joinRows,
} from "@lib/dataset";
import { combinatorialForecasts } from "./combinatorial_forecasts.ts";
import type { Fit } from "./forecaster.ts";
import { fitRidge } from "./ridge/fit_ridge.ts";

const dates = weekdays("2019-01-01", 200);
const horizonDays = 3;

function market() {
  const random = seededRandom(11);
  const symbols = ["A", "B", "C"];
  const index = { symbol: symbols.flatMap((name) => dates.map(() => name)), date: symbols.flatMap(() => dates) };
  const bare = Panel.fromRows({ ...index, columns: {} });
  const signal = Float64Array.from({ length: bare.rows }, () => random() - 0.5);
  const features = bare.with({ signal: signal.map((value, row) => bare.dayOf[row] < 5 ? NaN : value) });
  const target = signal.map((value, row) => bare.dayOf[row] + horizonDays < dates.length ? value + random() : NaN);
  return joinRows({ features, targets: bare.with({ target }) }, { target: "target", horizonDays });
}

const ridge: Fit = (rows, options) => fitRidge(rows, { ...options, penalty: 1 });
const split = combinatorialPurged(dates, { groups: 5, horizonDays });

Deno.test("combinatorialForecasts() forecasts each row once on every path, by the model of the path's own split", async () => {
  const dataset = market();
  const made = await combinatorialForecasts({ dataset, split, models: { ridge } }, { seed: 1 });
  assert.equal(made.forecasts.rows, 3 * (dates.length - 5));
  assert.equal(made.reports.length, split.splits.length);
  made.rows.forEach((row, position) => assert.deepEqual(made.forecasts.key(position), dataset.features.key(row)));
  for (const name of made.columns.ridge) assert.ok(made.forecasts.column(name).every(Number.isFinite));
  const whole = new Map(Array.from(made.rows, (row, position) => [row, position]));
  for (const own of split.splits) {
    using model = await ridge(combinatorialTrainingRows(dataset, own), { seed: 1 });
    own.testDays.forEach((days, at) => {
      const rows = forecastRows(dataset, days);
      const column = made.forecasts.column(made.columns.ridge[own.paths[at]]);
      const wanted = model.predict(gatherMatrix(dataset.features, rows));
      rows.forEach((row, position) => assert.equal(column[whole.get(row)!], wanted[position]));
    });
  }
});

Deno.test("combinatorialForecasts() makes paths that differ, and the same ones again", async () => {
  const dataset = market();
  const { forecasts, columns } = await combinatorialForecasts({ dataset, split, models: { ridge } }, { seed: 1 });
  const again = await combinatorialForecasts({ dataset, split, models: { ridge } }, { seed: 1 });
  assert.deepEqual(again.forecasts, forecasts);
  const [first, second] = columns.ridge.map((name) => forecasts.column(name));
  assert.ok(first.some((value, row) => value !== second[row]));
});

Deno.test("combinatorialForecasts() refuses a fit that helps itself to the tested rows", async () => {
  const dataset = market();
  const known = Int32Array.from(dataset.target.keys()).filter((row) =>
    dataset.usable[row] === 1 && !Number.isNaN(dataset.target[row])
  );
  const greedy: Fit = (_, options) => fitRidge(gatherRows(dataset, known), options);
  await assert.rejects(combinatorialForecasts({ dataset, split, models: { greedy } }, { seed: 1 }), {
    name: "RangeError",
    message: /Cannot forecast split 1\+2 with greedy: the model must not have seen the outcome of a row/,
  });
});

Deno.test("combinatorialForecasts() refuses to forecast with nothing", async () => {
  await assert.rejects(combinatorialForecasts({ dataset: market(), split, models: {} }, { seed: 1 }), {
    name: "RangeError",
    message: /number of models must be an integer of at least 1/,
  });
});
