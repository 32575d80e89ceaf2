import { checkInteger, checkNumber } from "@lib/core";
import { once } from "./_once.ts";
import { missingRule } from "./_missing_rule.ts";
import { differences, positions, quotients } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/** Options of {@linkcode bollingerBands}. */
export interface BollingerBandsOptions {
  /** Length of the window in days, at least 2. Default 20. */
  windowDays?: number;
  /** Standard deviations from the middle to either band. Default 2. */
  deviations?: number;
}

/**
 * Bollinger bands: the mean of the trailing window, and two standard deviations above and below it.
 *
 * The deviation is the population's (divisor n), as in TA-Lib and in Bollinger's book. A window of equal prices has
 * bands of exactly no width.
 *
 * Source: Bollinger (2001), Bollinger on Bollinger Bands.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { lower, middle, upper } = bollingerBands(Float64Array.of(9, 11), { windowDays: 2 });
 * assert.deepEqual([lower[1], middle[1], upper[1]], [8, 10, 12]);
 * ```
 *
 * @param prices Prices or an index, shape (days,); NaN is missing.
 * @returns Three series in units of the price, each of shape (days,). NaN until the window is full, and while a
 * missing price is inside.
 * @throws {RangeError} If an option is out of range.
 */
export function bollingerBands(
  prices: Float64Array,
  { windowDays = 20, deviations = 2 }: BollingerBandsOptions = {},
): { lower: Float64Array; middle: Float64Array; upper: Float64Array } {
  checkInteger("compute Bollinger bands", "windowDays", windowDays, { least: 2 });
  checkNumber("compute Bollinger bands", "deviations", deviations, { least: 0 });
  const [lower, middle, upper] = [0, 1, 2].map(() => new Float64Array(prices.length).fill(NaN));
  let known = 0;
  for (let day = 0; day < prices.length; day++) {
    known = Number.isNaN(prices[day]) ? 0 : known + 1;
    if (known < windowDays) continue;
    const first = day - windowDays + 1;
    const origin = prices[first]; // counted from here, equal prices leave no rounding behind
    let sum = 0;
    for (let row = first; row <= day; row++) sum += prices[row] - origin;
    const mean = sum / windowDays;
    let squares = 0;
    for (let row = first; row <= day; row++) {
      const deviation = prices[row] - origin - mean;
      squares += deviation * deviation;
    }
    const halfWidth = deviations * Math.sqrt(squares / windowDays);
    middle[day] = origin + mean;
    lower[day] = middle[day] - halfWidth;
    upper[day] = middle[day] + halfWidth;
  }
  return { lower, middle, upper };
}

/** `bollinger_position_20` and `bollinger_width_20`. */
export const bollingerBandsFeatures = [
  defineFeature({
    name: "bollinger_position_20",
    family: "oscillator",
    needs: ["index"],
    lookbackDays: 19,
    expectedSign: -1,
    formula: "(total-return index - lower band) / (upper band - lower band), 20 days and 2 standard deviations",
    source: "Bollinger (2001), as %b; bands as in TA-Lib BBANDS",
    missing: `${missingRule.window}; NaN where the bands have no width`,
    compute: ({ index }) => {
      const { lower, upper } = once("Bollinger bands", [index], () => bollingerBands(index));
      return positions(index, lower, upper);
    },
  }),
  defineFeature({
    name: "bollinger_width_20",
    family: "risk",
    needs: ["index"],
    lookbackDays: 19,
    expectedSign: 0,
    formula: "(upper band - lower band) / middle, 20 days and 2 standard deviations",
    source: "Bollinger (2001), as BandWidth; bands as in TA-Lib BBANDS",
    missing: missingRule.window,
    compute: ({ index }) => {
      const { lower, middle, upper } = once("Bollinger bands", [index], () => bollingerBands(index));
      return quotients(differences(upper, lower), middle);
    },
  }),
];
