import { setImmediate } from "node:timers/promises";
import { checkInteger } from "@lib/core";
import type { Rows, TrainingRows } from "@lib/dataset";
import { checkTrainingRows } from "../check_training_rows.ts";
import type { FitOptions } from "../forecaster.ts";
import { learntFrom } from "../learnt_from.ts";
import { LightgbmForecaster } from "./lightgbm_forecaster.ts";
import { lightgbmEngine } from "./lightgbm_library.ts";
import { checkLightgbmParameters, type LightgbmParameters, lightgbmParameterText } from "./lightgbm_parameters.ts";
import { NativeBooster } from "./native_booster.ts";
import { nativeDataset } from "./native_dataset.ts";

/** Options of {@linkcode fitLightgbm}. */
export interface FitLightgbmOptions extends FitOptions {
  /** LightGBM's parameters under its own names. Default: its defaults. */
  parameters?: LightgbmParameters;
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

/** Sums on one thread and on two differ by some 1e-16: less than this share is no improvement, on neither. */
const leastImprovement = 1e-10;

/**
 * Fits gradient-boosted trees with LightGBM's C library.
 *
 * Always `deterministic` and `force_col_wise` (a third faster than rows here) with every seed set: the same rows, parameters and seed give the same
 * trees on any number of threads. Missing features are a value of their own: each split learns which way they go.
 * Targets are rounded to single precision, as LightGBM keeps them.
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
 * @throws {RangeError} If a parameter is unknown or out of range, a feature's name is odd, a target is not finite, or there are no rows to stop by.
 * @throws {TypeError} If shapes disagree.
 * @throws {Error} If LightGBM refuses; the message has its words.
 * @throws The signal's reason, if it aborts.
 */
export async function fitLightgbm(rows: TrainingRows, options: FitLightgbmOptions): Promise<LightgbmForecaster> {
  const { parameters = {}, rounds = 200, earlyStoppingRounds, stopScore, threads = 1, seed } = options;
  const action = "fit LightGBM";
  checkTrainingRows(action, rows, seed);
  checkFeatureNames(action, rows.features.columns);
  checkLightgbmParameters(parameters);
  checkInteger(action, "rounds", rounds, { least: 1 });
  checkInteger(action, "threads", threads, { least: 1 });
  if (earlyStoppingRounds !== undefined) {
    checkInteger(action, "earlyStoppingRounds", earlyStoppingRounds, { least: 1 });
    if (!rows.stop) {
      throw new RangeError(`Cannot ${action}: early stopping must have rows to stop by, current number is 0`);
    }
  }
  const stop = earlyStoppingRounds === undefined ? undefined : rows.stop;
  const text = lightgbmParameterText(parameters, { seed, threads, metric: stopScore && "none" });
  using train = nativeDataset(rows, text);
  using stopData = stop && nativeDataset(stop, text, train);
  using booster = NativeBooster.onData(train, text, stopData);
  const loss = () => stopScore ? -stopScore(booster.stopForecast(), stop!) : booster.stopLoss();
  const bestRounds = await grow(booster, { ...options, rounds, loss: stop && loss });
  const description = {
    model: "lightgbm",
    engine: lightgbmEngine(),
    features: [...rows.features.columns],
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
  return new LightgbmForecaster(description, booster.text(bestRounds));
}

/** LightGBM replaces some characters and refuses others: a name must come back from the model's text as it went in. */
function checkFeatureNames(action: string, names: readonly string[]): void {
  const odd = names.find((name) => !/^[\w.-]+$/.test(name));
  if (odd === undefined) return;
  throw new RangeError(
    `Cannot ${action}: a feature's name must consist of letters, digits, ".", "_" and "-", current value is "${odd}"`,
  );
}

/** Grows trees until all are grown, none is worth growing, or the loss no longer falls; returns how many to keep. */
async function grow(
  booster: NativeBooster,
  { rounds, loss, earlyStoppingRounds = Infinity, progress, signal }: FitOptions & {
    rounds: number;
    loss?: () => number;
    earlyStoppingRounds?: number;
  },
): Promise<number> {
  let best = { loss: Infinity, rounds: 0 };
  for (let round = 1; round <= rounds; round++) {
    signal?.throwIfAborted();
    const grown = booster.update();
    if (loss) {
      const current = loss();
      if (best.rounds === 0 || current < best.loss - leastImprovement * Math.abs(best.loss)) {
        best = { loss: current, rounds: booster.rounds };
      }
    }
    progress?.(round, rounds);
    if (!grown || (loss && round - best.rounds >= earlyStoppingRounds)) break;
    await setImmediate(); // lets timers, progress bars and an abort through between two trees
  }
  return loss ? best.rounds : booster.rounds;
}
