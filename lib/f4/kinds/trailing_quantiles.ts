import { checkInteger, checkNumber, checkSameLength, type Panel } from "@lib/core";
import { walkKnown } from "./_known_by_close.ts";

/** Options of {@linkcode trailingQuantiles}. */
export interface TrailingQuantilesOptions {
  /** Column of outcomes. Default `actual`. */
  actual?: string;
  /** Days until an outcome is known, counted on the panel's own days. Default 1. */
  horizonDays?: number;
  /** Outcomes of the symbol that are looked back on. Default 250. */
  windowOutcomes?: number;
  /** Outcomes that must be known. Default 60. */
  leastOutcomes?: number;
  /**
   * Volatility of each row as it was known at its close, shape (rows,): outcomes are divided by that of their own row,
   * and quantiles multiplied by that of the row at hand (filtered historical simulation). Default: none, plain outcomes.
   */
  scale?: Float64Array;
}

/**
 * Quantiles of the last outcomes that are known at the close, per symbol: historical simulation, the rule to beat.
 *
 * Type 7 of Hyndman and Fan, as in `quantile`. With `scale`: Hull and White (1998), Journal of Risk 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const columns = { actual: Float64Array.of(3, 1, 2, 9, 9) };
 * const panel = Panel.fromRows({ symbol: Array(5).fill("A"), date: weekdays("2020-01-01", 5), columns });
 * const [median] = trailingQuantiles(panel, [0.5], { windowOutcomes: 2, leastOutcomes: 2 });
 * assert.deepEqual(median, Float64Array.of(NaN, NaN, 2, 1.5, 5.5));
 * ```
 *
 * @param levels Each between 0 and 1.
 * @returns One array of shape (rows,) a level; NaN while too little is known.
 * @throws {RangeError} If a level or an option is out of range.
 */
export function trailingQuantiles(
  panel: Panel,
  levels: readonly number[],
  { actual = "actual", horizonDays = 1, windowOutcomes = 250, leastOutcomes = 60, scale }: TrailingQuantilesOptions =
    {},
): Float64Array[] {
  const action = "compute trailing quantiles";
  for (const level of levels) checkNumber(action, "level", level, { least: 0, most: 1 });
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  checkInteger(action, "leastOutcomes", leastOutcomes, { least: 1 });
  checkInteger(action, "windowOutcomes", windowOutcomes, { least: leastOutcomes });
  checkSameLength(action, { rows: panel.rows, scale: scale?.length ?? panel.rows });
  const outcomes = panel.column(actual);
  const result = levels.map(() => new Float64Array(panel.rows).fill(NaN));
  const sorted = new Float64Array(windowOutcomes + 1);
  let window: number[] = [];
  let first = 0; // of `window`, the oldest that still counts
  walkKnown(panel, horizonDays, {
    start: () => [window, first] = [[], 0],
    learn: (row) => {
      const value = scale === undefined ? outcomes[row] : outcomes[row] / scale[row];
      if (!Number.isFinite(value)) return;
      insert(sorted, window.length - first, value);
      window.push(value);
      if (window.length - first > windowOutcomes) remove(sorted, window.length - first, window[first++]);
    },
    say: (row) => {
      const count = window.length - first;
      if (count < leastOutcomes) return;
      levels.forEach((level, index) => {
        const position = (count - 1) * level;
        const [low, high] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
        result[index][row] = (low + (high - low) * (position - Math.floor(position))) * (scale?.[row] ?? 1);
      });
    },
  });
  return result;
}

/** First place among the `count` sorted values whose value is not below. */
function placeOf(sorted: Float64Array, count: number, value: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(sorted: Float64Array, count: number, value: number): void {
  const place = placeOf(sorted, count, value);
  sorted.copyWithin(place + 1, place, count);
  sorted[place] = value;
}

function remove(sorted: Float64Array, count: number, value: number): void {
  const place = placeOf(sorted, count, value);
  sorted.copyWithin(place, place + 1, count);
}
