import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { joinAsKnown } from "./join_as_known.ts";
import { MARKET_HOURS, type MarketHours } from "./market_hours.ts";
import { sessionCloses } from "./session_closes.ts";
import { sessionRecords } from "./session_records.ts";

/** The calendar days from Thursday to Monday, and their own number of the month as value. */
const days = ["2024-07-03", "2024-07-04", "2024-07-05", "2024-07-06", "2024-07-07", "2024-07-08"];
const numbers = Float64Array.from(days, (day) => Number(day.slice(8)));

/** What rows of a panel see of a market that trades on all of `days`. */
function seen(source: MarketHours, rows: readonly string[], hours: MarketHours): Float64Array {
  const panel = Panel.fromRows({ symbol: rows.map(() => "A"), date: rows, columns: {} });
  return joinAsKnown(panel, sessionRecords(days, numbers, { hours: source }), {
    columns: { value: "value" },
    decisions: sessionCloses(panel, { hours }),
    known: "by",
  }).column("value");
}

const { newYorkShares, newYorkIndices, impliedVolatility, foreignExchange, crypto, treasuryRates } = MARKET_HOURS;
const sharesDays = ["2024-07-03", "2024-07-05", "2024-07-08"];

Deno.test("`sessionRecords()` of a market that closes together are known on the day, those of later ones the day after", () => {
  assert.deepEqual(seen(newYorkIndices, sharesDays, newYorkShares), Float64Array.of(3, 5, 8));
  for (const later of [impliedVolatility, foreignExchange, treasuryRates]) {
    assert.deepEqual(seen(later, sharesDays, newYorkShares), Float64Array.of(NaN, 4, 7), later.name);
  }
});

Deno.test("`sessionRecords()` of crypto are known to the shares up to the midnight before, summer and winter", () => {
  assert.deepEqual(seen(crypto, sharesDays, newYorkShares), Float64Array.of(NaN, 4, 7));
});

Deno.test("`sessionRecords()` of shares are known to crypto on the day itself, also on days of rest", () => {
  assert.deepEqual(seen(newYorkShares, days, crypto), numbers);
});

Deno.test("`sessionRecords()` of Tokyo are known in New York on the same date, and those of New York in Tokyo a day later", () => {
  const tokyo: MarketHours = { name: "Tokyo", zone: "Asia/Tokyo", close: "15:00", sessions: () => [] };
  assert.deepEqual(seen(tokyo, sharesDays, newYorkShares), Float64Array.of(3, 5, 8));
  assert.deepEqual(seen(newYorkShares, sharesDays, tokyo), Float64Array.of(NaN, 4, 7));
});

Deno.test("`sessionCloses()` of a short day are early, so that what comes after one o'clock is not known", () => {
  const panel = Panel.fromRows({ symbol: ["A", "A"], date: ["2024-07-03", "2024-07-05"], columns: {} });
  const [short, usual] = sessionCloses(panel, { hours: newYorkShares });
  assert.equal(new Date(short).toISOString(), "2024-07-03T17:00:00.000Z");
  assert.equal(new Date(usual).toISOString(), "2024-07-05T20:00:00.000Z");
});

Deno.test("`MARKET_HOURS` have sessions on their own days", () => {
  const count = (hours: MarketHours) => hours.sessions(days[0], days.at(-1)!).map(({ day }) => day.slice(8)).join(" ");
  assert.equal(count(newYorkShares), "03 05 08");
  assert.equal(count(foreignExchange), "03 04 05 08");
  assert.equal(count(crypto), "03 04 05 06 07 08");
  assert.equal(impliedVolatility.sessions("2024-07-03", "2024-07-03")[0].close, "13:15");
});

Deno.test("`sessionRecords()` refuses days out of order", () => {
  assert.throws(() => sessionRecords(["2024-07-04", "2024-07-03"], Float64Array.of(1, 2), { hours: crypto }), {
    name: "RangeError",
    message: /current value is 2024-07-03/,
  });
});
