import { checkInteger, checkSameLength } from "@lib/core";
import { rollingMaximum, rollingMinimum } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotient } from "./_quotient.ts";
import { defineFeature, type SymbolBars } from "./feature.ts";

/** Options of {@linkcode volumeProfile}. */
export interface VolumeProfileOptions {
  /** Days that are looked back on, today among them. Default 60. */
  windowDays?: number;
  /** Groups of equal width between the lowest and the highest typical price. Default 30. */
  bins?: number;
}

/**
 * At which prices the trade of the window took place: volume by bins of the typical price, (high + low + close) / 3.
 *
 * Source: Steidlmayer and Koy (1986), Markets and Market Logic, for the profile and its point of control.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const price = Float64Array.of(10, 12, 20);
 * const bars = { high: price, low: price, close: price, volume: Float64Array.of(5, 1, 2) };
 * const { control } = volumeProfile(bars, { windowDays: 3, bins: 2 });
 * assert.deepEqual(control, Float64Array.of(NaN, NaN, 12.5));
 * ```
 *
 * @param bars Prices, and volume in shares, of one symbol, each of shape (days,); NaN is missing.
 * @returns `control`: centre of the bin with most volume, of several the lowest; `nearest`: centre of the bin nearest to
 * the close with more than one and a half times the mean volume of a bin. Both shape (days,), in units of the price; NaN
 * until the window is full, while a missing value is inside, and where nothing was traded or all prices are the same.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If an option is not an integer of at least 1.
 */
export function volumeProfile(
  { high, low, close, volume }: Pick<SymbolBars, "high" | "low" | "close" | "volume">,
  { windowDays = 60, bins = 30 }: VolumeProfileOptions = {},
): { control: Float64Array; nearest: Float64Array } {
  const action = "build a volume profile";
  checkInteger(action, "windowDays", windowDays, { least: 1 });
  checkInteger(action, "bins", bins, { least: 1 });
  checkSameLength(action, { high: high.length, low: low.length, close: close.length, volume: volume.length });
  const typical = close.map((price, day) => (high[day] + low[day] + price) / 3);
  const [lowest, highest] = [rollingMinimum(typical, { windowDays }), rollingMaximum(typical, { windowDays })];
  const [control, nearest] = [0, 1].map(() => new Float64Array(close.length).fill(NaN));
  const profile = new Float64Array(bins);
  let known = 0;
  for (let day = 0; day < close.length; day++) {
    known = Number.isNaN(typical[day] + volume[day]) ? 0 : known + 1;
    if (known < windowDays) continue;
    const first = day - windowDays + 1;
    const [bottom, top] = [lowest[day], highest[day]];
    if (!(top > bottom)) continue;
    profile.fill(0);
    let traded = 0;
    for (let row = first; row <= day; row++) {
      profile[Math.min(bins - 1, Math.floor((typical[row] - bottom) / (top - bottom) * bins))] += volume[row];
      traded += volume[row];
    }
    if (!(traded > 0)) continue;
    let fullest = 0;
    for (let bin = 0; bin < bins; bin++) {
      const centre = bottom + (bin + 0.5) * (top - bottom) / bins;
      if (bin === 0 || profile[bin] > profile[fullest]) {
        fullest = bin;
        control[day] = centre;
      }
      if (!(profile[bin] > 1.5 * traded / bins)) continue;
      if (!(Math.abs(centre - close[day]) >= Math.abs(nearest[day] - close[day]))) nearest[day] = centre;
    }
  }
  return { control, nearest };
}

const shared = {
  family: "volume",
  needs: ["high", "low", "close", "volume"],
  lookbackDays: 59,
  expectedSign: 0,
  source: "Steidlmayer and Koy (1986), Markets and Market Logic; bins as numpy.histogram has them",
  missing: `${missingRule.window}; NaN where nothing was traded or prices stood still`,
} as const;

/** `distance_to_volume_control_60` and `distance_to_volume_node_60`. */
export const volumeProfileFeatures = [
  defineFeature({
    ...shared,
    name: "distance_to_volume_control_60",
    formula: "centre of the fullest of 30 price bins of 60 days' volume / close - 1",
    compute: (bars) =>
      volumeProfile(bars).control.map((price, day) => quotient(price - bars.close[day], bars.close[day])),
  }),
  defineFeature({
    ...shared,
    name: "distance_to_volume_node_60",
    formula: "centre of the nearest of 30 price bins with over 1.5 times the mean volume, 60 days, / close - 1",
    compute: (bars) =>
      volumeProfile(bars).nearest.map((price, day) => quotient(price - bars.close[day], bars.close[day])),
  }),
];
