import { centredRanksByDay, checkOneOf, Panel } from "@lib/core";
import { eventTarget } from "./event_target.ts";
import { forwardReturn } from "./forward_return.ts";
import { signTarget } from "./sign_target.ts";
import { volatilityTarget } from "./volatility_target.ts";

/** What {@linkcode buildTargets} can build, each `target_<kind>_<days>`. */
export const targetKinds = ["return", "rank", "sign", "rise", "fall", "volatility"] as const;

/** One of {@linkcode targetKinds}. */
export type TargetKind = (typeof targetKinds)[number];

/** Options of {@linkcode buildTargets}. */
export interface BuildTargetsOptions {
  /** Horizons in trading days, each at least 1. Default 1, 5 and 20. */
  horizonsDays?: readonly number[];
  /** What to build. Default the returns and their ranks. */
  kinds?: readonly TargetKind[];
}

/**
 * Targets of several horizons, `target_<kind>_<days>`: forward returns and their cross-sectional ranks, and, if asked
 * for, classes of their sign, events of a rise or fall beyond what is usual, and the volatility to come.
 *
 * Definitions and the convention of the one lag: see `forwardReturn`, `rankTarget`, `signTarget`, `eventTarget` (`rise`
 * is up, `fall` is down) and `volatilityTarget`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A"],
 *   date: ["2020-01-02", "2020-01-03"],
 *   columns: { index: Float64Array.of(1, 1.5) },
 * });
 * const targets = buildTargets(panel, { horizonsDays: [1] });
 * assert.deepEqual(targets.names, ["target_return_1", "target_rank_1"]);
 * assert.deepEqual(targets.column("target_return_1"), Float64Array.of(0.5, NaN));
 * ```
 *
 * @param panel With the column `index`.
 * @returns The rows of `panel` with the target columns only.
 * @throws {RangeError} If a horizon is not an integer of at least 1, a kind is unknown, or the panel has no `index`.
 */
export function buildTargets(
  panel: Panel,
  { horizonsDays = [1, 5, 20], kinds = ["return", "rank"] }: BuildTargetsOptions = {},
): Panel {
  for (const kind of kinds) checkOneOf("build targets", "kind", kind, targetKinds);
  const columns: Record<string, Float64Array> = {};
  for (const horizonDays of horizonsDays) {
    const forward = forwardReturn(panel, { horizonDays });
    const make: Record<TargetKind, () => Float64Array> = {
      return: () => forward,
      rank: () => centredRanksByDay(panel, forward),
      sign: () => signTarget(panel, { horizonDays }),
      rise: () => eventTarget(panel, { horizonDays, direction: "up" }),
      fall: () => eventTarget(panel, { horizonDays, direction: "down" }),
      volatility: () => volatilityTarget(panel, { horizonDays }),
    };
    for (const kind of kinds) columns[`target_${kind}_${horizonDays}`] = make[kind]();
  }
  return new Panel(panel.symbols, panel.dates, panel.starts, panel.dayOf, columns);
}
