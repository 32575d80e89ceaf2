import { setImmediate } from "node:timers/promises";
import { checkInteger } from "@lib/core";
import type { Rows, TrainingRows } from "@lib/dataset";
import {
  checkLightgbmParameters,
  growTrees,
  LightgbmBooster,
  LightgbmDataset,
  type LightgbmDerivatives,
  type LightgbmEngine,
  type LightgbmParameters,
  openLightgbm,
  settledLightgbmParameters,
} from "@lib/lightgbm";
import { checkTrainingRows } from "../check_training_rows.ts";
import type { FitOptions } from "../forecaster.ts";
import { learntFrom } from "../learnt_from.ts";
import { checkClasses } from "./check_classes.ts";
import { expectedClasses } from "./expected_classes.ts";
import { LightgbmForecaster } from "./lightgbm_forecaster.ts";
import { rankedByDay } from "./ranked_by_day.ts";

/** A loss of one's own to minimise, in place of those of LightGBM. Forecasts are then the raw scores, from 0. */
export interface LightgbmObjective {
  /** How the saved model names it. */
  readonly name: string;
  /**
   * Derivatives of each row's loss by its score, row weights included.
   *
   * @param scores Current scores, shape (rows,).
   */
  derivatives(scores: Float64Array, rows: TrainingRows): LightgbmDerivatives;
}

/** Options of {@linkcode fitLightgbm}. */
export interface FitLightgbmOptions extends FitOptions {
  /** LightGBM's parameters under its own names. Default: its defaults. */
  parameters?: LightgbmParameters;
  /** A loss of one's own; `parameters.objective` is then left out. Default: LightGBM's. */
  objective?: LightgbmObjective;
  /** Features whose values are kinds, not sizes: whole numbers from 0, or missing. Default: none. */
  categorical?: readonly string[];
  /**
   * With the objective `lambdarank`: into how many grades of equal size the targets of a day are cut, by rank. `"target"`
   * takes the targets as grades: whole numbers from 0 to 30. Default 5.
   */
  grades?: number | "target";
  /**
   * LightGBM as machine code or as WebAssembly; trees do not depend on it. `"best"` is the former, and the latter where
   * that cannot be loaded, which is said once on the console. Default `"best"`.
   */
  engine?: LightgbmEngine;
  /** Trees to grow, at most. Default 200. */
  rounds?: number;
  /**
   * Stop when the rows to stop by have not improved for so many rounds, and keep the trees up to the best. Default: grow
   * all rounds and leave those rows alone.
   */
  earlyStoppingRounds?: number;
  /**
   * Score of the forecasts of the rows to stop by, larger is better, in place of LightGBM's metric. On daily returns
   * squared error stops after a few trees, long before the ranking is best.
   */
  stopScore?: (forecast: Float64Array, stop: Rows) => number;
  /**
   * Threads. Trees do not depend on it. Default 1: more of them wait for each other by spinning, which pays on idle cores
   * and costs several times the whole fit on busy ones.
   */
  threads?: number;
}

/**
 * Fits gradient-boosted trees with LightGBM.
 *
 * Always `deterministic` and `force_col_wise` (a third faster than rows here) with every seed set: the same rows, parameters and seed give the same
 * trees on any number of threads. Missing features are a value of their own: each split learns which way they go.
 * Targets are rounded to single precision, as LightGBM keeps them.
 *
 * Forecasts are what the objective is about: a size, a quantile, the probability of 1 (`binary`), the expected class under
 * the probabilities of all (`multiclass`, targets 0 to `num_class` - 1), a score by which the rows of a day are ranked
 * (`lambdarank`).
 *
 * Source: Ke et al. (2017), LightGBM: A Highly Efficient Gradient Boosting Decision Tree.
 *
 * @example A step is found by one split
 * ```ts
 * import assert from "node:assert/strict";
 * const feature = Float32Array.from({ length: 100 }, (_, row) => row);
 * const rows = {
 *   features: { values: feature, rows: 100, columns: ["rank"] },
 *   target: Float64Array.from(feature, (value) => value < 50 ? -1 : 1),
 *   day: new Int32Array(100),
 * };
 * using model = await fitLightgbm(rows, { rounds: 1, parameters: { learning_rate: 1 }, seed: 1 });
 * const forecast = model.predict({ values: Float32Array.of(10, 90), rows: 2, columns: ["rank"] });
 * assert.deepEqual(forecast, Float64Array.of(-1, 1));
 * assert.deepEqual(model.featureImportance(), { rank: 1 });
 * ```
 *
 * @throws {RangeError} If a parameter is unknown or out of range, a feature's name is odd, a target is not finite, or there is nothing to stop by.
 * @throws {TypeError} If shapes disagree.
 * @throws {Error} If LightGBM refuses; the message has its words.
 * @throws The signal's reason, if it aborts.
 */
