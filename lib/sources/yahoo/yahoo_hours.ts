import { MARKET_HOURS, type MarketHours } from "@lib/point_in_time";

/**
 * When a day of Yahoo's bars is over: sessions of New York by their calendar, all else when the day ends in its zone,
 * which is late for exchanges of other countries and never too early.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(yahooHours({ instrument: "ETF", zone: "America/New_York" }).close, "16:00");
 * assert.equal(yahooHours({ instrument: "CURRENCY", zone: "Europe/London" }).close, "24:00");
 * ```
 */
export function yahooHours({ instrument, zone }: { instrument: string; zone: string }): MarketHours {
  const isSession = zone === "America/New_York" && ["EQUITY", "ETF", "INDEX", "MUTUALFUND"].includes(instrument);
  return isSession ? MARKET_HOURS.newYorkShares : { ...MARKET_HOURS.crypto, name: `days in ${zone}`, zone };
}
