import { sha256 } from "@lib/core";

/** What one repetition measured, by name; null where there was nothing to measure. */
export type Outcome = Record<string, number | null>;

/** What an experiment says of one measured number. */
export interface Claim {
  /** Name of the number in {@linkcode Outcome}. */
  key: string;
  /** What it is, in words. */
  what: string;
  /** `share`: each repetition gives 0 or 1. `mean`: it gives a number. */
  kind: "share" | "mean";
  /** What theory, or the statistic's own paper, says it should be; null where neither does. */
  expected: number | null;
  /** How it has to stand to that. */
  relation: "equal" | "at most" | "at least";
  /** Where the expectation comes from. */
  authority: string;
}

/** Something whose truth is known, tried again and again. */
export interface Experiment {
  name: string;
  /** The part of the page in which it is shown. */
  part: "no signal" | "known signal" | "other claims" | "statistics";
  /** What one repetition does, in words. */
  words: string;
  repetitions: number;
  /** Repetitions that are computed and kept together; some seconds. */
  repetitionsPerPart: number;
  /** About what a repetition takes, for the time that is left. */
  milliseconds: number;
  claims: readonly Claim[];
  /** One repetition. All its randomness comes from the seed. */
  run(seed: number): Outcome | Promise<Outcome>;
}

/**
 * Seed of a repetition, from the name of the experiment and the number of the repetition alone, so that nothing depends
 * on which worker does what, and more repetitions leave the earlier ones as they are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(repetitionSeed("coin", 3), repetitionSeed("coin", 3));
 * assert.notEqual(repetitionSeed("coin", 3), repetitionSeed("coin", 4));
 * ```
 */
export function repetitionSeed(experiment: string, repetition: number): number {
  return parseInt(sha256(`${experiment}\n${repetition}`).slice(0, 7), 16);
}
