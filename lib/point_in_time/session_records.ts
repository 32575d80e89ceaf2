import { checkSameLength } from "@lib/core";
import type { KnownRecord } from "./as_known.ts";
import type { MarketHours } from "./market_hours.ts";
import { closesOf } from "./session_closes.ts";

/** What one session of another market says; `value` is NaN where the source has none. */
export interface SessionRecord extends KnownRecord {
  readonly period: string;
  readonly value: number;
}

/** Options of {@linkcode sessionRecords}. */
export interface SessionRecordsOptions {
  /** Hours of the market that the prices come from. */
  hours: MarketHours;
}

/**
 * Daily closes of another market as records that are known when its sessions close: joined by `joinAsKnown`, a row sees
 * the last session that had closed by its own close, in whatever zone.
 *
 * Join with `known: "by"`, so that sessions that close together with the row's own count, as its own close does.
 *
 * @example The VIX of the day comes a quarter of an hour too late for the shares
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { joinAsKnown, MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
 * const panel = Panel.fromRows({ symbol: ["A", "A"], date: ["2024-01-16", "2024-01-17"], columns: {} });
 * const records = sessionRecords(["2024-01-16", "2024-01-17"], Float64Array.of(0.138, 0.148), {
 *   hours: MARKET_HOURS.impliedVolatility,
 * });
 * const joined = joinAsKnown(panel, records, {
 *   columns: { implied_volatility: "value" },
 *   decisions: sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares }),
 *   known: "by",
 * });
 * assert.deepEqual(joined.column("implied_volatility"), Float64Array.of(NaN, 0.138));
 * ```
 *
 * @param days Days of the sessions, ISO, in order.
 * @param values Shape (days,).
 * @throws {TypeError} If the lengths differ.
 * @throws {RangeError} If the calendar does not reach back to a day, or the days are not in order.
 */
export function sessionRecords(
  days: readonly string[],
  values: Float64Array,
  { hours }: SessionRecordsOptions,
): SessionRecord[] {
  checkSameLength("make records of sessions", { days: days.length, values: values.length });
  const unordered = days.find((day, at) => at > 0 && day <= days[at - 1]);
  if (unordered !== undefined) {
    throw new RangeError(
      `Cannot make records of sessions: each day must come after the one before, current value is ${unordered}`,
    );
  }
  const closes = closesOf(days, hours);
  return days.map((day, at) => ({ period: day, knownAt: new Date(closes[at]), value: values[at] }));
}
