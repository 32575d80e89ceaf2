import { checkInteger } from "@lib/core";
import { once } from "./_once.ts";
import { missingRule } from "./_missing_rule.ts";
import { differences, quotients } from "./_quotient.ts";
import { exponentialAverage } from "./exponential_average.ts";
import { defineFeature } from "./feature.ts";

/** Options of {@linkcode movingAverageConvergence}. */
export interface MovingAverageConvergenceOptions {
  /** Span of the fast average. Default 12. */
  fastDays?: number;
  /** Span of the slow average, longer than the fast one. Default 26. */
  slowDays?: number;
  /** Span of the average of the difference. Default 9. */
  signalDays?: number;
}

/**
 * Moving average convergence divergence (MACD): a fast exponential average less a slow one, the average of that
 * difference (the signal), and how far the difference stands from its signal (the histogram).
 *
 * As in TA-Lib: both averages begin on the same day, so the mean that starts the fast one is taken over the days just
 * before the slow one's first value, not over the first days of all.
 *
 * Source: Appel (1979), The Moving Average Convergence Divergence Trading Method.
 *
 * @example A straight line has no convergence
 * ```ts
 * import assert from "node:assert/strict";
 * const prices = Float64Array.from({ length: 40 }, (_, day) => 100 + day);
 * const { line, histogram } = movingAverageConvergence(prices);
 * assert.deepEqual([line[33], histogram[33]], [7, 0]);
 * ```
 *
 * @param prices Prices or an index, shape (days,); NaN is missing.
 * @returns Three series in units of the price, each of shape (days,). `line` begins after `slowDays` - 1 days, the
 * others `signalDays` - 1 days later; a missing price starts all afresh.
 * @throws {RangeError} If a number of days is not an integer in its range.
 */
export function movingAverageConvergence(
  prices: Float64Array,
  { fastDays = 12, slowDays = 26, signalDays = 9 }: MovingAverageConvergenceOptions = {},
): { line: Float64Array; signal: Float64Array; histogram: Float64Array } {
  checkInteger("compute MACD", "fastDays", fastDays, { least: 1, most: slowDays - 1 });
  return once(`convergence ${fastDays} ${slowDays} ${signalDays}`, [prices], () => {
    const slow = exponentialAverage(prices, { windowDays: slowDays });
    const fast = exponentialAverage(prices, { windowDays: fastDays, delayDays: slowDays - fastDays });
    const line = differences(fast, slow);
    const signal = exponentialAverage(line, { windowDays: signalDays });
    return { line, signal, histogram: differences(line, signal) };
  });
}

const shared = {
  family: "trend",
  needs: ["index"],
  lookbackDays: 33,
  memoryDays: Infinity,
  expectedSign: 0,
  source: "Appel (1979), as in TA-Lib MACD",
  missing: missingRule.restart,
} as const;

/** `macd_histogram_12_26_9` and `macd_signal_12_26_9`, over the price so that symbols compare. */
export const movingAverageConvergenceFeatures = [
  defineFeature({
    ...shared,
    name: "macd_histogram_12_26_9",
    formula: "(MACD of 12 and 26 days - its exponential average of 9 days) / total-return index",
    compute: ({ index }) => quotients(movingAverageConvergence(index).histogram, index),
  }),
  defineFeature({
    ...shared,
    name: "macd_signal_12_26_9",
    formula: "exponential average of 9 days of the MACD of 12 and 26 days / total-return index",
    compute: ({ index }) => quotients(movingAverageConvergence(index).signal, index),
  }),
];
