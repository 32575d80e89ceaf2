/**
 * The eight ways in which knowledge of the answer reaches a forecast, by name.
 *
 * Source: Kapoor and Narayanan (2023), Patterns 4, table 1.
 */
export const LEAKS = [
  "no test set",
  "preprocessing on train and test",
  "feature selection on train and test",
  "duplicates",
  "illegitimate features",
  "temporal leakage",
  "dependence between train and test",
  "biased test sample",
] as const;

/** One of {@linkcode LEAKS}. */
export type Leak = typeof LEAKS[number];

/** One thing that an inspection looked for on the way from prices to forecasts. */
export interface RoadCheck {
  /** What was done to find it, in a few words: `truncation replay`. */
  check: string;
  /** The kind of leak that it would be. */
  leak: Leak;
  outcome: "clear" | "found" | "not checked";
  /** The step of the road that is at fault, or that was looked at: `features`, `fit`. */
  step: string;
  /** The column at fault; null where no single one is. */
  column: string | null;
  /** What was seen, with its numbers; or why it was not checked. */
  words: string;
}

/** What an inspection of the road behind forecasts found. {@linkcode gate} turns a found leak into its verdict. */
export interface RoadReport {
  checks: RoadCheck[];
}

/**
 * A check of the road in one line: what was found, at which step and in which column.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const words = "the value of 2020-03-02 changes when later rows are cut off";
 * const check = { check: "truncation replay", leak: LEAKS[5], outcome: "found", step: "features", column: "trend_20d", words };
 * assert.equal(
 *   roadCheckWords(check as RoadCheck),
 *   "temporal leakage at step features, column trend_20d (truncation replay): " + words,
 * );
 * ```
 */
export function roadCheckWords({ check, leak, step, column, words }: RoadCheck): string {
  return `${leak} at step ${step}${column === null ? "" : `, column ${column}`} (${check}): ${words}`;
}
