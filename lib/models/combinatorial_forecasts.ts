import { checkInteger, type Panel } from "@lib/core";
import {
  type CombinatorialPurged,
  combinatorialTrainingRows,
  type Dataset,
  forecastRows,
  gatherMatrix,
  type TrainingRowsOptions,
} from "@lib/dataset";
import { testedRows } from "./_tested_rows.ts";
import { checkUnseen } from "./check_unseen.ts";
import type { Fit } from "./forecaster.ts";
import type { FoldReport } from "./walk_forward_forecasts.ts";

/** Options of {@linkcode combinatorialForecasts}. */
export interface CombinatorialForecastsOptions extends TrainingRowsOptions {
  /** Seed handed to every fit. */
  seed: number;
  /** Called when a model has forecast a split. */
  progress?: (report: FoldReport, done: number, planned: number) => void;
  /** Aborts between two rounds or fits. */
  signal?: AbortSignal;
}

/** Forecasts of every path of a combinatorial split. */
export interface CombinatorialForecasts {
  /** A column `forecast_<model>_<path>` for each model and path, counted from 1, over all rows that can be forecast. */
  forecasts: Panel;
  /** Names of each model's columns, path by path. */
  columns: Record<string, string[]>;
  /** Those rows as indices into the rows of the data set, in the order of `forecasts`. */
  rows: Int32Array;
  /** One report for each split and model. */
  reports: FoldReport[];
}

/**
 * Fits every model on what each combinatorial split may learn from, forecasts its tested groups, and puts the forecasts
 * together into paths, each of which forecasts every row once.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * import { combinatorialPurged, joinRows } from "@lib/dataset";
 * import { type Fit, fitRidge } from "@lib/models";
 * const dates = weekdays("2020-01-01", 60);
 * const signal = Float64Array.from(dates.keys(), (day) => Math.sin(day));
 * const bare = Panel.fromRows({ symbol: dates.map(() => "A"), date: dates, columns: {} });
 * const targets = bare.with({ target: signal.map((x, t) => t < 59 ? 2 * x : NaN) });
 * const dataset = joinRows({ features: bare.with({ signal }), targets }, { target: "target", horizonDays: 1 });
 * const split = combinatorialPurged(dates, { groups: 4, horizonDays: 1 });
 * const ridge: Fit = (rows, options) => fitRidge(rows, { ...options, penalty: 0 });
 * const { forecasts, columns } = await combinatorialForecasts({ dataset, split, models: { ridge } }, { seed: 1 });
 * assert.deepEqual(columns.ridge, ["forecast_ridge_1", "forecast_ridge_2", "forecast_ridge_3"]);
 * assert.ok(Math.abs(forecasts.column("forecast_ridge_3")[59] - 2 * signal[59]) < 1e-6);
 * ```
 *
 * @throws {RangeError} If there are no models, a model has seen what it is to forecast, or whatever a fit refuses.
 */
export async function combinatorialForecasts(
  { dataset, split, models }: { dataset: Dataset; split: CombinatorialPurged; models: Readonly<Record<string, Fit>> },
  { seed, progress, signal, ...gather }: CombinatorialForecastsOptions,
): Promise<CombinatorialForecasts> {
  const names = Object.keys(models);
  checkInteger("forecast combinatorially", "number of models", names.length, { least: 1 });
  const { features } = dataset;
  const columns = Object.fromEntries(
    names.map((name) => [name, Array.from({ length: split.paths }, (_, path) => `forecast_${name}_${path + 1}`)]),
  );
  const forecasts = Object.fromEntries(
    Object.values(columns).flat().map((column) => [column, new Float64Array(features.rows).fill(NaN)]),
  );
  const tested = new Uint8Array(features.rows);
  const reports: FoldReport[] = [];
  for (const own of split.splits) {
    const training = combinatorialTrainingRows(dataset, own, gather);
    const parts = own.testDays.map((days, at) => {
      const rows = forecastRows(dataset, days);
      for (const row of rows) tested[row] = 1;
      return { path: own.paths[at], rows, matrix: gatherMatrix(features, rows, gather) };
    });
    for (const name of names) {
      signal?.throwIfAborted();
      using model = await models[name](training, { seed, signal });
      const { seen } = model.description;
      for (const { path, rows, matrix } of parts) {
        if (seen) checkUnseen(`forecast split ${own.name} with ${name}`, { dataset, rows, seen });
        const forecast = model.predict(matrix);
        rows.forEach((row, position) => forecasts[columns[name][path]][row] = forecast[position]);
      }
      const { engine, rounds, fittedRows, stopRows } = model.description;
      const testRows = parts.reduce((sum, { rows }) => sum + rows.length, 0);
      reports.push({ fold: own.name, model: name, engine, rounds, fittedRows, stopRows, testRows });
      progress?.(reports.at(-1)!, reports.length, split.splits.length * names.length);
    }
  }
  return { ...testedRows(dataset, tested, forecasts), columns, reports };
}
