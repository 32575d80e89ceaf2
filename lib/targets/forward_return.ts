import { checkInteger, type Panel } from "@lib/core";

/** Options of {@linkcode forwardReturn} and {@linkcode rankTarget}. */
export interface ForwardReturnOptions {
  /** Trading days from the close at which the forecast is made to the close at which it is judged, at least 1. */
  horizonDays: number;
}

/**
 * What a symbol earns over the next `horizonDays` trading days: index[t + h] / index[t] - 1.
 *
 * The convention of the one lag, stated here for the whole house: **features of day t are known at the close of t, and
 * the target of day t begins at that same close.** Nothing is shifted a second time, anywhere. Whoever trades at the
 * close on what the close says must be quick; a slower one is judged by pairing the features of t with the target of
 * t + 1, not by another definition.
 *
 * Close to close, and not open to close: the total-return index exists at closes only, the returns of consecutive days
 * then compound without a hole overnight, and the panel has no opens.
 *
 * Days are those of the panel's calendar (all trading days of all symbols), not rows: where the symbol has no row, or no
 * index, on the very day t + h, the target is missing, however near its next row lies. This room alone looks ahead.
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
 * assert.deepEqual(forwardReturn(panel, { horizonDays: 1 }), Float64Array.of(0.5, -0.5, NaN));
 * assert.deepEqual(forwardReturn(panel, { horizonDays: 2 }), Float64Array.of(-0.25, NaN, NaN));
 * ```
 *
 * @param panel With the column `index`: total return, compounded.
 * @returns Fractions, shape (rows,). NaN where the index is missing at either end, so on the last `horizonDays` days.
 * @throws {RangeError} If `horizonDays` is not an integer of at least 1, or the panel has no `index`.
 */
export function forwardReturn(panel: Panel, { horizonDays }: ForwardReturnOptions): Float64Array {
  checkInteger("compute a forward return", "horizonDays", horizonDays, { least: 1 });
  const index = panel.column("index");
  return panel.perSymbol((from, to) => {
    const result = new Float64Array(to - from).fill(NaN);
    let end = from;
    for (let start = from; start < to; start++) {
      const day = panel.dayOf[start] + horizonDays;
      while (end < to && panel.dayOf[end] < day) end++;
      if (end === to) break;
      if (panel.dayOf[end] !== day) continue;
      const earned = index[end] / index[start] - 1;
      if (Number.isFinite(earned)) result[start - from] = earned;
    }
    return result;
  });
}
