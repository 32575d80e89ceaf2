import assert from "node:assert/strict";
import { endOfDay, instantOf } from "./instant_of.ts";

const iso = (instant: number) => new Date(instant).toISOString().slice(0, 16);

Deno.test("`instantOf()` follows summer time to the day", () => {
  const close = (day: string) => iso(instantOf(day, "16:00", "America/New_York"));
  assert.deepEqual(["2024-03-08", "2024-03-11", "2024-11-01", "2024-11-04"].map(close), [
    "2024-03-08T21:00",
    "2024-03-11T20:00",
    "2024-11-01T20:00",
    "2024-11-04T21:00",
  ]);
});

Deno.test("`instantOf()` takes the first of a time that occurs twice, and moves on one that never comes", () => {
  assert.equal(iso(instantOf("2024-11-03", "01:30", "America/New_York")), "2024-11-03T05:30");
  assert.equal(iso(instantOf("2024-03-10", "02:30", "America/New_York")), "2024-03-10T07:30");
});

Deno.test("`instantOf()` knows zones on the other side of UTC and with half hours", () => {
  assert.equal(iso(instantOf("2024-01-16", "15:00", "Asia/Tokyo")), "2024-01-16T06:00");
  assert.equal(iso(instantOf("2024-01-16", "15:30", "Asia/Kolkata")), "2024-01-16T10:00");
  assert.equal(iso(instantOf("2024-01-16", "24:00", "UTC")), "2024-01-17T00:00");
});

Deno.test("`endOfDay()` of a day with 23 or 25 hours is the next midnight", () => {
  assert.equal(
    endOfDay("2024-03-10", "America/New_York") - instantOf("2024-03-10", "00:00", "America/New_York"),
    82_800_000,
  );
  assert.equal(
    endOfDay("2024-11-03", "America/New_York") - instantOf("2024-11-03", "00:00", "America/New_York"),
    90_000_000,
  );
});

Deno.test("`instantOf()` refuses what is no day, time or zone", () => {
  for (
    const [day, time, zone] of [["2024-02-30", "16:00", "UTC"], ["2024-02-01", "24:01", "UTC"], [
      "2024-02-01",
      "9:00",
      "UTC",
    ], ["2024-02-01", "09:00", "Mars/Base"]]
  ) {
    assert.throws(() => instantOf(day, time, zone), { name: "RangeError" });
  }
});
