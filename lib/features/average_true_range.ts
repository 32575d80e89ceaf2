import { checkInteger, checkSameLength } from "@lib/core";
import { once } from "./_once.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotients } from "./_quotient.ts";
import { defineFeature, type SymbolBars } from "./feature.ts";

/** Options of {@linkcode averageTrueRange}. */
export interface AverageTrueRangeOptions {
  /** Length of Wilder's average in days, at least 1. Default 14. */
  windowDays?: number;
}

/**
 * Average true range: Wilder's average of the day's range, widened to yesterday's close where the price jumped.
 *
 * True range = max(high, close before) - min(low, close before). As in TA-Lib, the first average is the plain mean of
 * the first `windowDays` true ranges, then each new one enters with weight 1 / windowDays.
 *
 * Source: Wilder (1978), New Concepts in Technical Trading Systems, section 3.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bars = { high: Float64Array.of(11, 16), low: Float64Array.of(9, 14), close: Float64Array.of(10, 15) };
 * assert.deepEqual(averageTrueRange(bars, { windowDays: 1 }), Float64Array.of(NaN, 6));
 * ```
 *
 * @param bars Prices of one symbol in time order, each of shape (days,); NaN is missing.
 * @returns Units of the price, shape (days,). NaN for the first `windowDays` days, and as long again after a missing
 * price: a gap starts the average afresh.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function averageTrueRange(
  { high, low, close }: Pick<SymbolBars, "high" | "low" | "close">,
  { windowDays = 14 }: AverageTrueRangeOptions = {},
): Float64Array {
  checkInteger("compute the average true range", "windowDays", windowDays, { least: 1 });
  checkSameLength("compute the average true range", { high: high.length, low: low.length, close: close.length });
  return once(`true range ${windowDays}`, [high, low, close], () => {
    const result = new Float64Array(close.length).fill(NaN);
    let ranges = 0; // seen since the start or the last gap
    let average = 0;
    for (let day = 1; day < close.length; day++) {
      const trueRange = Math.max(high[day], close[day - 1]) - Math.min(low[day], close[day - 1]);
      if (Number.isNaN(trueRange)) {
        ranges = average = 0;
        continue;
      }
      ranges++;
      average += (trueRange - average) / Math.min(ranges, windowDays);
      if (ranges >= windowDays) result[day] = average;
    }
    return result;
  });
}

/** `average_true_range_14`, over the close so that symbols compare. */
export const averageTrueRangeFeatures = [
  defineFeature({
    name: "average_true_range_14",
    family: "bar",
    needs: ["high", "low", "close"],
    lookbackDays: 14,
    memoryDays: Infinity,
    expectedSign: -1,
    formula: "Wilder's average true range of 14 days / close",
    source: "Wilder (1978), as in TA-Lib NATR / 100",
    missing: missingRule.restart,
    compute: (bars) => quotients(averageTrueRange(bars), bars.close),
  }),
];
