import { type RollingOptions } from "@lib/core";
import { rollingMean } from "./_rolling.ts";
import { once } from "./_once.ts";
import { missingRule } from "./_missing_rule.ts";
import { logQuotient } from "./_quotient.ts";
import { defineFeature, type SymbolBars } from "./feature.ts";

/**
 * Daily volatility from whole bars, right also for a price that drifts:
 * sqrt(mean(ln(high / close) ln(high / open) + ln(low / close) ln(low / open))) over the trailing window.
 *
 * Source: Rogers and Satchell (1991), Estimating Variance from High, Low and Closing Prices, Annals of Applied
 * Probability 1.
 *
 * @example A day that only rises has drift and no volatility
 * ```ts
 * import assert from "node:assert/strict";
 * const [open, high, low, close] = [10, 12, 10, 12].map((price) => Float64Array.of(price));
 * assert.equal(rogersSatchellVolatility({ open, high, low, close }, { windowDays: 1 })[0], 0);
 * ```
 *
 * @param bars Prices of one symbol in time order, each of shape (days,); NaN is missing.
 * @returns Log units per square root of a day, shape (days,). NaN until the window is full, while a price that is
 * missing or not positive is inside, and where bars that cannot be make the mean negative.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function rogersSatchellVolatility(
  { open, high, low, close }: Pick<SymbolBars, "open" | "high" | "low" | "close">,
  { windowDays }: RollingOptions,
): Float64Array {
  return once(`Rogers-Satchell ${windowDays}`, [open, high, low, close], () => {
    const variances = new Float64Array(close.length);
    for (let day = 0; day < variances.length; day++) {
      variances[day] = logQuotient(high[day], close[day]) * logQuotient(high[day], open[day]) +
        logQuotient(low[day], close[day]) * logQuotient(low[day], open[day]);
    }
    return rollingMean(variances, { windowDays }).map(Math.sqrt);
  });
}

/** `rogers_satchell_volatility_20`. */
export const rogersSatchellVolatilityFeatures = [
  defineFeature({
    name: "rogers_satchell_volatility_20",
    family: "risk",
    needs: ["open", "high", "low", "close"],
    lookbackDays: 19,
    expectedSign: -1,
    formula: "square root of the mean over 20 days of ln(high/close) ln(high/open) + ln(low/close) ln(low/open)",
    source: "Rogers and Satchell (1991), Annals of Applied Probability 1",
    missing: missingRule.window,
    compute: (bars) => rogersSatchellVolatility(bars, { windowDays: 20 }),
  }),
];
