import { join } from "node:path";
import { checkInteger, type Panel } from "@lib/core";
import {
  type Dataset,
  type Fold,
  forecastRows,
  gatherMatrix,
  trainingRows,
  type TrainingRowsOptions,
} from "@lib/dataset";
import { testedRows } from "./_tested_rows.ts";
import { checkUnseen } from "./check_unseen.ts";
import type { Fit } from "./forecaster.ts";

/** How one model fared in one fold; no judgement, which is not for this room. */
export interface FoldReport {
  /** Name of the fold. */
  fold: string;
  /** Name of the model. */
  model: string;
  /** Program that fitted it, with its version. */
  engine: string;
  /** Rounds in use. */
  rounds: number;
  /** Rows it was fitted on. */
  fittedRows: number;
  /** Rows that decided when to stop. */
  stopRows: number;
  /** Rows it forecast. */
  testRows: number;
}

/** Options of {@linkcode walkForwardForecasts}. */
export interface WalkForwardForecastsOptions extends TrainingRowsOptions {
  /** Seed handed to every fit. */
  seed: number;
  /** Called when a model has forecast a fold. */
  progress?: (report: FoldReport, done: number, planned: number) => void;
  /** Aborts between two rounds or fits. */
  signal?: AbortSignal;
  /** Save each model into `<saveTo>/<model>/<fold>`. Default: keep none. */
  saveTo?: string;
  /** Provenance for the manifests of saved models. */
  provenance?: Readonly<Record<string, string>>;
}

/** Forecasts of a walk forward and how they were made. */
export interface WalkForwardForecasts {
  /** A column `forecast_<model>` for each model, over the rows of all test days that can be forecast. */
  forecasts: Panel;
  /** Those rows as indices into the rows of the data set, in the order of `forecasts`: to fetch anything beside them. */
  rows: Int32Array;
  /** One report for each fold and model. */
  reports: FoldReport[];
  /** Share of each feature, averaged over the folds, by model. */
  importance: Record<string, Record<string, number>>;
}

/**
 * Fits every model on every fold's own past and forecasts its test days: out-of-sample forecasts over all of them.
 *
 * Rows are gathered once for each fold and shared by its models, which are disposed of after their forecast. Rows whose
 * outcome is not known yet are forecast too. A model that says that it has seen outcomes of the test days, such as one
 * that was fitted elsewhere and loaded, is refused.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, seededRandom, weekdays } from "@lib/core";
 * import { joinRows, walkForward } from "@lib/dataset";
 * import { type Fit, fitRidge } from "@lib/models";
 * const [dates, random] = [weekdays("2020-01-01", 60), seededRandom(1)];
 * const signal = Float64Array.from(dates, () => random() - 0.5);
 * const index = { symbol: dates.map(() => "A"), date: dates };
 * const features = Panel.fromRows({ ...index, columns: { signal } });
 * const targets = Panel.fromRows({ ...index, columns: { target: signal.map((x, t) => t < 59 ? 2 * x : NaN) } });
 * const dataset = joinRows({ features, targets }, { target: "target", horizonDays: 1 });
 * const folds = walkForward(dates, { firstTestDay: dates[40], refit: 10, horizonDays: 1 });
 * const ridge: Fit = (rows, options) => fitRidge(rows, { ...options, penalty: 0 });
 * const { forecasts } = await walkForwardForecasts({ dataset, folds, models: { ridge } }, { seed: 1 });
 * assert.equal(forecasts.rows, 20);
 * assert.ok(Math.abs(forecasts.column("forecast_ridge")[19] - 2 * signal[59]) < 1e-6);
 * ```
 *
 * @throws {RangeError} If there are no folds or models, folds test a day twice, a model has seen what it is to forecast,
 * or whatever a fit refuses.
 */
export async function walkForwardForecasts(
  { dataset, folds, models }: { dataset: Dataset; folds: readonly Fold[]; models: Readonly<Record<string, Fit>> },
  options: WalkForwardForecastsOptions,
): Promise<WalkForwardForecasts> {
  const { seed, progress, signal, saveTo, provenance, ...gather } = options;
  const action = "walk forward";
  const names = Object.keys(models);
  checkInteger(action, "number of folds", folds.length, { least: 1 });
  checkInteger(action, "number of models", names.length, { least: 1 });
  checkDisjoint(folds);
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(dataset.features.rows).fill(NaN)]));
  const importance: Record<string, Record<string, number>> = Object.fromEntries(names.map((name) => [name, {}]));
  const tested = new Uint8Array(dataset.features.rows);
  const reports: FoldReport[] = [];
  for (const fold of folds) {
    const training = trainingRows(dataset, fold, gather);
    const testRows = forecastRows(dataset, fold.testDays);
    const test = gatherMatrix(dataset.features, testRows, gather);
    for (const row of testRows) tested[row] = 1;
    for (const name of names) {
      signal?.throwIfAborted();
      using model = await models[name](training, { seed, signal });
      const { seen } = model.description;
      if (seen) checkUnseen(`${action} in fold ${fold.name} with ${name}`, { dataset, rows: testRows, seen });
      const forecast = model.predict(test);
      testRows.forEach((row, position) => columns[name][row] = forecast[position]);
      for (const [feature, share] of Object.entries(model.featureImportance())) {
        importance[name][feature] = (importance[name][feature] ?? 0) + share / folds.length;
      }
      if (saveTo) await model.save(join(saveTo, name, fold.name), provenance);
      const { engine, rounds, fittedRows, stopRows } = model.description;
      reports.push({
        fold: fold.name,
        model: name,
        engine,
        rounds,
        fittedRows,
        stopRows,
        testRows: testRows.length,
      });
      progress?.(reports.at(-1)!, reports.length, folds.length * names.length);
    }
  }
  const forecasts = Object.fromEntries(names.map((name) => [`forecast_${name}`, columns[name]]));
  return { ...testedRows(dataset, tested, forecasts), reports, importance };
}

function checkDisjoint(folds: readonly Fold[]): void {
  const sorted = [...folds].sort((a, b) => a.testDays[0] - b.testDays[0]);
  const twice = sorted.findIndex((fold, i) => i > 0 && fold.testDays[0] < sorted[i - 1].testDays[1]);
  if (twice < 0) return;
  throw new RangeError(
    `Cannot walk forward: no day must be tested twice, current folds ${sorted[twice - 1].name} and ${
      sorted[twice].name
    } share days`,
  );
}
