import { mean, standardDeviation } from "@lib/core";
import type { Rows } from "@lib/dataset";
import type { Network, NetworkHead } from "../network.ts";

/** How the outcomes of a head become what its loss sees: (outcome - centre) / width. */
export interface HeadScale {
  readonly centre: number;
  readonly width: number;
}

/** What a head is held against, scaled; NaN where it is not known. Absent for a head that is held against its window. */
export type HeadOutcomes = Readonly<Record<string, Float32Array<ArrayBuffer>>>;

/**
 * The outcome of a head in some rows, shape (rows,), in its own unit.
 *
 * @throws {RangeError} If the rows do not have it.
 */
export function outcomeOf({ name, target }: NetworkHead, { target: own, outcomes = {} }: Rows): Float64Array {
  if (target === "target") return own;
  if (Object.hasOwn(outcomes, target)) return outcomes[target];
  throw new RangeError(
    `Cannot train a network: the rows must have the outcome ${target} of its head ${name}, current ones are ${
      ["target", ...Object.keys(outcomes)].join(", ")
    }`,
  );
}

/** Centre and width of each head's outcomes, by the rows that are fitted on. */
export function headScales({ heads }: Pick<Network, "heads">, rows: Rows): Record<string, HeadScale> {
  return Object.fromEntries(heads.map((head) => {
    const { name, scaling = "standardise" } = head;
    if (scaling === "none" || head.target === "window") return [name, { centre: 0, width: 1 }];
    const known = outcomeOf(head, rows).filter(Number.isFinite);
    const width = standardDeviation(known) || 1;
    return [name, { centre: scaling === "standardise" ? mean(known) : 0, width }];
  }));
}

/** Scaled outcomes of all heads that have one. */
export function headOutcomes(
  { heads }: Pick<Network, "heads">,
  rows: Rows,
  scales: Readonly<Record<string, HeadScale>>,
): HeadOutcomes {
  return Object.fromEntries(
    heads.filter(({ target }) => target !== "window").map((head) => {
      const { centre, width } = scales[head.name];
      return [head.name, Float32Array.from(outcomeOf(head, rows), (value) => (value - centre) / width)];
    }),
  );
}
