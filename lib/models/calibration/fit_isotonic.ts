import { byScore, checkLabelledScores, type LabelledScores } from "./labelled_scores.ts";

/** A rising step function from scores to probabilities, by its corners. Made by {@linkcode fitIsotonic}. */
export interface IsotonicCalibration {
  readonly method: "isotonic";
  /** Scores at the corners, rising. */
  readonly scores: readonly number[];
  /** Probabilities there, never falling. */
  readonly probabilities: readonly number[];
}

/**
 * Isotonic calibration: the never falling function of the score with the least squared error, by pooling adjacent
 * violators.
 *
 * Neighbouring scores whose shares of events fall are pooled into their mean until none fall; rows of equal score are
 * one from the start. Needs no idea of the shape of the error, but many rows: the ends can become exactly 0 and 1.
 *
 * Source: Zadrozny and Elkan (2002), Transforming Classifier Scores into Accurate Multiclass Probability Estimates;
 * values as in scikit-learn's `IsotonicRegression(out_of_bounds="clip")`.
 *
 * @example The second and third score fall, and are pooled
 * ```ts
 * import assert from "node:assert/strict";
 * import { calibrate } from "@lib/models";
 * const calibration = fitIsotonic({ scores: Float64Array.of(1, 2, 3, 4), outcomes: Float64Array.of(0, 1, 0, 1) });
 * assert.deepEqual(calibrate(calibration, Float64Array.of(1, 2.5, 4)), Float64Array.of(0, 0.5, 1));
 * ```
 *
 * @throws {RangeError} If a score or weight is not finite, or outcomes are other than 0 and 1 or all the same.
 * @throws {TypeError} If lengths differ.
 */
export function fitIsotonic(rows: LabelledScores): IsotonicCalibration {
  checkLabelledScores("fit an isotonic calibration", rows);
  const pools: { from: number; to: number; weight: number; outcome: number }[] = [];
  for (const { score, weight, outcome } of byScore(rows)) {
    let pool = { from: score, to: score, weight, outcome };
    for (let last = pools.at(-1); last !== undefined && last.outcome >= pool.outcome; last = pools.at(-1)) {
      const both = last.weight + pool.weight;
      const mean = (last.weight * last.outcome + pool.weight * pool.outcome) / both;
      pool = { from: last.from, to: pool.to, weight: both, outcome: mean };
      pools.pop();
    }
    pools.push(pool);
  }
  const corners = pools.flatMap(({ from, to, outcome }) =>
    (from === to ? [from] : [from, to]).map((score) => ({ score, outcome }))
  );
  return {
    method: "isotonic",
    scores: corners.map(({ score }) => score),
    probabilities: corners.map(({ outcome }) => outcome),
  };
}
