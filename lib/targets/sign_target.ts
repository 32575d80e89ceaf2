import { checkNumber, type Panel } from "@lib/core";
import { type MoveOptions, moves } from "./_moves.ts";

/** Options of {@linkcode signTarget}. */
export interface SignTargetOptions extends MoveOptions {
  /** Half the width of what counts as flat, in standard deviations of the name, at least 0. Default 0.25. */
  flatDeviations?: number;
}

/**
 * Where a symbol goes over the next `horizonDays` trading days, as a class: 0 down, 1 flat, 2 up.
 *
 * Flat is a move of no more than `flatDeviations` times what was usual for the name: the deviation of its daily returns
 * over the `windowDays` rows up to the forecast, times the root of the horizon. A band of fixed width calls a calm name
 * always flat and a wild one never.
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
 * assert.deepEqual(signTarget(panel, { horizonDays: 1, windowDays: 2 }), Float64Array.of(NaN, NaN, 2, 1, NaN));
 * ```
 *
 * @param panel With the column `index`: total return, compounded.
 * @returns Shape (rows,). NaN on the last `horizonDays` days, before the window is full, where the index is missing at
 * either end or within the window, and where it did not move in the window at all.
 * @throws {RangeError} If an option is out of range, or the panel has no `index`.
 */
export function signTarget(panel: Panel, { flatDeviations = 0.25, ...options }: SignTargetOptions): Float64Array {
  checkNumber("make a target of signs", "flatDeviations", flatDeviations, { least: 0 });
  return moves(panel, options).map((move) =>
    Number.isNaN(move) ? NaN : Math.abs(move) <= flatDeviations ? 1 : move > 0 ? 2 : 0
  );
}
