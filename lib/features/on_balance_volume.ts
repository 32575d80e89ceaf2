import { checkSameLength, type RollingOptions } from "@lib/core";
import { rollingSum } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotients } from "./_quotient.ts";
import { defineFeature, type SymbolBars } from "./feature.ts";

/**
 * Change of on-balance volume over the trailing window, as a share of all volume in it, from -1 (every share changed
 * hands on a falling day) to 1.
 *
 * On-balance volume adds the day's volume when the close rises and takes it away when the close falls; a day without
 * change counts neither way, as in TA-Lib. Its level depends on where the history begins, its change does not.
 *
 * Source: Granville (1963), Granville's New Key to Stock Market Profits.
 *
 * @example Up on 300 shares, down on 100
 * ```ts
 * import assert from "node:assert/strict";
 * const bars = { close: Float64Array.of(10, 11, 9), volume: Float64Array.of(50, 300, 100) };
 * assert.equal(onBalanceVolumeChange(bars, { windowDays: 2 })[2], 0.5);
 * ```
 *
 * @param bars Close, and volume in shares, of one symbol in time order, each of shape (days,); NaN is missing.
 * @returns Fractions, shape (days,). NaN for the first `windowDays` days, while a missing value is inside, and where
 * nothing was traded.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function onBalanceVolumeChange(
  { close, volume }: Pick<SymbolBars, "close" | "volume">,
  { windowDays }: RollingOptions,
): Float64Array {
  checkSameLength("compute on-balance volume", { close: close.length, volume: volume.length });
  const signed = volume.map((shares, day) => day === 0 ? NaN : shares * Math.sign(close[day] - close[day - 1]));
  return quotients(rollingSum(signed, { windowDays }), rollingSum(volume, { windowDays }));
}

/** `on_balance_volume_change_20`. */
export const onBalanceVolumeFeatures = [
  defineFeature({
    name: "on_balance_volume_change_20",
    family: "volume",
    needs: ["close", "volume"],
    lookbackDays: 20,
    expectedSign: 0,
    formula: "change of on-balance volume over 20 days / sum of volume over 20 days",
    source: "Granville (1963), as in TA-Lib OBV",
    missing: `${missingRule.window}; NaN where nothing was traded`,
    compute: (bars) => onBalanceVolumeChange(bars, { windowDays: 20 }),
  }),
];
