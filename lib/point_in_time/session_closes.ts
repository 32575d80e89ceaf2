import type { Panel } from "@lib/core";
import { instantOf } from "./instant_of.ts";
import type { MarketHours } from "./market_hours.ts";

/** Options of {@linkcode sessionCloses}. */
export interface SessionClosesOptions {
  /** Hours of the market, or those of each symbol's market where the panel has several. */
  hours: MarketHours | ((symbol: string) => MarketHours);
}

/**
 * For each row the instant at which its session closes: what a feature of that row may know came before it.
 *
 * @example Bitcoin's day ends hours after that of the shares, in one panel
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { MARKET_HOURS } from "@lib/point_in_time";
 * const panel = Panel.fromRows({ symbol: ["AAPL", "BTC"], date: ["2024-01-16", "2024-01-16"], columns: {} });
 * const closes = sessionCloses(panel, {
 *   hours: (symbol) => symbol === "BTC" ? MARKET_HOURS.crypto : MARKET_HOURS.newYorkShares,
 * });
 * assert.equal(new Date(closes[0]).toISOString(), "2024-01-16T21:00:00.000Z");
 * assert.equal(new Date(closes[1]).toISOString(), "2024-01-17T00:00:00.000Z");
 * ```
 *
 * @returns Milliseconds since 1970-01-01T00:00Z, shape (rows,). Days on which the calendar has no session, as a source may
 * have them, close at the usual time.
 * @throws {RangeError} If the calendar does not reach back to a day.
 */
export function sessionCloses(panel: Panel, { hours }: SessionClosesOptions): Float64Array {
  const tables = new Map<MarketHours, Float64Array>();
  const closes = new Float64Array(panel.rows);
  panel.symbols.forEach((symbol, code) => {
    const market = typeof hours === "function" ? hours(symbol) : hours;
    if (!tables.has(market)) tables.set(market, closesOf(panel.dates, market));
    const table = tables.get(market)!;
    for (let row = panel.starts[code]; row < panel.starts[code + 1]; row++) closes[row] = table[panel.dayOf[row]];
  });
  return closes;
}

/** Instants at which sessions of days in order close. */
export function closesOf(days: readonly string[], { zone, close, sessions }: MarketHours): Float64Array {
  if (days.length === 0) return new Float64Array();
  const told = new Map(sessions(days[0], days.at(-1)!).map((session) => [session.day, session.close]));
  return Float64Array.from(days, (day) => instantOf(day, told.get(day) ?? close, zone));
}
