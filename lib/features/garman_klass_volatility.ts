import { type RollingOptions } from "@lib/core";
import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { logQuotients } from "./_quotient.ts";
import { defineFeature, type SymbolBars } from "./feature.ts";

/**
 * Daily volatility from whole bars: sqrt(mean(ln(high / low)^2 / 2 - (2 ln 2 - 1) ln(close / open)^2)) over the
 * trailing window.
 *
 * The practical form of Garman and Klass, more efficient than Parkinson's; it too assumes no drift, and does not see
 * moves between close and open.
 *
 * Source: Garman and Klass (1980), On the Estimation of Security Price Volatilities from Historical Data, Journal of
 * Business 53, equation 20.
 *
 * @example A day that ends where it began
 * ```ts
 * import assert from "node:assert/strict";
 * const [open, high, low, close] = [1, Math.E, 1, 1].map((price) => Float64Array.of(price));
 * assert.equal(garmanKlassVolatility({ open, high, low, close }, { windowDays: 1 })[0], Math.SQRT1_2);
 * ```
 *
 * @param bars Prices of one symbol in time order, each of shape (days,); NaN is missing.
 * @returns Log units per square root of a day, shape (days,). NaN until the window is full, while a price that is
 * missing or not positive is inside, and where bars that cannot be make the mean negative.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function garmanKlassVolatility(
  { open, high, low, close }: Pick<SymbolBars, "open" | "high" | "low" | "close">,
  { windowDays }: RollingOptions,
): Float64Array {
  const [ranges, bodies] = [logQuotients(high, low), logQuotients(close, open)];
  const variances = new Float64Array(close.length);
  for (let day = 0; day < variances.length; day++) {
    const range = ranges[day], body = bodies[day];
    variances[day] = range * range / 2 - (2 * Math.LN2 - 1) * body * body;
  }
  return rollingMean(variances, { windowDays }).map(Math.sqrt);
}

/** `garman_klass_volatility_20`. */
export const garmanKlassVolatilityFeatures = [
  defineFeature({
    name: "garman_klass_volatility_20",
    family: "risk",
    needs: ["open", "high", "low", "close"],
    lookbackDays: 19,
    expectedSign: -1,
    formula: "square root of the mean over 20 days of ln(high / low)^2 / 2 - (2 ln 2 - 1) ln(close / open)^2",
    source: "Garman and Klass (1980), Journal of Business 53",
    missing: missingRule.window,
    compute: (bars) => garmanKlassVolatility(bars, { windowDays: 20 }),
  }),
];
