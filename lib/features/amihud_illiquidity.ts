import { checkSameLength, type RollingOptions } from "@lib/core";
import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotient } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/**
 * Illiquidity: how far the price moves per million dollars traded, the mean of |return| / dollar volume x 1,000,000
 * over the trailing window.
 *
 * Source: Amihud (2002), Illiquidity and Stock Returns, Journal of Financial Markets 5.
 *
 * @example One per cent on two million dollars
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(amihudIlliquidity(Float64Array.of(-0.01), Float64Array.of(2e6), { windowDays: 1 })[0], 0.005);
 * ```
 *
 * @param returns Daily returns (fractions), shape (days,); NaN is missing.
 * @param dollarVolume Dollars traded each day, shape (days,); NaN is missing.
 * @returns Fractions per million dollars, shape (days,). NaN until the window is full, and while a day without trade
 * or a missing value is inside.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function amihudIlliquidity(
  returns: Float64Array,
  dollarVolume: Float64Array,
  { windowDays }: RollingOptions,
): Float64Array {
  checkSameLength("compute illiquidity", { returns: returns.length, dollarVolume: dollarVolume.length });
  const impact = returns.map((value, day) => quotient(Math.abs(value), dollarVolume[day] / 1e6));
  return rollingMean(impact, { windowDays });
}

/** `amihud_illiquidity_20`. */
export const amihudIlliquidityFeatures = [
  defineFeature({
    name: "amihud_illiquidity_20",
    family: "volume",
    needs: ["return", "dollar_volume"],
    lookbackDays: 20,
    expectedSign: 1,
    formula: "mean over 20 days of |return| / dollar volume in millions",
    source: "Amihud (2002), Journal of Financial Markets 5",
    missing: `${missingRule.window}; a day without trade counts as missing`,
    compute: (bars) => amihudIlliquidity(bars.return, bars.dollar_volume, { windowDays: 20 }),
  }),
];
