import { checkSameLength, type RollingOptions } from "@lib/core";
import { rollingSum } from "./_rolling.ts";
import { once } from "./_once.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotients, relativeDifferences } from "./_quotient.ts";
import { defineFeature, type SymbolBars } from "./feature.ts";

/**
 * Distance of the close from the average price paid (VWAP): close / VWAP - 1, where VWAP = sum(typical price x volume)
 * / sum(volume) over the trailing window, and typical price = (high + low + close) / 3.
 *
 * Daily bars stand in for trades, so this is an approximation of what was paid. Days of many shares count more.
 *
 * Source: Berkowitz, Logue and Noser (1988), The Total Cost of Transactions on the NYSE, Journal of Finance 43.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const price = Float64Array.of(8, 12);
 * const bars = { high: price, low: price, close: price, volume: Float64Array.of(1, 1) };
 * const values = priceToVolumeWeightedAverage(bars, { windowDays: 2 });
 * assert.deepEqual(values, Float64Array.of(NaN, 0.2));
 * ```
 *
 * @param bars Prices, and volume in shares, of one symbol in time order, each of shape (days,); NaN is missing.
 * @returns Fractions, shape (days,). NaN until the window is full, while a missing value is inside, and where nothing
 * was traded.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function priceToVolumeWeightedAverage(
  { high, low, close, volume }: Pick<SymbolBars, "high" | "low" | "close" | "volume">,
  { windowDays }: RollingOptions,
): Float64Array {
  return once(`vwap ${windowDays}`, [high, low, close, volume], () => {
    const lengths = { high: high.length, low: low.length, close: close.length, volume: volume.length };
    checkSameLength("compute the volume-weighted average price", lengths);
    const dollars = new Float64Array(volume.length);
    for (let day = 0; day < dollars.length; day++) {
      dollars[day] = volume[day] * (high[day] + low[day] + close[day]) / 3;
    }
    const average = quotients(rollingSum(dollars, { windowDays }), rollingSum(volume, { windowDays }));
    return relativeDifferences(close, average);
  });
}

/** `price_to_vwap_20`. */
export const priceToVolumeWeightedAverageFeatures = [
  defineFeature({
    name: "price_to_vwap_20",
    family: "volume",
    needs: ["high", "low", "close", "volume"],
    lookbackDays: 19,
    expectedSign: -1,
    formula: "close / (sum of (high + low + close) / 3 x volume / sum of volume) - 1, 20 days",
    source: "Berkowitz, Logue and Noser (1988), Journal of Finance 43, for VWAP",
    missing: `${missingRule.window}; NaN where nothing was traded`,
    compute: (bars) => priceToVolumeWeightedAverage(bars, { windowDays: 20 }),
  }),
];
