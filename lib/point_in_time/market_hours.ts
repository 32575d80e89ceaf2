import { newYorkSessions, type Session } from "./new_york_sessions.ts";

/** When a market trades: its days, and when each of them closes. */
export interface MarketHours {
  readonly name: string;
  /** Zone of its clocks, in the IANA data base. */
  readonly zone: string;
  /** When a usual session closes, `HH:MM` in that zone; the session is dated by the day on which it does. */
  readonly close: string;
  /** Its sessions from one ISO day to another, both counted. */
  sessions(from: string, to: string): Session[];
}

/** Sessions on all days, or those from Monday to Friday. */
function everyDay(close: string, { weekend }: { weekend: boolean }): MarketHours["sessions"] {
  return (from, to) => {
    const sessions: Session[] = [];
    for (let time = Date.parse(from); time <= Date.parse(to); time += 86_400_000) {
      const date = new Date(time);
      if (weekend || date.getUTCDay() % 6 !== 0) sessions.push({ day: date.toISOString().slice(0, 10), close });
    }
    return sessions;
  };
}

const newYork = "America/New_York";

/**
 * Markets by name.
 *
 * - `newYorkShares`: shares and funds, 16:00, 13:00 on short days.
 * - `newYorkIndices`: indices of those shares; computed from their last prices, so with the same close.
 * - `impliedVolatility`: the VIX, which goes on for a quarter of an hour after the shares.
 * - `treasuryRates`: yields of the US Treasury, published by 18:00 on days on which banks are open; holidays of the bond
 *   market are not told here, since a day without a rate has no record.
 * - `foreignExchange`: five days a week around the clock; a day ends at 17:00 in New York.
 * - `crypto`: every day, from midnight to midnight UTC.
 *
 * Sources: for shares {@linkcode newYorkSessions}; Cboe, VIX Index hours (https://www.cboe.com/tradable_products/vix/);
 * US Treasury, Daily Treasury Par Yield Curve Rates, which names no fixed time but "usually by 6:00 PM Eastern"
 * (https://home.treasury.gov/policy-issues/financing-the-government/interest-rate-statistics); the 17:00 of foreign
 * exchange is the roll of value dates, a convention.
 */
export const MARKET_HOURS = {
  newYorkShares: { name: "shares and funds, New York", zone: newYork, close: "16:00", sessions: newYorkSessions },
  newYorkIndices: { name: "indices of shares, New York", zone: newYork, close: "16:00", sessions: newYorkSessions },
  impliedVolatility: {
    name: "VIX",
    zone: newYork,
    close: "16:15",
    sessions: (from, to) =>
      newYorkSessions(from, to).map(({ day, close }) => ({ day, close: close.replace(":00", ":15") })),
  },
  treasuryRates: {
    name: "US Treasury yields",
    zone: newYork,
    close: "18:00",
    sessions: everyDay("18:00", { weekend: false }),
  },
  foreignExchange: {
    name: "foreign exchange",
    zone: newYork,
    close: "17:00",
    sessions: everyDay("17:00", { weekend: false }),
  },
  crypto: { name: "crypto", zone: "UTC", close: "24:00", sessions: everyDay("24:00", { weekend: true }) },
} as const satisfies Record<string, MarketHours>;
