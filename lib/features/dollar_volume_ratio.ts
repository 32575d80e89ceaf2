import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotients } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/** Options of {@linkcode dollarVolumeRatio}. */
export interface DollarVolumeRatioOptions {
  /** Days of the recent mean, at least 1. */
  shortDays: number;
  /** Days of the usual mean, at least 1; they include the recent ones. */
  longDays: number;
}

/**
 * Recent over usual trade: mean dollar volume of `shortDays` / mean dollar volume of `longDays`.
 *
 * Source: Gervais, Kaniel and Mingelgrin (2001), The High-Volume Return Premium, Journal of Finance 56.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(dollarVolumeRatio(Float64Array.of(1, 3), { shortDays: 1, longDays: 2 })[1], 1.5);
 * ```
 *
 * @param dollarVolume Dollars traded each day, shape (days,); NaN is missing.
 * @returns Pure numbers, shape (days,). NaN until the window is full, while a missing value is inside, and where
 * nothing was traded in the longer one.
 * @throws {RangeError} If a number of days is not an integer of at least 1.
 */
export function dollarVolumeRatio(
  dollarVolume: Float64Array,
  { shortDays, longDays }: DollarVolumeRatioOptions,
): Float64Array {
  return quotients(
    rollingMean(dollarVolume, { windowDays: shortDays }),
    rollingMean(dollarVolume, { windowDays: longDays }),
  );
}

/** `dollar_volume_ratio_1_20` and `dollar_volume_ratio_5_20`. */
export const dollarVolumeRatioFeatures = [1, 5].map((shortDays) =>
  defineFeature({
    name: `dollar_volume_ratio_${shortDays}_20`,
    family: "volume",
    needs: ["dollar_volume"],
    lookbackDays: 19,
    expectedSign: 1,
    formula: `mean dollar volume of ${shortDays} day${shortDays === 1 ? "" : "s"} / of 20 days`,
    source: "Gervais, Kaniel and Mingelgrin (2001), Journal of Finance 56",
    missing: `${missingRule.window}; NaN where nothing was traded`,
    compute: (bars) => dollarVolumeRatio(bars.dollar_volume, { shortDays, longDays: 20 }),
  })
);
