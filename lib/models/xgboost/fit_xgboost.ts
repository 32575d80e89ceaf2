import { setImmediate } from "node:timers/promises";
import { checkInteger } from "@lib/core";
import type { Rows, TrainingRows } from "@lib/dataset";
import { checkTrainingRows } from "../check_training_rows.ts";
import type { FitOptions } from "../forecaster.ts";
import { learntFrom } from "../learnt_from.ts";
import { XgboostBooster } from "./xgboost_booster.ts";
import { xgboostDataset } from "./xgboost_dataset.ts";
import { XgboostForecaster } from "./xgboost_forecaster.ts";
import { xgboostEngine, type XgboostHandle } from "./xgboost_library.ts";
import { checkXgboostParameters, type XgboostParameters, xgboostSettings } from "./xgboost_parameters.ts";

/** Options of {@linkcode fitXgboost}. */
export interface FitXgboostOptions extends FitOptions {
  /** XGBoost's parameters under its own names. Default: its defaults. */
  parameters?: XgboostParameters;
  /** Trees to grow, at most. Default 200. */
  rounds?: number;
  /**
   * Stop when the rows to stop by have not improved for so many rounds, and keep the trees up to the best. Default: grow
   * all rounds and leave those rows alone.
   */
  earlyStoppingRounds?: number;
  /** Score of the forecasts of the rows to stop by, larger is better, in place of XGBoost's metric. */
  stopScore?: (forecast: Float64Array, stop: Rows) => number;
  /** Threads. Default 1: more pay on idle cores only. */
  threads?: number;
}

/**
 * Fits gradient-boosted trees with XGBoost's C library (`tree_method` of "hist"), which `make xgboost` installs.
 *
 * Deterministic for a seed. Missing features go, at each split, the way that was learnt. Features, targets and forecasts
 * are in single precision, as XGBoost keeps them.
 *
 * Source: Chen and Guestrin (2016), XGBoost: A Scalable Tree Boosting System.
 *
 * @deprecated It is here for one question, whether to drop it: it does what LightGBM does, is a second library to keep,
 * and computes in single precision. `make notebook NB=notebooks/48_boosters.ipynb OUT=folder` answers it on forecasts,
 * `deno run -A lib/models/bench/engines.ts` on time and memory.
 *
 * @example A step is found by one split
 * ```ts
 * import assert from "node:assert/strict";
 * import { hasXgboost } from "@lib/models";
 * const feature = Float32Array.from({ length: 100 }, (_, row) => row);
 * const rows = {
 *   features: { values: feature, rows: 100, columns: ["rank"] },
 *   target: Float64Array.from(feature, (value) => value < 50 ? -1 : 1),
 *   day: new Int32Array(100),
 * };
 * if (hasXgboost()) {
 *   using model = await fitXgboost(rows, { rounds: 1, parameters: { learning_rate: 1, reg_lambda: 0 }, seed: 1 });
 *   const forecast = model.predict({ values: Float32Array.of(10, 90), rows: 2, columns: ["rank"] });
 *   assert.deepEqual(forecast, Float64Array.of(-1, 1));
 *   assert.deepEqual(model.featureImportance(), { rank: 1 });
 * }
 * ```
 *
 * @throws {RangeError} If a parameter is unknown or out of range, a target is not finite, or there are no rows to stop by.
 * @throws {TypeError} If shapes disagree.
 * @throws {Error} If XGBoost is not installed or refuses; the message has its words.
 * @throws The signal's reason, if it aborts.
 */
export async function fitXgboost(rows: TrainingRows, options: FitXgboostOptions): Promise<XgboostForecaster> {
  const { parameters = {}, rounds = 200, earlyStoppingRounds, stopScore, threads = 1, seed } = options;
  const action = "fit XGBoost";
  checkTrainingRows(action, rows, seed);
  checkXgboostParameters(parameters);
  checkInteger(action, "rounds", rounds, { least: 1 });
  checkInteger(action, "threads", threads, { least: 1 });
  if (earlyStoppingRounds !== undefined) {
    checkInteger(action, "earlyStoppingRounds", earlyStoppingRounds, { least: 1 });
    if (!rows.stop) {
      throw new RangeError(`Cannot ${action}: early stopping must have rows to stop by, current number is 0`);
    }
  }
  const { columns } = rows.features;
  const stop = earlyStoppingRounds === undefined ? undefined : rows.stop;
  using train = xgboostDataset(rows, threads);
  using stopData = stop && xgboostDataset(stop, threads);
  const data = stopData ? [train, stopData] : [train];
  using booster = XgboostBooster.onData(data, columns, xgboostSettings(parameters, { seed, threads }));
  const loss = stopData &&
    ((round: number) => stopScore ? -stopScore(booster.forecastOf(stopData), stop!) : booster.loss(round, stopData));
  const bestRounds = await grow(booster, train, { ...options, rounds, loss });
  const description = {
    model: "xgboost",
    engine: xgboostEngine(),
    features: [...columns],
    options: {
      parameters,
      rounds,
      earlyStoppingRounds: earlyStoppingRounds ?? "none",
      stopScore: stop ? (stopScore ? "given" : "metric") : "none",
      threads,
    },
    seed,
    rounds: bestRounds,
    ...learntFrom(rows, { usesStop: stop !== undefined }),
  };
  return new XgboostForecaster(description, booster.text(bestRounds));
}

/** Grows trees until all are grown or the loss no longer falls; returns how many to keep. */
async function grow(
  booster: XgboostBooster,
  train: XgboostHandle,
  { rounds, loss, earlyStoppingRounds = Infinity, progress, signal }: FitOptions & {
    rounds: number;
    loss?: (round: number) => number;
    earlyStoppingRounds?: number;
  },
): Promise<number> {
  let best = { loss: Infinity, rounds: 0 };
  for (let round = 0; round < rounds; round++) {
    signal?.throwIfAborted();
    booster.update(round, train);
    const current = loss?.(round) ?? NaN;
    if (best.rounds === 0 || current < best.loss) best = { loss: current, rounds: round + 1 };
    progress?.(round + 1, rounds);
    if (round + 1 - best.rounds >= earlyStoppingRounds) break;
    await setImmediate(); // lets timers, progress bars and an abort through between two trees
  }
  return loss ? best.rounds : rounds;
}
