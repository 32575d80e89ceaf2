import { isIsoDay } from "@lib/core";
import type { RawBars } from "./raw_bars.ts";
import { tradingCalendar } from "./trading_calendar.ts";

/**
 * How much of a market may be looked at: `development` ends before the final block, `final` is all of it. Whatever is
 * tried on development days costs a claim on the final block nothing; each look at that block does.
 */
export const TIERS = ["development", "final"] as const;

/** One of {@linkcode TIERS}. */
export type Tier = typeof TIERS[number];

/** Options that every loader of a market takes. */
export interface TierOptions {
  /** Default `development`. */
  tier?: Tier;
}

/** What {@linkcode cutToTier} goes by. */
export interface CutToTierOptions {
  tier: Tier;
  /** First day of the final block, ISO. Default: that of the last fifth of the trading days, rounded down. */
  finalFrom?: string;
  /** ISO day after which no bar can exist yet; later rows are faults and no days. */
  today: string;
}

const finalShare = 5; // the final block is one part in so many

/**
 * Bars as a tier knows them. In `development` every row of the final block, what was amiss in reading it, and symbols
 * that have no other rows are gone before anything is validated, so that they can change nothing.
 *
 * Rows whose date cannot be read belong to no tier and stay where they are counted, in both.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { weekdays } from "@lib/core";
 * const days = weekdays("2020-01-01", 10);
 * const bars = [{
 *   symbol: "A", file: "A.csv", days, lines: days.map((_, row) => row + 2), rowsRead: 10, faults: [],
 *   columns: { return: days.map(() => 0.01) },
 * }];
 * const { bars: [kept], finalFrom } = cutToTier(bars, { tier: "development", today: days[9] });
 * assert.equal(finalFrom, days[8]);
 * assert.deepEqual(kept.days, days.slice(0, 8));
 * ```
 *
 * @throws {RangeError} If `finalFrom` is no ISO day, or `development` would have no rows.
 */
export function cutToTier(
  bars: readonly RawBars[],
  { tier, today, finalFrom = startOfLastFifth(bars, today) }: CutToTierOptions,
): { bars: readonly RawBars[]; finalFrom: string } {
  const action = "cut a market to its tier";
  if (!isIsoDay(finalFrom)) {
    throw new RangeError(`Cannot ${action}: finalFrom must be a date as YYYY-MM-DD, current value is ${finalFrom}`);
  }
  if (tier === "final") return { bars, finalFrom };
  const kept = bars.map((each) => before(each, finalFrom)).filter(({ rowsRead }) => rowsRead > 0);
  if (kept.some(({ days }) => days.length > 0)) return { bars: kept, finalFrom };
  throw new RangeError(
    `Cannot ${action}: development must have days before its final block, which begins on ${finalFrom}, the first ` +
      "one there is; with so few days there is only the tier final",
  );
}

function before(bars: RawBars, finalFrom: string): RawBars {
  const rows = Array.from(bars.days.keys()).filter((row) => bars.days[row] < finalFrom);
  if (rows.length === bars.days.length) return bars;
  return {
    ...bars,
    days: rows.map((row) => bars.days[row]),
    lines: rows.map((row) => bars.lines[row]),
    columns: Object.fromEntries(
      Object.entries(bars.columns).map(([name, values]) => [name, Float64Array.from(rows, (row) => values[row])]),
    ),
    rowsRead: bars.rowsRead - (bars.days.length - rows.length),
    faults: bars.faults.filter(({ day }) => day === undefined || day < finalFrom),
  };
}

function startOfLastFifth(bars: readonly RawBars[], today: string): string {
  const days = bars.map((each) => [...new Set(each.days)].filter((day) => day <= today).sort());
  const calendar = tradingCalendar(days);
  // Without a single day the cut has nothing to do, and the checks at the door say what is wrong.
  return calendar[calendar.length - Math.ceil(calendar.length / finalShare)] ?? today;
}
