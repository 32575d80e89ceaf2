import { rollingMean } from "./_rolling.ts";
import { missingRule } from "./_missing_rule.ts";
import { quotient, quotients } from "./_quotient.ts";
import { defineFeature } from "./feature.ts";

/** Options of {@linkcode abnormalTurnover}. */
export interface AbnormalTurnoverOptions {
  /** Days of the recent mean, at least 1. */
  shortDays: number;
  /** Days of the usual mean, at least 1; they include the recent ones. */
  longDays: number;
}

/**
 * Share of the company that changed hands on a day: shares traded / shares outstanding.
 *
 * Both must count the same shares. A volume that was adjusted for splits needs a number of shares adjusted alike; a
 * number as reported goes with the volume as traded, and one that is reported weeks after a split makes turnover wrong
 * by its ratio until then.
 *
 * Source: Datar, Naik and Radcliffe (1998), Liquidity and Stock Returns: An Alternative Test, Journal of Financial
 * Markets 1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(turnover(Float64Array.of(5, 5), Float64Array.of(1000, 0)), Float64Array.of(0.005, NaN));
 * ```
 *
 * @param volume Shares traded each day, shape (days,); NaN is missing.
 * @param sharesOutstanding As known at the close of each day, shape (days,); NaN is missing.
 * @returns Fractions a day, shape (days,). NaN where one of both is missing, or the number of shares is not positive.
 */
export function turnover(volume: Float64Array, sharesOutstanding: Float64Array): Float64Array {
  return volume.map((traded, day) => sharesOutstanding[day] > 0 ? quotient(traded, sharesOutstanding[day]) : NaN);
}

/**
 * Recent over usual turnover: mean of `shortDays` / mean of `longDays`. Unlike the ratio of dollar volume it does not move
 * with the price, nor with shares that are issued or bought back.
 *
 * Source: Liu, Stambaugh and Yuan (2019), Size and Value in China, Journal of Financial Economics 134 (20 and 250 days).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(abnormalTurnover(Float64Array.of(0.01, 0.03), { shortDays: 1, longDays: 2 })[1], 1.5);
 * ```
 *
 * @param daily What {@linkcode turnover} gives, shape (days,).
 * @returns Pure numbers, shape (days,). NaN until the window is full, while a missing value is inside, and where nothing
 * was traded in the longer one.
 * @throws {RangeError} If a number of days is not an integer of at least 1.
 */
export function abnormalTurnover(
  daily: Float64Array,
  { shortDays, longDays }: AbnormalTurnoverOptions,
): Float64Array {
  return quotients(rollingMean(daily, { windowDays: shortDays }), rollingMean(daily, { windowDays: longDays }));
}

const shared = {
  family: "volume",
  needs: ["volume", "shares_outstanding"],
} as const;

const abnormal = [
  {
    shortDays: 5,
    longDays: 60,
    expectedSign: 1,
    source: "Gervais, Kaniel and Mingelgrin (2001), Journal of Finance 56",
  },
  { shortDays: 20, longDays: 250, expectedSign: -1, source: "Liu, Stambaugh and Yuan (2019), JFE 134" },
] as const;

/**
 * `turnover_20`, `turnover_60` and `turnover_250`; `abnormal_turnover_5_60` and `abnormal_turnover_20_250`. For markets
 * that were joined with a column `shares_outstanding`, by when each number was published.
 */
export const turnoverFeatures = [
  ...[20, 60, 250].map((windowDays) =>
    defineFeature({
      ...shared,
      name: `turnover_${windowDays}`,
      lookbackDays: windowDays - 1,
      expectedSign: -1,
      formula: `mean of shares traded / shares outstanding over ${windowDays} days`,
      source: "Datar, Naik and Radcliffe (1998), Journal of Financial Markets 1",
      missing: `${missingRule.window}; a number of shares that is not positive is missing`,
      compute: (bars) => rollingMean(turnover(bars.volume, bars.shares_outstanding), { windowDays }),
    })
  ),
  ...abnormal.map(({ shortDays, longDays, expectedSign, source }) =>
    defineFeature({
      ...shared,
      name: `abnormal_turnover_${shortDays}_${longDays}`,
      lookbackDays: longDays - 1,
      expectedSign,
      formula: `mean turnover of ${shortDays} days / of ${longDays} days`,
      source,
      missing: `${missingRule.window}; NaN where nothing was traded`,
      compute: (bars) => abnormalTurnover(turnover(bars.volume, bars.shares_outstanding), { shortDays, longDays }),
    })
  ),
];
