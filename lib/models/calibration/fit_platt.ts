import { checkOneOf } from "@lib/core";
import { checkLabelledScores, type LabelledScores } from "./labelled_scores.ts";
import { onScale, sigmoid } from "./calibration.ts";

/** A sigmoid from scores to probabilities. Made by {@linkcode fitPlatt}. */
export interface PlattCalibration {
  readonly method: "platt";
  readonly slope: number;
  readonly intercept: number;
  /** What the sigmoid is of: the score itself, or its log-odds. */
  readonly scale: "score" | "log-odds";
}

/** Options of {@linkcode fitPlatt}. */
export interface FitPlattOptions {
  /**
   * `"log-odds"` for scores that are probabilities already: then slope 1 and intercept 0 leave them alone. Default
   * `"score"`, which is Platt's.
   */
  scale?: PlattCalibration["scale"];
}

const mostSteps = 100;

/**
 * Platt's calibration: the sigmoid of a line in the score with the least log loss.
 *
 * Outcomes are drawn in a little, to (n1 + 1) / (n1 + 2) and 1 / (n0 + 2) with n1 and n0 the weight of either kind, so
 * that scores that part the outcomes without fault do not make the slope infinite. Two numbers to learn: good where rows
 * are few. By Newton's method, to the last digits.
 *
 * Source: Platt (1999), Probabilistic Outputs for Support Vector Machines; Lin, Lin and Weng (2007), A Note on Platt's
 * Probabilistic Outputs.
 *
 * @example A score that says nothing: everywhere the share of events
 * ```ts
 * import assert from "node:assert/strict";
 * import { calibrate } from "@lib/models";
 * const rows = { scores: Float64Array.of(-1, -1, 1, 1), outcomes: Float64Array.of(0, 1, 0, 1) };
 * const probability = calibrate(fitPlatt(rows), Float64Array.of(3));
 * assert.ok(Math.abs(probability[0] - 0.5) < 1e-12);
 * ```
 *
 * @throws {RangeError} If a score or weight is not finite, or outcomes are other than 0 and 1 or all the same.
 * @throws {TypeError} If lengths differ.
 */
export function fitPlatt(rows: LabelledScores, { scale = "score" }: FitPlattOptions = {}): PlattCalibration {
  const action = "fit Platt's calibration";
  checkLabelledScores(action, rows);
  checkOneOf(action, "scale", scale, ["score", "log-odds"]);
  const scores = rows.scores.map((score) => onScale(scale, score));
  const weights = rows.weights ?? new Float64Array(scores.length).fill(1);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const meanOf = (values: Float64Array) => values.reduce((sum, value, row) => sum + weights[row] * value, 0) / total;
  const ones = total * meanOf(rows.outcomes);
  const target = rows.outcomes.map((outcome) => outcome === 1 ? (ones + 1) / (ones + 2) : 1 / (total - ones + 2));
  // Standardised scores make the two unknowns independent, whatever the unit of the score.
  const centre = meanOf(scores);
  const spread = Math.sqrt(meanOf(scores.map((score) => (score - centre) ** 2)));
  const standardised = scores.map((score) => spread > 0 ? (score - centre) / spread : 0);
  const [slope, intercept] = leastLogLoss(standardised, target, weights);
  const raw = spread > 0 ? slope / spread : 0;
  return { method: "platt", slope: raw, intercept: intercept - raw * centre, scale };
}

function leastLogLoss(scores: Float64Array, target: Float64Array, weights: Float64Array): [number, number] {
  const lossAt = (slope: number, intercept: number) =>
    scores.reduce((sum, score, row) => {
      const odds = slope * score + intercept;
      return sum + weights[row] * (Math.max(odds, 0) - target[row] * odds + Math.log1p(Math.exp(-Math.abs(odds))));
    }, 0);
  let [slope, intercept] = [0, 0];
  let loss = lossAt(slope, intercept);
  for (let step = 0; step < mostSteps; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    scores.forEach((score, row) => {
      const probability = sigmoid(slope * score + intercept);
      const error = weights[row] * (probability - target[row]);
      const curvature = weights[row] * probability * (1 - probability);
      g0 += error;
      g1 += error * score;
      h00 += curvature;
      h01 += curvature * score;
      h11 += curvature * score * score;
    });
    h11 += 1e-12; // a score that never varies has no curvature, and no slope
    const determinant = h00 * h11 - h01 * h01;
    const [down0, down1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    let size = 1;
    let next = lossAt(slope - down1, intercept - down0);
    while (!(next <= loss) && size > 1e-10) {
      size /= 2;
      next = lossAt(slope - size * down1, intercept - size * down0);
    }
    if (!(next <= loss)) break;
    [slope, intercept, loss] = [slope - size * down1, intercept - size * down0, next];
    if (Math.hypot(down0, down1) < 1e-13) break;
  }
  return [slope, intercept];
}
