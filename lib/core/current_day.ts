import { currentTime } from "./current_time.ts";

/**
 * Today's day of the calendar in UTC, `YYYY-MM-DD`. Whoever needs the day takes it as an argument.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { isIsoDay } from "@lib/core";
 * assert.ok(isIsoDay(currentDay()));
 * ```
 */
export function currentDay(): string {
  return currentTime().toISOString().slice(0, 10);
}