export async function fitLightgbm(rows: TrainingRows, options: FitLightgbmOptions): Promise<LightgbmForecaster> {
  const { parameters = {}, objective, categorical = [], rounds = 200, threads = 1, seed } = options;
  const { earlyStoppingRounds, stopScore, engine = "best", progress, signal } = options;
  checkOptions(rows, options);
  const usesStop = earlyStoppingRounds !== undefined;
  const ranks = parameters.objective === "lambdarank";
  const ranked = (part: Rows) => ranks ? rankedByDay(part, options.grades) : part;
  const learnt = ranked(rows);
  const stop = usesStop ? ranked(rows.stop!) : undefined;
  const lightgbm = await openLightgbm({ engine });
  const settled = settledLightgbmParameters(parameters, {
    seed,
    threads,
    metric: stopScore && "none",
    custom: objective !== undefined,
  });
  using train = new LightgbmDataset(lightgbm, learnt, { parameters: settled, categorical });
  using stopData = stop && new LightgbmDataset(lightgbm, stop, { parameters: settled, reference: train });
  using booster = LightgbmBooster.onData(train, settled, stopData && [stopData]);
  const stopForecast = () => {
    const forecast = booster.scores(1);
    return booster.outputs === 1 ? forecast : expectedClasses(forecast, booster.outputs, "classes first");
  };
  const bestRounds = await growTrees(booster, {
    rounds,
    earlyStoppingRounds,
    derivatives: objective && ((scores) => objective.derivatives(scores, rows)),
    loss: stopScore && (() => -stopScore(stopForecast(), stop!)),
    progress,
    signal,
    pause: setImmediate, // lets timers, progress bars and an abort through between two trees
  });
  const description = {
    model: "lightgbm",
    engine: lightgbm.engine,
    features: [...rows.features.columns],
    options: {
      parameters,
      ...(objective && { objective: objective.name }),
      ...(categorical.length > 0 && { categorical }),
      ...(ranks && { grades: options.grades ?? 5 }),
      rounds,
      earlyStoppingRounds: earlyStoppingRounds ?? "none",
      stopScore: stop ? (stopScore ? "given" : "metric") : "none",
      threads,
    },
    seed,
    rounds: bestRounds,
    ...learntFrom(rows, { usesStop }),
  };
  return new LightgbmForecaster(lightgbm, description, booster.text(bestRounds));
}

function checkOptions(rows: TrainingRows, options: FitLightgbmOptions): void {
  const { parameters = {}, objective, rounds = 200, earlyStoppingRounds, threads = 1, seed } = options;
  const action = "fit LightGBM";
  checkTrainingRows(action, rows, seed);
  checkFeatureNames(action, rows.features.columns);
  checkLightgbmParameters(parameters);
  checkInteger(action, "rounds", rounds, { least: 1 });
  checkInteger(action, "threads", threads, { least: 1 });
  if (objective && parameters.objective !== undefined) {
    throw new RangeError(
      `Cannot ${action}: parameters must have no objective beside one's own, current value is ${parameters.objective}`,
    );
  }
  for (const part of [rows, rows.stop ?? rows]) checkClasses(action, parameters, part.target);
  if (earlyStoppingRounds === undefined) return;
  checkInteger(action, "earlyStoppingRounds", earlyStoppingRounds, { least: 1 });
  if (!rows.stop) {
    throw new RangeError(`Cannot ${action}: early stopping must have rows to stop by, current number is 0`);
  }
}

/** LightGBM replaces some characters and refuses others: a name must come back from the model's text as it went in. */
function checkFeatureNames(action: string, names: readonly string[]): void {
  const odd = names.find((name) => !/^[\w.-]+$/.test(name));
  if (odd === undefined) return;
  throw new RangeError(
    `Cannot ${action}: a feature's name must consist of letters, digits, ".", "_" and "-", current value is "${odd}"`,
  );
}
