import { centredRanksByDay, type Panel } from "@lib/core";
import { forwardReturn, type ForwardReturnOptions } from "./forward_return.ts";

/**
 * Cross-sectional centred rank of {@linkcode forwardReturn}: each day, the symbols spread evenly over (-1/2, 1/2) in the
 * order of what they are about to earn.
 *
 * A rank asks which name, not how much: one bankruptcy or take-over weighs no more than any other row, and days of
 * turmoil no more than calm ones.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A", "B", "B"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-02", "2020-01-03"],
 *   columns: { index: Float64Array.of(1, 1.1, 1, 0.9) },
 * });
 * assert.deepEqual(rankTarget(panel, { horizonDays: 1 }), Float64Array.of(0.25, NaN, -0.25, NaN));
 * ```
 *
 * @param panel With the column `index`.
 * @returns Shape (rows,). NaN where the forward return is missing; such a row is not counted among the others.
 * @throws {RangeError} As {@linkcode forwardReturn}.
 */
export function rankTarget(panel: Panel, options: ForwardReturnOptions): Float64Array {
  return centredRanksByDay(panel, forwardReturn(panel, options));
}
