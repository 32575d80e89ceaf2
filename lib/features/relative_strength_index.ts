import { checkInteger } from "@lib/core";
import { once } from "./_once.ts";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

/** Options of {@linkcode relativeStrengthIndex}. */
export interface RelativeStrengthIndexOptions {
  /** Length of Wilder's average in days, at least 2. Default 14. */
  windowDays?: number;
}

/**
 * Relative strength index: which part of the recent movement was upward, from 0 (only losses) to 100 (only gains).
 *
 * Wilder's variant, as in TA-Lib: the first average is the plain mean of the first `windowDays` changes, then each new
 * change enters with weight 1 / windowDays. (An exponential mean from the very first change on, common in Python
 * packages, differs visibly for about 5 * windowDays days.) Without any movement the index is 0, as in TA-Lib.
 *
 * Source: Wilder (1978), New Concepts in Technical Trading Systems, section 6.
 *
 * @example The last of ten rising days
 * ```ts
 * import assert from "node:assert/strict";
 * const prices = Float64Array.from({ length: 10 }, (_, day) => 100 + day);
 * assert.equal(relativeStrengthIndex(prices, { windowDays: 3 })[9], 100);
 * ```
 *
 * @param prices Prices or an index of one symbol in time order, shape (days,); NaN where there was none.
 * @returns Shape (days,), 0 to 100. NaN for the first `windowDays` days, and as long again after a missing price:
 * a gap starts the average afresh.
 * @throws {RangeError} If `windowDays` is not an integer of at least 2.
 */
export function relativeStrengthIndex(
  prices: Float64Array,
  { windowDays = 14 }: RelativeStrengthIndexOptions = {},
): Float64Array {
  checkInteger("compute the relative strength index", "windowDays", windowDays, { least: 2 });
  return once(`relative strength ${windowDays}`, [prices], () => {
    const result = new Float64Array(prices.length).fill(NaN);
    let changes = 0; // seen since the start or the last gap
    let [gain, loss] = [0, 0];
    for (let day = 1; day < prices.length; day++) {
      const change = prices[day] - prices[day - 1];
      if (Number.isNaN(change)) {
        changes = gain = loss = 0;
        continue;
      }
      changes++;
      const weight = 1 / Math.min(changes, windowDays); // a running mean first, Wilder's average from then on
      gain += weight * (Math.max(change, 0) - gain);
      loss += weight * (Math.max(-change, 0) - loss);
      if (changes >= windowDays) result[day] = gain + loss === 0 ? 0 : 100 * (gain / (gain + loss));
    }
    return result;
  });
}

/** `rsi_3`, `rsi_7`, `rsi_14` and `rsi_28`. */
export const relativeStrengthIndexFeatures = [3, 7, 14, 28].map((windowDays) =>
  defineFeature({
    name: `rsi_${windowDays}`,
    family: "oscillator",
    needs: ["index"],
    lookbackDays: windowDays,
    memoryDays: Infinity,
    expectedSign: -1,
    formula: `100 x mean gain / (mean gain + mean loss), Wilder's averages of ${windowDays} days`,
    source: "Wilder (1978), as in TA-Lib RSI",
    missing: missingRule.restart,
    compute: (bars) => relativeStrengthIndex(bars.index, { windowDays }),
  })
);
