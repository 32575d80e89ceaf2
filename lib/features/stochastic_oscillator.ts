import { checkInteger, checkSameLength } from "@lib/core";
import { rollingMaximum, rollingMean, rollingMinimum } from "./_rolling.ts";
import { once } from "./_once.ts";
import { missingRule } from "./_missing_rule.ts";
import { positions } from "./_quotient.ts";
import { defineFeature, type SymbolBars } from "./feature.ts";

/** Options of {@linkcode stochasticOscillator}. */
export interface StochasticOscillatorOptions {
  /** Length of the range in days, at least 1. Default 14. */
  windowDays?: number;
  /** Days over which %K is averaged into %D, at least 1. Default 3. */
  smoothDays?: number;
}

/**
 * Stochastic oscillator: where the close stands in the range of the trailing window, from 0 (at the low) to 100.
 *
 * The fast form, as TA-Lib's STOCHF: %K is unsmoothed, %D its simple mean. One difference: where the range is empty
 * %K is NaN, not 0, which would say that the close is at the low.
 *
 * Source: Lane (1984), Lane's Stochastics, Technical Analysis of Stocks and Commodities 2.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bars = { high: Float64Array.of(10, 12), low: Float64Array.of(8, 9), close: Float64Array.of(9, 11) };
 * assert.deepEqual(stochasticOscillator(bars, { windowDays: 2 }).k, Float64Array.of(NaN, 75));
 * ```
 *
 * @param bars Prices of one symbol in time order, each of shape (days,); NaN is missing.
 * @returns %K and %D, each of shape (days,). NaN until the window is full, and while a missing price or, for %D, an
 * empty range is inside.
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If a number of days is not an integer of at least 1.
 */
export function stochasticOscillator(
  { high, low, close }: Pick<SymbolBars, "high" | "low" | "close">,
  { windowDays = 14, smoothDays = 3 }: StochasticOscillatorOptions = {},
): { k: Float64Array; d: Float64Array } {
  checkInteger("compute the stochastic oscillator", "windowDays", windowDays, { least: 1 });
  checkInteger("compute the stochastic oscillator", "smoothDays", smoothDays, { least: 1 });
  checkSameLength("compute the stochastic oscillator", { high: high.length, low: low.length, close: close.length });
  return once(`stochastic ${windowDays} ${smoothDays}`, [high, low, close], () => {
    const highest = rollingMaximum(high, { windowDays });
    const lowest = rollingMinimum(low, { windowDays });
    const k = positions(close, lowest, highest);
    for (let day = 0; day < k.length; day++) k[day] *= 100;
    return { k, d: rollingMean(k, { windowDays: smoothDays }) };
  });
}

const shared = {
  family: "oscillator",
  needs: ["high", "low", "close"],
  expectedSign: -1,
  source: "Lane (1984), as in TA-Lib STOCHF",
  missing: `${missingRule.window}; NaN where the range is empty`,
} as const;

/** `stochastic_k_14` and `stochastic_d_14_3`. */
export const stochasticOscillatorFeatures = [
  defineFeature({
    ...shared,
    name: "stochastic_k_14",
    lookbackDays: 13,
    formula: "100 x (close - lowest low) / (highest high - lowest low), 14 days",
    compute: (bars) => stochasticOscillator(bars).k,
  }),
  defineFeature({
    ...shared,
    name: "stochastic_d_14_3",
    lookbackDays: 15,
    formula: "mean of stochastic_k_14 over 3 days",
    compute: (bars) => stochasticOscillator(bars).d,
  }),
];
