/**
 * Today's day of the calendar in UTC, `YYYY-MM-DD`. The clock is read here and nowhere else: whoever needs the day
 * takes it as an argument.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isIsoDay } from "@lib/core";
 * assert.ok(isIsoDay(currentDay()));
 * ```
 */
export function currentDay(): string {
  return new Date().toISOString().slice(0, 10);
}
