import type { TrainingRows } from "@lib/dataset";
import type { Fit, FitOptions } from "../forecaster.ts";
import { fitAndSetRight } from "./_fit_and_set_right.ts";
import type { CalibratedForecaster } from "./calibrated_forecaster.ts";
import { fitConformalShift, type FitConformalShiftOptions } from "./fit_conformal_shift.ts";

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
  return fitAndSetRight(rows, {
    fit,
    options: fitOptions,
    settings: { method: "conformal", level, regimes: regimes ?? "none" },
    setRight: (forecasts, { target: actuals, features }) => ({
      calibration: fitConformalShift({ forecasts, actuals, features }, { level, regimes }),
    }),
  });
}
