import { mean, standardDeviation } from "@lib/core";
import { normalQuantile } from "@lib/f4";
import type { Claim, Experiment, Outcome } from "./experiment.ts";
import { wilsonInterval } from "./wilson_interval.ts";

/** A claim of an experiment beside what was measured. */
export interface Finding extends Claim {
  /** Name of the experiment. */
  experiment: string;
  part: Experiment["part"];
  /** Repetitions that gave the number. */
  n: number;
  /** Share or mean of them, with an interval of 95 %: Wilson's, or normal from the error of the mean. */
  value: number;
  low: number;
  high: number;
  /**
   * How the number stands to the expectation; `shown` where there is none. Where something is promised to be at most, or
   * at least, so much, a number beyond it is said to be so even if its interval still reaches the promise.
   */
  standing: "as expected" | "above" | "above, perhaps by chance" | "below" | "below, perhaps by chance" | "shown";
}

/**
 * What the outcomes of an experiment say of each of its claims. Claims that no repetition measured are left out.
 *
 * @example A coin that falls as it should
 * ```ts
 * import assert from "node:assert/strict";
 * const common = { what: "heads", kind: "share", relation: "equal", authority: "a fair coin" } as const;
 * const coin = { name: "coin", part: "statistics", claims: [{ key: "heads", expected: 0.5, ...common }] } as const;
 * const [found] = findingsOf(coin, Array.from({ length: 100 }, (_, toss) => ({ heads: toss % 2 })));
 * assert.deepEqual([found.value, found.standing], [0.5, "as expected"]);
 * ```
 */
export function findingsOf(
  experiment: Pick<Experiment, "name" | "part" | "claims">,
  outcomes: readonly Outcome[],
): Finding[] {
  return experiment.claims.flatMap((claim) => {
    const values = outcomes.map((outcome) => outcome[claim.key]).filter((value) => typeof value === "number");
    if (values.length === 0) return [];
    const interval = claim.kind === "share" ? shareOf(values) : meanOf(values);
    const standing = standingOf(claim, interval);
    return [{ ...claim, experiment: experiment.name, part: experiment.part, n: values.length, ...interval, standing }];
  });
}

/** The findings of several experiments with the same claims as those of one, under a name of its own. */
export function findingsTogether(
  name: string,
  experiments: readonly { experiment: Experiment; outcomes: readonly Outcome[] }[],
): Finding[] {
  if (experiments.length === 0) return [];
  const [{ experiment }] = experiments;
  return findingsOf({ ...experiment, name }, experiments.flatMap(({ outcomes }) => outcomes));
}

function shareOf(values: readonly number[]) {
  const found = values.filter((value) => value === 1).length;
  return { value: found / values.length, ...wilsonInterval(found, values.length) };
}

function meanOf(values: readonly number[]) {
  const value = mean(values);
  const reach = values.length < 2
    ? Infinity
    : normalQuantile(0.975) * standardDeviation(values) / Math.sqrt(values.length);
  return { value, low: value - reach, high: value + reach };
}

function standingOf(
  { expected, relation }: Claim,
  { value, low, high }: { value: number; low: number; high: number },
): Finding["standing"] {
  if (expected === null) return "shown";
  if (low > expected && relation !== "at least") return "above";
  if (high < expected && relation !== "at most") return "below";
  if (value > expected && relation === "at most") return "above, perhaps by chance";
  if (value < expected && relation === "at least") return "below, perhaps by chance";
  return "as expected";
}
