import assert from "node:assert/strict";
import { weekdays } from "@lib/core";
import { tradingCalendar } from "./trading_calendar.ts";

const days = Object.freeze(weekdays("2020-01-01", 30));

Deno.test("tradingCalendar() is the days of a symbol that stands alone", () => {
  assert.deepEqual(tradingCalendar([days]), days);
  assert.deepEqual(tradingCalendar([["2020-01-02"]]), ["2020-01-02"]);
  assert.deepEqual(tradingCalendar([[], []]), []);
});

Deno.test("tradingCalendar() keeps a day that half of the symbols have, and drops one that fewer have", () => {
  const without = days.filter((_, index) => index !== 10);
  assert.deepEqual(tradingCalendar([days, without]), days);
  assert.deepEqual(tradingCalendar([days, without, without]), without);
});

Deno.test("tradingCalendar() asks a symbol only from its first bar to its last, and no longer than a week at a time", () => {
  const [early, late] = [days.slice(0, 15), days.slice(15)];
  assert.deepEqual(tradingCalendar([early, late, late, late]), days);
  assert.deepEqual(tradingCalendar([early, early, early, days]), days);
  const halted = [...days.slice(0, 10), ...days.slice(20)];
  assert.deepEqual(tradingCalendar([days, halted, halted]), [...days.slice(0, 10), ...days.slice(15)]);
});

Deno.test("tradingCalendar() is unchanged when the future is cut off after a day that all have", () => {
  const ragged = [days, days.filter((_, index) => index % 7 !== 3), days.slice(4), days.slice(0, 20), ["2020-01-04"]];
  const whole = tradingCalendar(ragged);
  for (const last of [days[0], days[5], days[12], days[25]]) {
    const cut = ragged.map((symbol) => symbol.filter((day) => day <= last));
    assert.deepEqual(tradingCalendar(cut), whole.filter((day) => day <= last));
  }
});

Deno.test("tradingCalendar() holds weekdays in a break of more than two weeks, where a symbol spans it", () => {
  const [before, after] = [days.slice(0, 10), days.slice(22)];
  assert.deepEqual(tradingCalendar([[...before, ...after]]), days);
  assert.deepEqual(tradingCalendar([before, after]), [...before, ...after]);
  const short = [...days.slice(0, 10), ...days.slice(18)];
  assert.deepEqual(tradingCalendar([short]), short);
});

Deno.test("tradingCalendar() refuses weekly bars", () => {
  assert.throws(() => tradingCalendar([days.filter((_, index) => index % 5 === 0)]), {
    name: "RangeError",
    message: "Cannot tell trading days: bars must be daily, current median step is 7 days",
  });
});
