import { checkOneOf, sha256 } from "@lib/core";
import { joinRowSets, type Rows, type TrainingRows } from "@lib/dataset";
import type { Fit, FitOptions, Forecaster, ForecasterDescription } from "../forecaster.ts";
import { rowsDigest } from "../learnt_from.ts";
import { CalibratedForecaster } from "./calibrated_forecaster.ts";
import { calibrate, type Calibration } from "./calibration.ts";
import { chooseThreshold, type Threshold, type ThresholdAim } from "./choose_threshold.ts";
import { fitConformalShift, type FitConformalShiftOptions } from "./fit_conformal_shift.ts";
import { fitIsotonic } from "./fit_isotonic.ts";
import { fitPlatt, type FitPlattOptions } from "./fit_platt.ts";

/** Options of {@linkcode fitCalibrated}. */
export interface FitCalibratedOptions extends FitOptions, FitPlattOptions {
  /** Fits the classifier: targets are 0 and 1, forecasts rise with the probability. */
  fit: Fit;
  /** How to calibrate. Isotonic takes any shape of error, and many rows; Platt takes a sigmoid, and few. */
  method: "isotonic" | "platt";
  /** Choose a threshold, too. Default: none. */
  threshold?: ThresholdAim;
}

/**
 * Fits a classifier and calibrates its probabilities on rows that it was not fitted on: the `calibration` part of its
 * training rows, which `walkForward` cuts with `calibrationShare`. Those rows neither train nor judge. A threshold is
 * chosen on the same rows, of the calibrated probabilities.
 *
 * @example A score of the wrong size becomes a probability
 * ```ts
 * import assert from "node:assert/strict";
 * import { type Fit, fitRidge } from "@lib/models";
 * const part = (from: number) => {
 *   const values = Float32Array.from({ length: 100 }, (_, row) => ((from + row) * 37 % 100) / 100);
 *   const features = { values, rows: 100, columns: ["signal"] };
 *   return { features, target: Float64Array.from(values, (x) => x > 0.5 ? 1 : 0), day: new Int32Array(100) };
 * };
 * const fit: Fit = (rows, options) => fitRidge(rows, { ...options, penalty: 10 });
 * const rows = { ...part(0), calibration: part(50) };
 * using model = await fitCalibrated(rows, { fit, method: "isotonic", threshold: "f1", seed: 1 });
 * const asked = { values: Float32Array.of(0.1, 0.9), rows: 2, columns: ["signal"] };
 * assert.deepEqual(model.predict(asked), Float64Array.of(0, 1));
 * assert.equal(model.threshold?.value, 1);
 * ```
 *
 * @throws {RangeError} If there are no rows to calibrate on, their targets are other than 0 and 1 or all the same, or
 * whatever the fit refuses.
 */
export function fitCalibrated(rows: TrainingRows, options: FitCalibratedOptions): Promise<CalibratedForecaster> {
  const { fit, method, threshold, scale, ...fitOptions } = options;
  checkOneOf("fit a calibrated model", "method", method, ["isotonic", "platt"]);
  const settings = { method, ...(method === "platt" && { scale: scale ?? "score" }), threshold: threshold ?? "none" };
  return fitAndSetRight(rows, fitOptions, fit, settings, (forecasts, { target: outcomes, weight: weights }) => {
    const labelled = { scores: forecasts, outcomes, weights };
    const calibration = method === "isotonic" ? fitIsotonic(labelled) : fitPlatt(labelled, { scale });
    if (threshold === undefined) return { calibration };
    const scores = calibrate(calibration, forecasts);
    return { calibration, threshold: chooseThreshold({ ...labelled, scores }, threshold) };
  });
}

/** Options of {@linkcode fitConformal}. */
export interface FitConformalOptions extends FitOptions, FitConformalShiftOptions {
  /** Fits the model that forecasts the quantile. */
  fit: Fit;
}

/**
 * Fits a model of a quantile and moves it by what it was wrong by on rows that it was not fitted on: the `calibration`
 * part of its training rows, which `walkForward` cuts with `calibrationShare`. Two of them, at 0.1 and 0.9, bound a
 * conformal interval for four outcomes of five; see {@linkcode fitConformalShift} for what that promises.
 *
 * @example A model of the mean becomes one of the 0.9 quantile
 * ```ts
 * import assert from "node:assert/strict";
 * import { type Fit, fitRidge } from "@lib/models";
 * const part = (rows: number) => ({
 *   features: { values: Float32Array.from({ length: rows }, (_, row) => row % 2), rows, columns: ["signal"] },
 *   target: Float64Array.from({ length: rows }, (_, row) => row),
 *   day: new Int32Array(rows),
 * });
 * const fit: Fit = (rows, options) => fitRidge(rows, options);
 * using model = await fitConformal({ ...part(100), calibration: part(99) }, { fit, level: 0.9, seed: 1 });
 * const { features, target } = part(99);
 * const forecasts = model.predict(features);
 * assert.equal(target.filter((actual, row) => actual <= forecasts[row]).length, 90);
 * ```
 *
 * @throws {RangeError} If there are no rows to calibrate on, or too few for the level, or whatever the fit refuses.
 */
export function fitConformal(rows: TrainingRows, options: FitConformalOptions): Promise<CalibratedForecaster> {
  const { fit, level, regimes, ...fitOptions } = options;
  const settings = { method: "conformal", level, regimes: regimes ?? "none" };
  return fitAndSetRight(rows, fitOptions, fit, settings, (forecasts, { target: actuals, features }) => ({
    calibration: fitConformalShift({ forecasts, actuals, features }, { level, regimes }),
  }));
}

async function fitAndSetRight(
  rows: TrainingRows,
  options: FitOptions,
  fit: Fit,
  settings: Readonly<Record<string, unknown>>,
  setRight: (forecasts: Float64Array, calibration: Rows) => { calibration: Calibration; threshold?: Threshold },
): Promise<CalibratedForecaster> {
  const { calibration: apart, ...training } = rows;
  if (apart === undefined) {
    throw new RangeError("Cannot fit a calibrated model: there must be rows to calibrate on, current number is 0");
  }
  const model = await fit(training, options);
  try {
    const { calibration, threshold } = setRight(model.predict(apart.features), apart);
    return new CalibratedForecaster(describe(model, apart, settings), model, calibration, threshold);
  } catch (error) {
    model[Symbol.dispose]();
    throw error;
  }
}

function describe(
  model: Forecaster,
  apart: Rows,
  settings: Readonly<Record<string, unknown>>,
): ForecasterDescription {
  const { model: of, options: ofOptions, seen, data, code: _, ...description } = model.description;
  return {
    ...description,
    model: "calibrated",
    options: { ...settings, of, ofOptions },
    calibrationRows: apart.features.rows,
    ...(data !== undefined && { data: sha256(`${data},${rowsDigest(apart)}`) }),
    ...(seen && apart.seen && { seen: joinRowSets([seen, apart.seen]) }),
  };
}
