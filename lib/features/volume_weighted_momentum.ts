import { checkSameLength, type RollingOptions } from "@lib/core";
import { rollingSum } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotients } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/**
 * Mean daily return of the trailing window, each day weighted by the dollars traded: sum(return x dollars) /
 * sum(dollars). A move that few took part in counts little.
 *
 * Source: Lee and Swaminathan (2000), Price Momentum and Trading Volume, Journal of Finance 55, for the idea that
 * volume tells which momentum lasts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const values = volumeWeightedMomentum(Float64Array.of(0.04, 0), Float64Array.of(1, 3), { windowDays: 2 });
 * assert.deepEqual(values, Float64Array.of(NaN, 0.01));
 * ```
 *
 * @param returns Daily returns (fractions), shape (days,); NaN is missing.
 * @param dollarVolume Dollars traded each day, shape (days,); NaN is missing.
 * @returns Fractions per day, shape (days,). NaN until the window is full, while a missing value is inside, and where
 * nothing was traded.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If `windowDays` is not an integer of at least 1.
 */
export function volumeWeightedMomentum(
  returns: Float64Array,
  dollarVolume: Float64Array,
  { windowDays }: RollingOptions,
): Float64Array {
  checkSameLength("weight momentum by volume", { returns: returns.length, dollarVolume: dollarVolume.length });
  const weighted = returns.map((value, day) => value * dollarVolume[day]);
  const weights = dollarVolume.map((dollars, day) => Number.isNaN(returns[day]) ? NaN : dollars);
  return quotients(rollingSum(weighted, { windowDays }), rollingSum(weights, { windowDays }));
}

/** `volume_weighted_momentum_5` and `_20`. */
export const volumeWeightedMomentumFeatures = [5, 20].map((windowDays) =>
  defineFeature({
    name: `volume_weighted_momentum_${windowDays}`,
    family: "volume",
    needs: ["return", "dollar_volume"],
    lookbackDays: windowDays,
    expectedSign: 0,
    formula: `sum of return x dollar volume / sum of dollar volume, over ${windowDays} days`,
    source: "Lee and Swaminathan (2000), Journal of Finance 55, for the idea",
    missing: `${missingRule.window}; NaN where nothing was traded`,
    compute: (bars) => volumeWeightedMomentum(bars.return, bars.dollar_volume, { windowDays }),
  })
);
