import { checkInteger, checkNumber, checkOneOf } from "@lib/core";

/** How the learning rate changes over the steps of a training. */
export interface Schedule {
  /** `constant`; `cosine`, falling to 0 by half a wave; `halving`, by half after each quarter of the steps. */
  readonly form: "constant" | "cosine" | "halving";
  /** Share of the steps over which it rises from 0 first. */
  readonly warmUpShare: number;
}

/**
 * The share of the learning rate at one step, from 0 to 1.
 *
 * @param step From 0.
 * @param steps Of the whole training.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const at = (step: number) => learningRateShare(step, { steps: 100, schedule: { form: "cosine", warmUpShare: 0.1 } });
 * assert.deepEqual([at(4), at(9), at(55)].map((share) => share.toFixed(2)), ["0.50", "1.00", "0.50"]);
 * ```
 *
 * @throws {RangeError} If the form is unknown or a number is out of range.
 */
export function learningRateShare(
  step: number,
  { steps, schedule: { form, warmUpShare } }: { steps: number; schedule: Schedule },
): number {
  const action = "schedule a learning rate";
  checkOneOf(action, "form", form, ["constant", "cosine", "halving"]);
  checkNumber(action, "warmUpShare", warmUpShare, { least: 0, most: 1 });
  checkInteger(action, "step", step, { least: 0, most: steps - 1 });
  const warmUp = Math.ceil(warmUpShare * steps);
  if (step < warmUp) return (step + 1) / warmUp;
  const progress = (step - warmUp) / Math.max(1, steps - warmUp);
  if (form === "constant") return 1;
  return form === "cosine" ? (1 + Math.cos(Math.PI * progress)) / 2 : 0.5 ** Math.floor(4 * progress);
}
