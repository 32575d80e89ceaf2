import { lagged, type RollingOptions } from "@lib/core";
import { rollingStandardDeviation } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { logQuotients } from "./_quotient.ts";
import { defineFeature, type SymbolBars } from "./feature.ts";
import { rogersSatchellVolatility } from "./rogers_satchell_volatility.ts";

/**
 * Daily volatility from whole bars, right for prices that drift and for those that jump over night: the variance of
 * ln(open / close before) plus k times that of ln(close / open) plus (1 - k) times that of Rogers and Satchell, with
 * k = 0.34 / (1.34 + (n + 1) / (n - 1)), which makes the variance of the estimate least. Sample variances, divisor n - 1.
 *
 * Source: Yang and Zhang (2000), Drift-Independent Volatility Estimation, Journal of Business 73.
 *
 * @example A price that stands still
 * ```ts
 * import assert from "node:assert/strict";
 * const price = Float64Array.of(10, 10, 10, 10);
 * const bars = { open: price, high: price, low: price, close: price };
 * assert.equal(yangZhangVolatility(bars, { windowDays: 3 })[3], 0);
 * ```
 *
 * @param bars Prices of one symbol in time order, each of shape (days,); NaN is missing.
 * @returns Log units per square root of a day, shape (days,). NaN until the window is full, while a price that is
 * missing or not positive is inside, and where bars that cannot be make a variance negative.
 * @throws {RangeError} If `windowDays` is not an integer of at least 2.
 */
export function yangZhangVolatility(
  bars: Pick<SymbolBars, "open" | "high" | "low" | "close">,
  { windowDays }: RollingOptions,
): Float64Array {
  const before = lagged(bars.close, 1);
  const night = logQuotients(bars.open, before);
  const session = logQuotients(bars.close, bars.open);
  const [nights, sessions] = [night, session].map((values) => rollingStandardDeviation(values, { windowDays }));
  const inside = rogersSatchellVolatility(bars, { windowDays });
  const share = 0.34 / (1.34 + (windowDays + 1) / (windowDays - 1));
  return inside.map((value, day) =>
    Math.sqrt(nights[day] ** 2 + share * sessions[day] ** 2 + (1 - share) * value ** 2)
  );
}

/** `yang_zhang_volatility_20`. */
export const yangZhangVolatilityFeatures = [
  defineFeature({
    name: "yang_zhang_volatility_20",
    family: "risk",
    needs: ["open", "high", "low", "close"],
    lookbackDays: 20,
    expectedSign: -1,
    formula: "sqrt(var ln(open / close before) + k var ln(close / open) + (1 - k) Rogers-Satchell variance), 20 days",
    source: "Yang and Zhang (2000), Journal of Business 73",
    missing: missingRule.window,
    compute: (bars) => yangZhangVolatility(bars, { windowDays: 20 }),
  }),
];
