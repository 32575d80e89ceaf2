import type { Panel } from "@lib/core";

/**
 * Where each row of a join went. Every row is counted once, under the first reason that applies, from top to bottom;
 * the counts add up to the rows of the features plus those that only the targets had.
 */
export interface RowCounts {
  /** Rows that a model may learn from: enough known features and a known target. */
  trainable: number;
  /** The targets had this (symbol, date), the features did not. */
  onlyInTargets: number;
  /** Too few known features, before the symbol's first row with enough: windows still filling. Expected. */
  warmUp: number;
  /** Too few known features later than that. */
  tooFewFeatures: number;
  /** No known target in the last `horizonDays` days of the symbol: the outcome lies ahead. Expected; can be forecast. */
  horizonEnd: number;
  /** The features had this (symbol, date), the targets did not. Can be forecast. */
  onlyInFeatures: number;
  /** The target is missing in the middle of the history. Can be forecast. */
  noTarget: number;
}

/**
 * Features beside the target that they are to forecast. Made by `joinRows`.
 *
 * Its rows are those of the features, all of them: a row without a known target cannot be learnt from and cannot be
 * judged, but it can be forecast, as must be the last days of every history. Two arrays say what a row is good for:
 * `usable` whether enough is known to forecast it, `target` (NaN) whether its outcome is known.
 */
export interface Dataset {
  /** The features, shape (rows, columns) as a panel: symbols, calendar and columns. */
  readonly features: Panel;
  /** Name of the target's column. */
  readonly targetName: string;
  /** Outcome of each row, shape (rows,); NaN where it is not known. */
  readonly target: Float64Array;
  /** Further outcomes by name, each of shape (rows,), known no later than the target; NaN where one is not known. */
  readonly outcomes?: Readonly<Record<string, Float64Array>>;
  /** 1 where enough features are known to forecast the row, shape (rows,). */
  readonly usable: Uint8Array;
  /** Trading days from the day of the features to the day at whose close the target is known. */
  readonly horizonDays: number;
  /**
   * Day (index into the features' dates) at whose close the target of the row is known, shape (rows,). Counted both in
   * days of the calendar and in rows of the symbol, the later of the two: where a symbol skips days, its fifth next row
   * comes after the fifth next day, and a row is safe to learn from only when either reading of its target is over.
   * One past the last day where the symbol has no such row.
   */
  readonly knownOn: Int32Array;
  /** Where the rows went. */
  readonly counts: Readonly<RowCounts>;
}
