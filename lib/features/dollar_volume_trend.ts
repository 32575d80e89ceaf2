import { type RollingOptions, rollingSlope } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { logQuotient } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/**
 * Growth of trade per day: slope of the least-squares line of ln(dollar volume) on time over the trailing window.
 *
 * @example Trade that doubles each day grows by ln 2
 * ```ts
 * import assert from "node:assert/strict";
 * const trend = dollarVolumeTrend(Float64Array.of(1, 2, 4, 8), { windowDays: 3 });
 * assert.ok(Math.abs(trend[3] - Math.LN2) < 1e-12);
 * ```
 *
 * @param dollarVolume Dollars traded each day, shape (days,); NaN is missing.
 * @returns Log units per day, shape (days,). NaN until the window is full, and while a day without trade or a missing
 * value is inside.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function dollarVolumeTrend(dollarVolume: Float64Array, { windowDays }: RollingOptions): Float64Array {
  const logarithms = dollarVolume.map((dollars) => logQuotient(dollars, 1));
  const days = Float64Array.from(dollarVolume.keys());
  return rollingSlope(logarithms, days, { windowDays });
}

/** `dollar_volume_trend_20`. */
export const dollarVolumeTrendFeatures = [
  defineFeature({
    name: "dollar_volume_trend_20",
    family: "volume",
    needs: ["dollar_volume"],
    lookbackDays: 19,
    expectedSign: 0,
    formula: "least-squares slope of ln(dollar volume) on time over 20 days",
    source: "common practice: is interest in the name growing",
    missing: `${missingRule.window}; a day without trade counts as missing`,
    compute: (bars) => dollarVolumeTrend(bars.dollar_volume, { windowDays: 20 }),
  }),
];
