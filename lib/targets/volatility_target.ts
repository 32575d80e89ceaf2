import { checkInteger, type Panel } from "@lib/core";
import type { ForwardReturnOptions } from "./forward_return.ts";

/**
 * Realised volatility of the next `horizonDays` trading days, by day: the root of the mean of their squared simple
 * returns, close to close. No mean is taken off: over a few days it is noise, and nobody knew it.
 *
 * Every one of those days counts, so that a symbol which lacks one of them has no target; it would be that of a calmer
 * or wilder stretch than the others'.
 *
 * Source: Andersen and Bollerslev (1998), Answering the Skeptics, International Economic Review 39, with daily returns.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A", "A"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-06"],
 *   columns: { index: Float64Array.of(1, 1.5, 0.75) },
 * });
 * assert.deepEqual(volatilityTarget(panel, { horizonDays: 2 }), Float64Array.of(0.5, NaN, NaN));
 * ```
 *
 * @param panel With the column `index`: total return, compounded.
 * @returns Fractions a day, shape (rows,). NaN where the index is missing on one of the days t to t + h.
 * @throws {RangeError} If `horizonDays` is not an integer of at least 1, or the panel has no `index`.
 */
export function volatilityTarget(panel: Panel, { horizonDays }: ForwardReturnOptions): Float64Array {
  checkInteger("make a target of volatility", "horizonDays", horizonDays, { least: 1 });
  const index = panel.column("index");
  return panel.perSymbol((from, to) => {
    const result = new Float64Array(to - from).fill(NaN);
    for (let start = from; start + horizonDays < to; start++) {
      if (panel.dayOf[start + horizonDays] !== panel.dayOf[start] + horizonDays) continue;
      let sum = 0;
      for (let row = start + 1; row <= start + horizonDays; row++) sum += (index[row] / index[row - 1] - 1) ** 2;
      if (Number.isFinite(sum)) result[start - from] = Math.sqrt(sum / horizonDays);
    }
    return result;
  });
}
