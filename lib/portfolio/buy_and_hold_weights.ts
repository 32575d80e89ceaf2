import type { Panel } from "@lib/core";

/** Options of {@linkcode buyAndHoldWeights}. */
export interface BuyAndHoldWeightsOptions {
  /** Column of simple returns of the day that ends at this close; NaN counts as 0. Default `return`. */
  return?: string;
}

/**
 * Equal amounts of every name of the first day, bought once and never touched: the benchmark that costs nothing.
 *
 * The weights are what the amounts have grown to, value(i) / sum of values, so that a backtest finds nothing to trade
 * after the first day. A name that loses its row is sold, for good, and its money spread over the rest in proportion;
 * names that come later are not bought.
 *
 * @example The winner's weight grows by itself
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A", "B", "B"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-02", "2020-01-03"],
 *   columns: { return: Float64Array.of(NaN, 1, NaN, 0) },
 * });
 * assert.deepEqual(buyAndHoldWeights(panel).column("weight"), Float64Array.of(1 / 2, 2 / 3, 1 / 2, 1 / 3));
 * ```
 *
 * @returns The panel with the column `weight`, summing to 1 while a name is left, never NaN.
 */
export function buyAndHoldWeights(
  panel: Panel,
  { return: returnColumn = "return" }: BuyAndHoldWeightsOptions = {},
): Panel {
  const returns = panel.column(returnColumn);
  const weights = new Float64Array(panel.rows);
  let values = new Float64Array(panel.symbols.length);
  for (let day = 0; day < panel.dates.length; day++) {
    const rows = panel.rowsOfDay(day);
    const grown = new Float64Array(panel.symbols.length);
    let total = 0;
    for (const row of rows) {
      const symbol = panel.symbolOf[row];
      const growth = Number.isNaN(returns[row]) ? 1 : 1 + returns[row];
      total += grown[symbol] = day === 0 ? 1 : values[symbol] * growth;
    }
    for (const row of rows) weights[row] = total > 0 ? grown[panel.symbolOf[row]] / total : 0;
    values = grown;
  }
  return panel.with({ weight: weights });
}
