import { type RollingOptions } from "@lib/core";
import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { relativeDifferences } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/**
 * Distance of the price from its simple moving average: price / average - 1. Today belongs to the average.
 *
 * Source: Brock, Lakonishok and LeBaron (1992), Simple Technical Trading Rules, Journal of Finance 47.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(priceToAverage(Float64Array.of(1, 3), { windowDays: 2 }), Float64Array.of(NaN, 0.5));
 * ```
 *
 * @param prices Prices or a total-return index, shape (days,); NaN is missing.
 * @returns Fractions, shape (days,). NaN until the window is full, and while a missing price is inside.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function priceToAverage(prices: Float64Array, { windowDays }: RollingOptions): Float64Array {
  const average = rollingMean(prices, { windowDays });
  return relativeDifferences(prices, average);
}

const expectedSigns = { 10: -1, 20: -1, 50: 0, 200: 1 } as const;

/** `price_to_average_10`, `_20`, `_50` and `_200`. */
export const priceToAverageFeatures = ([10, 20, 50, 200] as const).map((windowDays) =>
  defineFeature({
    name: `price_to_average_${windowDays}`,
    family: "trend",
    needs: ["index"],
    lookbackDays: windowDays - 1,
    expectedSign: expectedSigns[windowDays],
    formula: `total-return index / its mean of ${windowDays} days - 1`,
    source: "Brock, Lakonishok and LeBaron (1992), Journal of Finance 47; Han, Zhou and Zhu (2016), JFE 122",
    missing: missingRule.window,
    compute: (bars) => priceToAverage(bars.index, { windowDays }),
  })
);
