import { type RollingOptions } from "@lib/core";
import { rollingMaximum } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { relativeDifferences } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/**
 * Distance below the highest close of the trailing window: price / highest price - 1, from -1 to 0.
 *
 * Over 252 days this is the 52-week-high ratio less 1; over a shorter window, the drawdown from the latest peak. Today
 * belongs to the window. Closes are compared, not the highs within the day.
 *
 * Source: George and Hwang (2004), The 52-Week High and Momentum Investing, Journal of Finance 59.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(priceToHigh(Float64Array.of(4, 5, 4.5, 6), { windowDays: 2 }), Float64Array.of(NaN, 0, -0.1, 0));
 * ```
 *
 * @param prices Prices or a total-return index, shape (days,); NaN is missing.
 * @returns Fractions, shape (days,). NaN until the window is full, and while a missing price is inside.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function priceToHigh(prices: Float64Array, { windowDays }: RollingOptions): Float64Array {
  const highest = rollingMaximum(prices, { windowDays });
  return relativeDifferences(prices, highest);
}

/** `price_to_high_60` and `price_to_high_252`. */
export const priceToHighFeatures = [60, 252].map((windowDays) =>
  defineFeature({
    name: `price_to_high_${windowDays}`,
    family: "momentum",
    needs: ["index"],
    lookbackDays: windowDays - 1,
    expectedSign: 1,
    formula: `total-return index / its maximum of ${windowDays} days - 1`,
    source: "George and Hwang (2004), Journal of Finance 59",
    missing: missingRule.window,
    compute: (bars) => priceToHigh(bars.index, { windowDays }),
  })
);
