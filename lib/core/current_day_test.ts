import assert from "node:assert/strict";
import { currentDay } from "./current_day.ts";
import { isIsoDay } from "./trading_day.ts";

Deno.test("currentDay() is a day that the clock agrees with", () => {
  const [before, day, after] = [new Date().toISOString(), currentDay(), new Date().toISOString()];
  assert.ok(isIsoDay(day));
  assert.ok(before.slice(0, 10) <= day && day <= after.slice(0, 10));
});
