import { type RollingOptions } from "@lib/core";
import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

/**
 * Downside deviation about zero: the square root of the mean of min(return, 0)^2 over the trailing window.
 *
 * Days without a loss count in the mean, with 0; the divisor is n.
 *
 * Source: Sortino and van der Meer (1991), Downside Risk, Journal of Portfolio Management 17.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const returns = Float64Array.of(-0.03, 0.5, 0, -0.04, 0.1);
 * assert.ok(Math.abs(downsideVolatility(returns, { windowDays: 4 })[3] - 0.025) < 1e-15);
 * ```
 *
 * @param returns Daily returns (fractions), shape (days,); NaN is missing.
 * @returns Fractions of at least 0, shape (days,). NaN until the window is full, and while a missing value is inside.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function downsideVolatility(returns: Float64Array, { windowDays }: RollingOptions): Float64Array {
  const squaredLosses = returns.map((value) => value > 0 ? 0 : value * value);
  return rollingMean(squaredLosses, { windowDays }).map(Math.sqrt);
}

/** `downside_volatility_60`. */
export const downsideVolatilityFeatures = [
  defineFeature({
    name: "downside_volatility_60",
    family: "risk",
    needs: ["return"],
    lookbackDays: 60,
    expectedSign: 0,
    formula: "square root of the mean of min(return, 0)^2 over 60 days",
    source: "Sortino and van der Meer (1991), Journal of Portfolio Management 17",
    missing: missingRule.window,
    compute: (bars) => downsideVolatility(bars.return, { windowDays: 60 }),
  }),
];
