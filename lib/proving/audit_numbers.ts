import type { Experiment, Outcome } from "./experiment.ts";
import { type Finding, findingsOf, findingsTogether } from "./findings.ts";

/** Everything that a run of experiments measured, ready for JSON. */
export interface AuditNumbers {
  format: 1;
  /** Hash of the code that was on trial, see `experimentsKey`. */
  code: string;
  experiments: { name: string; part: Experiment["part"]; words: string; repetitions: number }[];
  /** All markets without signal together. */
  together: Finding[];
  findings: Finding[];
}

/** Name under which all markets without signal stand together. */
export const TOGETHER = "all markets without signal";

/**
 * What the outcomes of experiments say, experiment by experiment and for all markets without signal together.
 *
 * @param code Hash of the code that gave them.
 */
export function auditNumbers(
  experiments: readonly Experiment[],
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
  { code }: { code: string },
): AuditNumbers {
  const measured = experiments.map((experiment) => ({ experiment, outcomes: outcomes.get(experiment.name) ?? [] }));
  return {
    format: 1,
    code,
    experiments: measured.map(({ experiment: { name, part, words }, outcomes }) => (
      { name, part, words, repetitions: outcomes.length }
    )),
    together: findingsTogether(TOGETHER, measured.filter(({ experiment }) => experiment.part === "no signal")),
    findings: measured.flatMap(({ experiment, outcomes }) => findingsOf(experiment, outcomes)),
  };
}
