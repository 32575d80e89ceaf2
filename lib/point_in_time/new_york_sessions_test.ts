import assert from "node:assert/strict";
import { newYorkSessions } from "./new_york_sessions.ts";
import golden from "./testdata/new_york_sessions.json" with { type: "json" };

Deno.test("`newYorkSessions()` has the sessions and short days of exchange_calendars, day by day", () => {
  const sessions = newYorkSessions(golden.first, golden.last);
  const open = new Set(sessions.map(({ day }) => day));
  const shut: string[] = [];
  for (let time = Date.parse(golden.first); time <= Date.parse(golden.last); time += 86_400_000) {
    const day = new Date(time).toISOString().slice(0, 10);
    const isWeekend = new Date(time).getUTCDay() % 6 === 0;
    if (isWeekend) assert.ok(!open.has(day), day);
    else if (!open.has(day)) shut.push(day);
  }
  assert.deepEqual(shut, golden.shut);
  const early = sessions.filter(({ close }) => close !== "16:00").map(({ day, close }) => [day, close]);
  assert.deepEqual(Object.fromEntries(early), golden.early);
});

Deno.test("`newYorkSessions()` of a stretch are those of a longer one", () => {
  const whole = newYorkSessions("2019-01-01", "2021-12-31");
  const part = newYorkSessions("2019-12-24", "2020-01-03");
  assert.deepEqual(part, whole.filter(({ day }) => day >= "2019-12-24" && day <= "2020-01-03"));
});

Deno.test("`newYorkSessions()` refuses days of other rules, and what is no day", () => {
  for (const day of ["1999-12-31", "2024-02-30"]) {
    assert.throws(() => newYorkSessions(day, "2024-03-01"), { name: "RangeError", message: new RegExp(day) });
  }
});
