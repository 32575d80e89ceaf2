import { checkSameLength } from "@lib/core";

/** Scores beside what came of them. */
export interface LabelledScores {
  /** Scores, larger where the event is likelier; shape (rows,). */
  readonly scores: Float64Array;
  /** 1 where the event came about, 0 where not; shape (rows,). */
  readonly outcomes: Float64Array;
  /** Positive weights, shape (rows,). Default: all equal. */
  readonly weights?: Float64Array;
}

/**
 * Refuses scores that nothing can be learnt from.
 *
 * @throws {RangeError} If there are no rows, a score or weight is not finite, or outcomes are other than 0 and 1 or all
 * the same.
 * @throws {TypeError} If lengths differ.
 */
export function checkLabelledScores(action: string, { scores, outcomes, weights }: LabelledScores): void {
  checkSameLength(action, {
    scores: scores.length,
    outcomes: outcomes.length,
    weights: weights?.length ?? scores.length,
  });
  refuse(action, "score must be finite", scores, Number.isFinite);
  refuse(action, "outcome must be 0 or 1", outcomes, (outcome) => outcome === 0 || outcome === 1);
  if (weights) {
    refuse(action, "weight must be positive and finite", weights, (weight) => weight > 0 && weight < Infinity);
  }
  const ones = outcomes.reduce((sum, outcome) => sum + outcome, 0);
  if (ones === 0 || ones === outcomes.length) {
    throw new RangeError(
      `Cannot ${action}: there must be rows with outcome 0 and with outcome 1, current numbers are ${
        outcomes.length - ones
      } and ${ones}`,
    );
  }
}

function refuse(action: string, wanted: string, values: Float64Array, isGood: (value: number) => boolean): void {
  const row = values.findIndex((value) => !isGood(value));
  if (row < 0) return;
  throw new RangeError(`Cannot ${action}: every ${wanted}, current value of row ${row} is ${values[row]}`);
}

/** Rows of equal score as one, by rising score: weight and weighted mean of the outcomes. */
export function byScore({ scores, outcomes, weights }: LabelledScores) {
  const order = Int32Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
  const steps: { score: number; weight: number; outcome: number }[] = [];
  for (const row of order) {
    const weight = weights?.[row] ?? 1;
    const last = steps.at(-1);
    if (last === undefined || last.score !== scores[row]) {
      steps.push({ score: scores[row], weight, outcome: outcomes[row] });
    } else {
      last.outcome = (last.weight * last.outcome + weight * outcomes[row]) / (last.weight + weight);
      last.weight += weight;
    }
  }
  return steps;
}
