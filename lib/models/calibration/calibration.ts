import { checkMatrix, type Matrix } from "@lib/dataset";
import type { ConformalShift } from "./fit_conformal_shift.ts";
import type { IsotonicCalibration } from "./fit_isotonic.ts";
import type { PlattCalibration } from "./fit_platt.ts";

/** How forecasts are set right: plain JSON, so that it is saved and read back by any process. */
export type Calibration = ConformalShift | IsotonicCalibration | PlattCalibration;

/**
 * Sets forecasts right.
 *
 * - `isotonic`: linear between the scores that it was fitted on, constant beyond them.
 * - `platt`: 1 / (1 + exp(-(slope score + intercept))), of the log-odds of the score where it was fitted on those.
 * - `conformal`: score + shift, by the row's regime where there are regimes.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const isotonic = { method: "isotonic", scores: [0, 1], probabilities: [0.25, 0.75] } as const;
 * assert.deepEqual(calibrate(isotonic, Float64Array.of(-1, 0.5, 2)), Float64Array.of(0.25, 0.5, 0.75));
 * ```
 *
 * @param scores Forecasts, shape (rows,); NaN stays NaN.
 * @param features The rows' features, wanted where a shift goes by regime.
 * @throws {TypeError} If the regime's feature is wanted and not given.
 */
export function calibrate(
  calibration: Calibration,
  scores: Float64Array,
  features?: Matrix,
): Float64Array<ArrayBuffer> {
  switch (calibration.method) {
    case "isotonic":
      return Float64Array.from(scores, (score) => interpolated(calibration, score));
    case "platt": {
      const { slope, intercept, scale } = calibration;
      return Float64Array.from(scores, (score) => sigmoid(slope * onScale(scale, score) + intercept));
    }
    case "conformal": {
      const { shift, regimes } = calibration;
      if (!regimes) return Float64Array.from(scores, (score) => score + shift);
      const known = regimeFeature("calibrate", regimes.feature, features);
      return Float64Array.from(
        scores,
        (score, row) => score + (regimes.shifts[regimeOf(regimes, known[row])] ?? shift),
      );
    }
  }
}

/** A score on the scale on which the sigmoid was fitted; log-odds are those of a score kept 1e-12 from 0 and 1. */
export function onScale(scale: PlattCalibration["scale"], score: number): number {
  if (scale === "score" || Number.isNaN(score)) return score;
  const inside = Math.min(Math.max(score, 1e-12), 1 - 1e-12);
  return Math.log(inside / (1 - inside));
}

/** 1 / (1 + exp(-x)), without overflow on either side. */
export function sigmoid(x: number): number {
  return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
}

/** The column of features by which rows are told apart, shape (rows,). */
export function regimeFeature(action: string, feature: string, features?: Matrix): Float64Array {
  const column = features?.columns.indexOf(feature) ?? -1;
  if (features === undefined || column < 0) {
    throw new TypeError(
      `Cannot ${action}: features must have the regime's column ${feature}, current ones are ${
        features?.columns.join(", ") || "none"
      }`,
    );
  }
  checkMatrix(action, features);
  const { values, rows, columns } = features;
  return Float64Array.from({ length: rows }, (_, row) => values[row * columns.length + column]);
}

/** Number of cuts that a value reaches; -1 where it is missing. */
export function regimeOf({ cuts }: { cuts: readonly number[] }, value: number): number {
  return Number.isNaN(value) ? -1 : cuts.filter((cut) => value >= cut).length;
}

function interpolated({ scores, probabilities }: IsotonicCalibration, score: number): number {
  if (Number.isNaN(score)) return NaN;
  const last = scores.length - 1;
  if (score <= scores[0]) return probabilities[0];
  if (score >= scores[last]) return probabilities[last];
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (scores[middle] <= score) low = middle;
    else high = middle;
  }
  const share = (score - scores[low]) / (scores[high] - scores[low]);
  return probabilities[low] + share * (probabilities[high] - probabilities[low]);
}
