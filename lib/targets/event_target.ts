import { checkNumber, checkOneOf, type Panel } from "@lib/core";
import { type MoveOptions, moves } from "./_moves.ts";

/** Options of {@linkcode eventTarget}. */
export interface EventTargetOptions extends MoveOptions {
  /** Which event: the symbol rises far enough, or it falls far enough. */
  direction: "up" | "down";
  /** How far it has to go, in standard deviations of the name, at least 0. Default 0.5. */
  deviations?: number;
}

/**
 * Whether a symbol rises (or falls) by more than `deviations` times what was usual for it over the next `horizonDays`
 * trading days: 1 or 0. What was usual is the deviation of its daily returns over the `windowDays` rows up to the
 * forecast, times the root of the horizon: the bar is set by what was known, never by a percentile of days to come.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A", "A", "A", "A"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07", "2020-01-08"],
 *   columns: { index: Float64Array.of(1, 1.1, 1, 1.2, 1.21) },
 * });
 * const rises = eventTarget(panel, { horizonDays: 1, windowDays: 2, direction: "up" });
 * assert.deepEqual(rises, Float64Array.of(NaN, NaN, 1, 0, NaN));
 * ```
 *
 * @param panel With the column `index`: total return, compounded.
 * @returns Shape (rows,), 0 or 1; NaN where `signTarget` is.
 * @throws {RangeError} If an option is out of range, or the panel has no `index`.
 */
export function eventTarget(
  panel: Panel,
  { direction, deviations = 0.5, ...options }: EventTargetOptions,
): Float64Array {
  const action = "make a target of events";
  checkOneOf(action, "direction", direction, ["up", "down"]);
  checkNumber(action, "deviations", deviations, { least: 0 });
  const side = direction === "up" ? 1 : -1;
  return moves(panel, options).map((move) => Number.isNaN(move) ? NaN : Number(side * move > deviations));
}
