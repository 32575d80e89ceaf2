import { checkNumber } from "@lib/core";
import { closesOf, type MarketHours } from "@lib/point_in_time";

/** Options of {@linkcode finishedDays}. */
export interface FinishedDaysOptions {
  hours: MarketHours;
  /** When the bars were fetched. */
  fetchedAt: Date;
  /**
   * Minutes after the close until a bar is believed: the closing auction is printed and passed on with delay. At least 0.
   * Default 30.
   */
  settleMinutes?: number;
}

/**
 * How many of the days of bars, from the first on, were over when they were fetched: what comes behind is the bar of a
 * session that still ran, whose close is no close.
 *
 * @example The same minute in New York, before and after the short session of a holiday's eve
 * ```ts
 * import assert from "node:assert/strict";
 * import { MARKET_HOURS } from "@lib/point_in_time";
 * const fetchedAt = new Date("2024-07-03T18:00:00Z"); // two o'clock in the afternoon there
 * const hours = MARKET_HOURS.newYorkShares;
 * assert.equal(finishedDays(["2024-07-02", "2024-07-03"], { hours, fetchedAt }), 2); // closed at one
 * assert.equal(finishedDays(["2024-07-01", "2024-07-02"], { hours, fetchedAt: new Date("2024-07-02T18:00:00Z") }), 1);
 * ```
 *
 * @param days ISO, in order.
 * @throws {RangeError} If `settleMinutes` is negative.
 */
export function finishedDays(
  days: readonly string[],
  { hours, fetchedAt, settleMinutes = 30 }: FinishedDaysOptions,
): number {
  checkNumber("drop unfinished bars", "settleMinutes", settleMinutes, { least: 0 });
  const limit = fetchedAt.getTime() - settleMinutes * 60_000;
  // sessions that began four days ago are over in every zone, and calendars do not reach back for ever
  const first = new Date(fetchedAt.getTime() - 4 * 86_400_000).toISOString().slice(0, 10);
  const late = days.findIndex((day) => day >= first);
  if (late < 0) return days.length;
  const closes = closesOf(days.slice(late), hours);
  const unfinished = closes.findIndex((close) => close > limit);
  return unfinished < 0 ? days.length : late + unfinished;
}
