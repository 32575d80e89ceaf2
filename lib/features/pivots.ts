import { checkInteger } from "@lib/core";
import { rollingMaximum, rollingMinimum } from "./_rolling.ts";
import { once } from "./_once.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotient } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/** Bars on each side of a pivot: it is known so many days after its own. */
const SIDE_DAYS = 2;
const WINDOW_DAYS = 60;

/** Options of {@linkcode pivots}. */
export interface PivotsOptions {
  /** Bars on each side that a pivot stands above, at least 1. Default 2. */
  sideDays?: number;
}

/**
 * Fractal pivots of a series of highs: values above those of the bars on either side, each told on the day on which it
 * is known, `sideDays` later. (For pivots of lows, pass the lows with their signs turned.)
 *
 * Source: Williams (1995), Trading Chaos, for the fractal of five bars.
 *
 * @example The peak of day 2 is known on day 4
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(pivots(Float64Array.of(1, 2, 5, 3, 2)), Float64Array.of(NaN, NaN, NaN, NaN, 5));
 * ```
 *
 * @param highs Shape (days,); NaN is missing, and no pivot has one beside it.
 * @returns Shape (days,): the pivot that became known on the day, NaN where none did.
 * @throws {RangeError} If `sideDays` is not an integer of at least 1.
 */
export function pivots(highs: Float64Array, { sideDays = SIDE_DAYS }: PivotsOptions = {}): Float64Array {
  checkInteger("find pivots", "sideDays", sideDays, { least: 1 });
  return once(`pivots ${sideDays}`, [highs], () => {
    const found = new Float64Array(highs.length).fill(NaN);
    for (let day = 2 * sideDays; day < highs.length; day++) {
      const peak = highs[day - sideDays];
      let isPivot = true;
      for (let away = 1; away <= sideDays; away++) {
        isPivot &&= peak > highs[day - sideDays - away] && peak > highs[day - sideDays + away];
      }
      if (isPivot) found[day] = peak;
    }
    return found;
  });
}

/** For each day with a full window, `choose` of the pivots that became known in it; NaN otherwise. */
function ofWindow(
  known: readonly Float64Array[],
  found: Float64Array,
  choose: (pivots: readonly number[], day: number) => number,
): Float64Array {
  const values = new Float64Array(found.length).fill(NaN);
  let days = 0;
  for (let day = 0; day < found.length; day++) {
    days = known.some((series) => Number.isNaN(series[day])) ? 0 : days + 1;
    if (days < WINDOW_DAYS) continue;
    const inside: number[] = [];
    for (let row = day - WINDOW_DAYS + 1 + 2 * SIDE_DAYS; row <= day; row++) {
      if (!Number.isNaN(found[row])) inside.push(found[row]);
    }
    values[day] = choose(inside, day);
  }
  return values;
}

const negative = (values: Float64Array) => values.map((value) => -value);
const shared = {
  family: "trend",
  lookbackDays: WINDOW_DAYS - 1,
  source: "Williams (1995), Trading Chaos, for pivots; Osler (2000), FRBNY Economic Policy Review 6, for levels",
} as const;
const missing = `${missingRule.window}; NaN where the window has no pivot`;

/**
 * `distance_to_high_pivot_60` and `distance_to_low_pivot_60`, from the close to the newest pivot of the window;
 * `distance_to_resistance_60` and `distance_to_support_60`, to the nearest level above and below, pivots and the
 * extremes of the window being levels.
 */
export const pivotFeatures = [
  defineFeature({
    ...shared,
    name: "distance_to_high_pivot_60",
    needs: ["high", "close"],
    expectedSign: 0,
    formula: "newest high above those of 2 bars on either side, in 60 days, / close - 1",
    missing,
    compute: ({ high, close }) =>
      ofWindow([high, close], pivots(high), (levels, day) => quotient((levels.at(-1) ?? NaN) - close[day], close[day])),
  }),
  defineFeature({
    ...shared,
    name: "distance_to_low_pivot_60",
    needs: ["low", "close"],
    expectedSign: 0,
    formula: "1 - newest low below those of 2 bars on either side, in 60 days, / close",
    missing,
    compute: ({ low, close }) =>
      ofWindow(
        [low, close],
        pivots(negative(low)),
        (levels, day) => quotient(close[day] + (levels.at(-1) ?? NaN), close[day]),
      ),
  }),
  defineFeature({
    ...shared,
    name: "distance_to_resistance_60",
    needs: ["high", "close"],
    expectedSign: 0,
    formula: "lowest of pivots and highest high of 60 days that is not below the close, / close - 1",
    missing: missingRule.window,
    compute: ({ high, close }) => {
      const top = rollingMaximum(high, { windowDays: WINDOW_DAYS });
      return ofWindow([high, close], pivots(high), (levels, day) => {
        const level = Math.min(top[day], ...levels.filter((price) => price >= close[day]));
        return quotient(Math.max(level, close[day]) - close[day], close[day]);
      });
    },
  }),
  defineFeature({
    ...shared,
    name: "distance_to_support_60",
    needs: ["low", "close"],
    expectedSign: 0,
    formula: "1 - highest of pivots and lowest low of 60 days that is not above the close, / close",
    missing: missingRule.window,
    compute: ({ low, close }) => {
      const bottom = rollingMinimum(low, { windowDays: WINDOW_DAYS });
      return ofWindow([low, close], pivots(negative(low)), (levels, day) => {
        const level = Math.max(bottom[day], ...levels.map((price) => -price).filter((price) => price <= close[day]));
        return quotient(close[day] - Math.min(level, close[day]), close[day]);
      });
    },
  }),
];
