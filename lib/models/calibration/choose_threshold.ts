import { checkNumber } from "@lib/core";
import { byScore, checkLabelledScores, type LabelledScores } from "./labelled_scores.ts";

/** What a threshold is to make as large as it can be. */
export type ThresholdAim = "f1" | "balanced accuracy" | {
  /** Worth of acting where the event comes about. */
  hit: number;
  /** Worth of acting where it does not, usually below 0. Not to act is worth 0. */
  falseAlarm: number;
};

/** A threshold and what came of it on the rows that it was chosen on. */
export interface Threshold {
  /** Act where the score is at least this. `Infinity` where it is best never to act. */
  readonly threshold: number;
  /** F1, balanced accuracy, or worth by unit of weight, of the rows that it was chosen on: an optimist's number. */
  readonly value: number;
  /** Share of the weight that is acted on. */
  readonly actedShare: number;
}

/**
 * Chooses from which score on to act. On rows that neither trained the model nor judge it: a threshold that was chosen
 * on the judged rows has seen the answers.
 *
 * Every score that occurs is tried; of equally good ones the highest is kept, which acts least. F1 is 2 hits / (2 hits +
 * false alarms + misses); balanced accuracy the mean of the share of events acted on and of the share of others left
 * alone.
 *
 * @example Two false alarms cost as much as one hit brings
 * ```ts
 * import assert from "node:assert/strict";
 * const rows = { scores: Float64Array.of(0.9, 0.8, 0.3, 0.2), outcomes: Float64Array.of(1, 0, 1, 0) };
 * const { threshold, value } = chooseThreshold(rows, { hit: 1, falseAlarm: -0.5 });
 * assert.deepEqual([threshold, value], [0.3, 0.375]);
 * ```
 *
 * @throws {RangeError} If a score, weight or worth is not finite, or outcomes are other than 0 and 1 or all the same.
 * @throws {TypeError} If lengths differ.
 */
export function chooseThreshold(rows: LabelledScores, aim: ThresholdAim): Threshold {
  const action = "choose a threshold";
  checkLabelledScores(action, rows);
  if (typeof aim !== "string") {
    checkNumber(action, "hit", aim.hit);
    checkNumber(action, "falseAlarm", aim.falseAlarm);
  }
  const steps = byScore(rows);
  const events = steps.reduce((sum, { weight, outcome }) => sum + weight * outcome, 0);
  const others = steps.reduce((sum, { weight, outcome }) => sum + weight * (1 - outcome), 0);
  const worth = (hits: number, alarms: number) => {
    if (aim === "f1") return 2 * hits / (hits + alarms + events);
    if (aim === "balanced accuracy") return (hits / events + (others - alarms) / others) / 2;
    return (aim.hit * hits + aim.falseAlarm * alarms) / (events + others);
  };
  let best: Threshold = { threshold: Infinity, value: worth(0, 0), actedShare: 0 };
  let [hits, alarms] = [0, 0];
  for (const { score, weight, outcome } of steps.reverse()) {
    hits += weight * outcome;
    alarms += weight * (1 - outcome);
    const value = worth(hits, alarms);
    if (value > best.value) best = { threshold: score, value, actedShare: (hits + alarms) / (events + others) };
  }
  return best;
}
