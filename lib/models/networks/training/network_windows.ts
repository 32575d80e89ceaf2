import { gatherSequences, type Rows, type Scaler } from "@lib/dataset";
import type { HeadOutcomes } from "./head_outcomes.ts";
import type { Batch } from "./network_loss.ts";

/** Rows with all that a network needs of them. */
export interface PreparedRows {
  readonly rows: Rows;
  readonly outcomes: HeadOutcomes;
}

/** How rows become windows. */
export interface WindowForm {
  readonly steps: number;
  readonly scaler: Scaler;
}

/** Some of the rows, gathered when they are needed: windows of all at once would take `steps` times their memory. */
export function batchOf({ rows, outcomes }: PreparedRows, chosen: ArrayLike<number>, form: WindowForm): Batch {
  const pick = (values: ArrayLike<number>) => Float32Array.from(chosen, (row) => values[row]);
  return {
    windows: gatherSequences(rows.features, { ...form, rows: chosen }),
    shape: [chosen.length, form.steps, form.scaler.columns.length],
    outcomes: Object.fromEntries(Object.entries(outcomes).map(([name, values]) => [name, pick(values)])),
    weights: rows.weight ? pick(rows.weight) : new Float32Array(chosen.length).fill(1),
  };
}

/** All rows, in blocks of at most so many. */
export function* blocksOf(count: number, most: number): Generator<Int32Array> {
  for (let from = 0; from < count; from += most) {
    yield Int32Array.from({ length: Math.min(most, count - from) }, (_, at) => from + at);
  }
}
