import { checkOneOf } from "@lib/core";
import type { TrainingRows } from "@lib/dataset";
import type { Fit, FitOptions } from "../forecaster.ts";
import { fitAndSetRight } from "./_fit_and_set_right.ts";
import type { CalibratedForecaster } from "./calibrated_forecaster.ts";
import { calibrate } from "./calibration.ts";
import { chooseThreshold, type ThresholdAim } from "./choose_threshold.ts";
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
  return fitAndSetRight(rows, {
    fit,
    options: fitOptions,
    settings,
    setRight: (forecasts, { target: outcomes, weight: weights }) => {
      const labelled = { scores: forecasts, outcomes, weights };
      const calibration = method === "isotonic" ? fitIsotonic(labelled) : fitPlatt(labelled, { scale });
      if (threshold === undefined) return { calibration };
      const scores = calibrate(calibration, forecasts);
      return { calibration, threshold: chooseThreshold({ ...labelled, scores }, threshold) };
    },
  });
}
