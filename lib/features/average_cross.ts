import { checkSameLength } from "@lib/core";
import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { relativeDifferences } from "./_quotient.ts";
import { exponentialAverage } from "./exponential_average.ts";
import { defineFeature } from "./feature.ts";

/**
 * How far a fast moving average stands above a slow one: fast / slow - 1. Its sign is the classical crossing rule.
 *
 * Source: Brock, Lakonishok and LeBaron (1992), Simple Technical Trading Rules, Journal of Finance 47.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(averageCross(Float64Array.of(NaN, 3), Float64Array.of(2, 2)), Float64Array.of(NaN, 0.5));
 * ```
 *
 * @param fast Average over the shorter time, shape (days,).
 * @param slow Average over the longer time, shape (days,).
 * @returns Fractions, shape (days,). NaN where either average is missing.
 * @throws {TypeError} If the lengths differ.
 */
export function averageCross(fast: Float64Array, slow: Float64Array): Float64Array {
  checkSameLength("compute an average cross", { fast: fast.length, slow: slow.length });
  return relativeDifferences(fast, slow);
}

const source = "Brock, Lakonishok and LeBaron (1992), Journal of Finance 47";

/** `average_cross_10_20` of simple averages, `exponential_average_cross_12_26` of exponential ones (TA-Lib). */
export const averageCrossFeatures = [
  defineFeature({
    name: "average_cross_10_20",
    family: "trend",
    needs: ["index"],
    lookbackDays: 19,
    expectedSign: 0,
    formula: "mean of 10 days / mean of 20 days - 1, of the total-return index",
    source,
    missing: missingRule.window,
    compute: ({ index }) =>
      averageCross(rollingMean(index, { windowDays: 10 }), rollingMean(index, { windowDays: 20 })),
  }),
  defineFeature({
    name: "exponential_average_cross_12_26",
    family: "trend",
    needs: ["index"],
    lookbackDays: 25,
    memoryDays: Infinity,
    expectedSign: 0,
    formula: "exponential average of 12 days / of 26 days - 1, of the total-return index",
    source: `${source}; averages as in TA-Lib`,
    missing: missingRule.restart,
    compute: ({ index }) =>
      averageCross(exponentialAverage(index, { windowDays: 12 }), exponentialAverage(index, { windowDays: 26 })),
  }),
];
