import { checkInteger, type RollingOptions } from "@lib/core";
import { missingRule } from "./_missing_rule.ts";
import { quotient } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/**
 * Skewness of the trailing window: which tail is the longer one.
 *
 * The adjusted Fisher-Pearson coefficient sqrt(n (n - 1)) / (n - 2) x m3 / m2^(3/2), with the central moments m2 and m3
 * of divisor n, as in pandas, Excel and `scipy.stats.skew(bias=False)`.
 *
 * Source: Joanes and Gill (1998), Comparing Measures of Sample Skewness and Kurtosis, The Statistician 47, as G1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const values = skewness(Float64Array.of(0, 0, 3), { windowDays: 3 });
 * assert.ok(Math.abs(values[2] - Math.sqrt(3)) < 1e-12);
 * ```
 *
 * @param returns Daily returns, shape (days,); NaN is missing.
 * @returns Pure numbers, shape (days,). NaN until the window is full, while a missing value is inside, and where
 * nothing varies.
 * @throws {RangeError} If `windowDays` is not an integer of at least 3.
 */
export function skewness(returns: Float64Array, { windowDays }: RollingOptions): Float64Array {
  checkInteger("compute skewness", "windowDays", windowDays, { least: 3 });
  const adjustment = Math.sqrt(windowDays * (windowDays - 1)) / (windowDays - 2);
  const result = new Float64Array(returns.length).fill(NaN);
  let known = 0;
  for (let day = 0; day < returns.length; day++) {
    known = Number.isNaN(returns[day]) ? 0 : known + 1;
    if (known < windowDays) continue;
    const first = day - windowDays + 1;
    let sum = 0;
    for (let row = first; row <= day; row++) sum += returns[row];
    const mean = sum / windowDays;
    let [squares, cubes] = [0, 0];
    for (let row = first; row <= day; row++) {
      const deviation = returns[row] - mean;
      squares += deviation * deviation;
      cubes += deviation * deviation * deviation;
    }
    const variance = squares / windowDays;
    result[day] = adjustment * quotient(cubes / windowDays, variance * Math.sqrt(variance));
  }
  return result;
}

/** `skewness_60`. */
export const skewnessFeatures = [
  defineFeature({
    name: "skewness_60",
    family: "risk",
    needs: ["return"],
    lookbackDays: 60,
    expectedSign: -1,
    formula: "adjusted Fisher-Pearson skewness of 60 daily returns",
    source: "Amaya, Christoffersen, Jacobs and Vasquez (2015), Journal of Financial Economics 118",
    missing: `${missingRule.window}; NaN where nothing varies`,
    compute: (bars) => skewness(bars.return, { windowDays: 60 }),
  }),
];
