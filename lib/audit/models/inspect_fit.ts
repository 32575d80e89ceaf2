import { checkOneOf } from "@lib/core";
import {
  type Dataset,
  type Fold,
  forecastRows,
  gatherMatrix,
  trainingRows,
  type TrainingRowsOptions,
} from "@lib/dataset";
import type { ModelKind, ModelReport } from "@lib/f4";
import type { Fit } from "@lib/models";
import { inspectModel } from "./inspect_model.ts";

/** Options of {@linkcode inspectFit}. */
export interface InspectFitOptions extends TrainingRowsOptions {
  /** Name of the model that is asked. */
  model: string;
  /** What its forecasts are. */
  kind: ModelKind;
  /** Seed handed to the fit. */
  seed: number;
  /** Rows that it is asked about, at most, spread evenly over those of the fold. Default 2,000. */
  mostRows?: number;
}

/**
 * Inspects what a way of fitting leaves on disk: fits it as the first fold does, saves it, and has {@linkcode inspectModel}
 * ask the folder about rows that the fold tests.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
 * import { joinRows, walkForward } from "@lib/dataset";
 * import { type Fit, fitRidge } from "@lib/models";
 * const [date, normal] = [weekdays("2020-01-01", 80), normalRandom(seededRandom(1))];
 * const rows = Panel.fromRows({ symbol: date.map(() => "A"), date, columns: {} });
 * const features = rows.with({ signal: Float64Array.from(date, normal) });
 * const targets = rows.with({ target: Float64Array.from(date, normal) });
 * const dataset = joinRows({ features, targets }, { target: "target", horizonDays: 1 });
 * const folds = walkForward(date, { firstTestDay: date[40], refit: 20, horizonDays: 1 });
 * const models: Record<string, Fit> = { ridge: (rows, options) => fitRidge(rows, options) };
 * const report = await inspectFit({ dataset, folds, models }, { model: "ridge", kind: "regressor", seed: 1 });
 * assert.ok(report.checks.every(({ outcome }) => outcome !== "found"));
 * ```
 *
 * @throws {RangeError} If there is no such model, or the fold tests no row whose outcome is known.
 */
export async function inspectFit(
  { dataset, folds, models }: { dataset: Dataset; folds: readonly Fold[]; models: Readonly<Record<string, Fit>> },
  { model, kind, seed, mostRows = 2000, ...gather }: InspectFitOptions,
): Promise<ModelReport> {
  const action = "inspect a fit";
  checkOneOf(action, "model", model, Object.keys(models));
  const known = forecastRows(dataset, folds[0].testDays).filter((row) => !Number.isNaN(dataset.target[row]));
  const every = Math.max(1, Math.ceil(known.length / mostRows));
  const rows = known.filter((_, position) => position % every === 0);
  if (rows.length === 0) {
    throw new RangeError(
      `Cannot ${action}: fold ${folds[0].name} must test rows with a known outcome, current number is 0`,
    );
  }
  const { precision } = gather;
  const folder = await Deno.makeTempDir({ prefix: "inspect_fit_" });
  try {
    using fitted = await models[model](trainingRows(dataset, folds[0], gather), { seed });
    await fitted.save(folder);
    const asked = gatherMatrix(dataset.features, rows, { columns: fitted.description.features, precision });
    return await inspectModel(folder, asked, { kind, target: Float64Array.from(rows, (row) => dataset.target[row]) });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
