import assert from "node:assert/strict";
import { MARKET_HOURS } from "@lib/point_in_time";
import { finishedDays } from "./finished_days.ts";

const count = (days: string[], fetched: string, hours: keyof typeof MARKET_HOURS = "newYorkShares", settle?: number) =>
  finishedDays(days, { hours: MARKET_HOURS[hours], fetchedAt: new Date(fetched), settleMinutes: settle });

Deno.test("finishedDays() drops the bar of a session that runs, by the clocks of the exchange", () => {
  // four o'clock in New York is 21:00 in winter and 20:00 in summer; half an hour later it is believed
  assert.equal(count(["2024-01-16", "2024-01-17"], "2024-01-17T21:29:59Z"), 1);
  assert.equal(count(["2024-01-16", "2024-01-17"], "2024-01-17T21:30:00Z"), 2);
  assert.equal(count(["2024-07-16", "2024-07-17"], "2024-07-17T20:29:59Z"), 1);
  assert.equal(count(["2024-07-16", "2024-07-17"], "2024-07-17T20:30:00Z"), 2);
  assert.equal(count(["2024-07-16", "2024-07-17"], "2024-07-17T20:00:00Z", "newYorkShares", 0), 2);
});

Deno.test("finishedDays() follows the clocks through the weekends on which they change", () => {
  assert.equal(count(["2024-03-08"], "2024-03-08T20:45:00Z"), 0);
  assert.equal(count(["2024-03-11"], "2024-03-11T20:45:00Z"), 1);
  assert.equal(count(["2024-11-01"], "2024-11-01T20:45:00Z"), 1);
  assert.equal(count(["2024-11-04"], "2024-11-04T20:45:00Z"), 0);
});

Deno.test("finishedDays() keeps the day of a market around the clock until it is over", () => {
  assert.equal(count(["2024-01-16", "2024-01-17"], "2024-01-17T23:59:00Z", "crypto"), 1);
  assert.equal(count(["2024-01-16", "2024-01-17"], "2024-01-18T00:30:00Z", "crypto"), 2);
});

Deno.test("finishedDays() keeps old days of which the calendar knows nothing", () => {
  assert.equal(count(["1980-12-12", "2024-01-16"], "2024-01-17T12:00:00Z"), 2);
  assert.equal(count([], "2024-01-17T12:00:00Z"), 0);
});
