import type { Step } from "./study.ts";

/**
 * Parameters with which a step was run and that its spec does not name so any more, one sentence each: such a run is
 * no result of the study.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const step = { notebook: "00_tour", after: [], headline: "rank_ic", parameters: { horizonDays: 5, seed: 1 } };
 * assert.deepEqual(staleParameters(step, { horizonDays: 20, seed: 1, outputFolder: "judged" }), [
 *   "horizonDays must be 5, current value is 20",
 * ]);
 * ```
 *
 * @param used The parameters of the run; it may have more than the spec names.
 */
export function staleParameters({ parameters }: Step, used: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(parameters)
    .filter(([name, value]) => used[name] !== value)
    .map(([name, value]) => `${name} must be ${value}, current value is ${used[name]}`);
}
