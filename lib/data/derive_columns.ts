import { Panel } from "@lib/core";

/**
 * Simple total return from one trading day to the next: price / price before - 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(simpleReturns(Float64Array.of(4, 5, NaN, 6)), Float64Array.of(NaN, 0.25, NaN, NaN));
 * ```
 *
 * @param price Prices of one symbol (adjusted for splits, and for dividends where they are known), one row per trading
 * day, shape (days,); NaN where there is none.
 * @returns Shape (days,). NaN on the first day, and wherever one of the two prices is missing.
 */
export function simpleReturns(price: Float64Array): Float64Array {
  return price.map((value, day) => day === 0 ? NaN : value / price[day - 1] - 1);
}

/**
 * Total-return index from prices: what one unit held since the first known price has become.
 *
 * Each value rests on the first price and its own, so dividends and splits to come, which rewrite adjusted prices of the
 * past by a common factor, leave it alone. A missing price leaves one hole: the next known price says what was earned
 * over it.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(indexFromPrices(Float64Array.of(4, 5, NaN, 6)), Float64Array.of(1, 1.25, NaN, 1.5));
 * ```
 *
 * @param price As in {@linkcode simpleReturns}, shape (days,).
 * @returns Shape (days,); 1 on the first day with a price, NaN where the price is missing.
 */
export function indexFromPrices(price: Float64Array): Float64Array {
  const first = price.find((value) => !Number.isNaN(value));
  return first === undefined ? price.slice() : price.map((value) => value / first);
}

/**
 * Total-return index from returns, where a source gives no prices: 1 on the first day, then compounded.
 *
 * After a missing return nobody knows the level, so it stays missing to the end. Starting again at 1 would let a ratio of
 * two index values across the gap pass for a return.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(indexFromReturns(Float64Array.of(0.1, 0.5, NaN, 0.5)), Float64Array.of(1, 1.5, NaN, NaN));
 * ```
 *
 * @param returns Simple returns of one symbol by trading day, shape (days,); the first one led to the first day and is
 * no part of the index.
 * @returns Shape (days,).
 */
export function indexFromReturns(returns: Float64Array): Float64Array {
  let level = 1;
  return returns.map((value, day) => level *= day === 0 ? 1 : 1 + value);
}

/**
 * Mean return of a day over all symbols, equally weighted: the same value in every row of the day.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "B", "C"],
 *   date: ["2020-01-02", "2020-01-02", "2020-01-02"],
 *   columns: { return: Float64Array.of(0.25, NaN, 0.75) },
 * });
 * assert.deepEqual(marketReturn(panel), Float64Array.of(0.5, 0.5, 0.5));
 * ```
 *
 * @param panel With the column `return`.
 * @returns Shape (rows,); missing returns do not count, NaN on a day without any.
 */
export function marketReturn(panel: Panel): Float64Array {
  const returns = panel.column("return");
  const sum = new Float64Array(panel.dates.length);
  const count = new Float64Array(panel.dates.length);
  for (let row = 0; row < panel.rows; row++) {
    if (Number.isNaN(returns[row])) continue;
    sum[panel.dayOf[row]] += returns[row];
    count[panel.dayOf[row]]++;
  }
  const mean = sum.map((value, day) => value / count[day]);
  const result = new Float64Array(panel.rows);
  for (let row = 0; row < panel.rows; row++) result[row] = mean[panel.dayOf[row]];
  return result;
}
