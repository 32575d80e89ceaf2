import { centredRanksByDay, Panel } from "@lib/core";
import { forwardReturn } from "./forward_return.ts";

/** Options of {@linkcode buildTargets}. */
export interface BuildTargetsOptions {
  /** Horizons in trading days, each at least 1. Default 1, 5 and 20. */
  horizonsDays?: readonly number[];
}

/**
 * Forward returns of several horizons and their cross-sectional ranks, `target_return_<days>` and `target_rank_<days>`.
 *
 * Definitions and the convention of the one lag: see `forwardReturn` and `rankTarget`.
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
 * @throws {RangeError} If a horizon is not an integer of at least 1, or the panel has no `index`.
 */
export function buildTargets(panel: Panel, { horizonsDays = [1, 5, 20] }: BuildTargetsOptions = {}): Panel {
  const columns: Record<string, Float64Array> = {};
  for (const horizonDays of horizonsDays) {
    const forward = forwardReturn(panel, { horizonDays });
    columns[`target_return_${horizonDays}`] = forward;
    columns[`target_rank_${horizonDays}`] = centredRanksByDay(panel, forward);
  }
  return new Panel(panel.symbols, panel.dates, panel.starts, panel.dayOf, columns);
}
