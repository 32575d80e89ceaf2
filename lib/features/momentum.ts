import { checkInteger } from "@lib/core";
import { once } from "./_once.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotient } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/** Options of {@linkcode momentum}. */
export interface MomentumOptions {
  /** Days from the first price to today, at least 1. */
  windowDays: number;
  /** Latest days left out, fewer than `windowDays`. Default 0. */
  skipDays?: number;
}

/**
 * Return over the past `windowDays` days, less the latest `skipDays`: price[t - skip] / price[t - window] - 1.
 *
 * A year without its last month (252 skip 21, known as 12-1) is the momentum of the literature: the last month is left
 * out because over a few weeks returns tend to turn back.
 *
 * Source: Jegadeesh and Titman (1993), Returns to Buying Winners and Selling Losers, Journal of Finance 48.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(momentum(Float64Array.of(4, 5, 6), { windowDays: 2 }), Float64Array.of(NaN, NaN, 0.5));
 * assert.deepEqual(momentum(Float64Array.of(4, 5, 6), { windowDays: 2, skipDays: 1 })[2], 0.25);
 * ```
 *
 * @param prices Prices or a total-return index of one symbol in time order, shape (days,); NaN is missing.
 * @returns Fractions, shape (days,). NaN for the first `windowDays` days and where either price is missing.
 * @throws {RangeError} If a number of days is not an integer in its range.
 */
export function momentum(prices: Float64Array, { windowDays, skipDays = 0 }: MomentumOptions): Float64Array {
  checkInteger("compute momentum", "windowDays", windowDays, { least: 1 });
  checkInteger("compute momentum", "skipDays", skipDays, { least: 0, most: windowDays - 1 });
  return once(`momentum ${windowDays} ${skipDays}`, [prices], () => {
    const result = new Float64Array(prices.length).fill(NaN);
    for (let day = windowDays; day < prices.length; day++) {
      result[day] = quotient(prices[day - skipDays], prices[day - windowDays]) - 1;
    }
    return result;
  });
}

const expectedSigns = { 1: -1, 5: -1, 10: -1, 20: -1, 60: 0, 120: 1 } as const;

/** `momentum_1` to `momentum_120`, and 12-1 momentum as `momentum_252_21`. */
export const momentumFeatures = [
  ...([1, 5, 10, 20, 60, 120] as const).map((windowDays) =>
    defineFeature({
      name: `momentum_${windowDays}`,
      family: "momentum",
      needs: ["index"],
      lookbackDays: windowDays,
      expectedSign: expectedSigns[windowDays],
      formula: `total return over ${windowDays} day${windowDays === 1 ? "" : "s"}`,
      source: windowDays <= 20
        ? "Jegadeesh (1990), Journal of Finance 45; Lehmann (1990), Quarterly Journal of Economics 105"
        : "Jegadeesh and Titman (1993), Journal of Finance 48",
      missing: missingRule.ends,
      compute: (bars) => momentum(bars.index, { windowDays }),
    })
  ),
  defineFeature({
    name: "momentum_252_21",
    family: "momentum",
    needs: ["index"],
    lookbackDays: 252,
    expectedSign: 1,
    formula: "total return over 252 days without the latest 21",
    source: "Jegadeesh and Titman (1993), Journal of Finance 48; Carhart (1997), Journal of Finance 52",
    missing: missingRule.ends,
    compute: (bars) => momentum(bars.index, { windowDays: 252, skipDays: 21 }),
  }),
];
