import { checkInteger, checkSameLength, type RollingOptions } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { logQuotient, quotient } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/**
 * Pearson correlation of the daily return with ln(dollar volume) over the trailing window: is the name traded most
 * when it rises, or when it falls?
 *
 * Source: the price-volume correlations of the Alpha158 set of Microsoft Qlib (there of the price level).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const dollars = Float64Array.of(1, Math.E, Math.E ** 2);
 * const values = returnVolumeCorrelation(Float64Array.of(0, 0.01, 0.02), dollars, { windowDays: 3 });
 * assert.ok(Math.abs(values[2] - 1) < 1e-12);
 * ```
 *
 * @param returns Daily returns (fractions), shape (days,); NaN is missing.
 * @param dollarVolume Dollars traded each day, shape (days,); NaN is missing.
 * @returns From -1 to 1, shape (days,). NaN until the window is full, while a day without trade or a missing value is
 * inside, and where either does not vary.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If `windowDays` is not an integer of at least 2.
 */
export function returnVolumeCorrelation(
  returns: Float64Array,
  dollarVolume: Float64Array,
  { windowDays }: RollingOptions,
): Float64Array {
  const action = "correlate returns with volume";
  checkSameLength(action, { returns: returns.length, dollarVolume: dollarVolume.length });
  checkInteger(action, "windowDays", windowDays, { least: 2 });
  const logarithms = dollarVolume.map((dollars) => logQuotient(dollars, 1));
  const result = new Float64Array(returns.length).fill(NaN);
  let known = 0;
  for (let day = 0; day < returns.length; day++) {
    known = Number.isNaN(returns[day] + logarithms[day]) ? 0 : known + 1;
    if (known < windowDays) continue;
    const first = day - windowDays + 1;
    const [originX, originY] = [returns[first], logarithms[first]]; // equal values then leave no rounding behind
    let [sumX, sumY] = [0, 0];
    for (let row = first; row <= day; row++) {
      sumX += returns[row] - originX;
      sumY += logarithms[row] - originY;
    }
    const [meanX, meanY] = [sumX / windowDays, sumY / windowDays];
    let [xx, yy, xy] = [0, 0, 0];
    for (let row = first; row <= day; row++) {
      const x = returns[row] - originX - meanX;
      const y = logarithms[row] - originY - meanY;
      xx += x * x;
      yy += y * y;
      xy += x * y;
    }
    result[day] = Math.max(-1, Math.min(1, quotient(xy, Math.sqrt(xx * yy))));
  }
  return result;
}

/** `return_volume_correlation_20`. */
export const returnVolumeCorrelationFeatures = [
  defineFeature({
    name: "return_volume_correlation_20",
    family: "volume",
    needs: ["return", "dollar_volume"],
    lookbackDays: 20,
    expectedSign: 0,
    formula: "Pearson correlation of the return with ln(dollar volume) over 20 days",
    source: "Microsoft Qlib, Alpha158 (CORR and CORD, there of prices)",
    missing: `${missingRule.window}; a day without trade counts as missing; NaN where either does not vary`,
    compute: (bars) => returnVolumeCorrelation(bars.return, bars.dollar_volume, { windowDays: 20 }),
  }),
];
