/**
 * The instant that the computer's clock shows. For what records when it happened; whoever must give the same result
 * twice takes the clock as an argument, of which this is the default.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(currentTime().getUTCFullYear() >= 2024);
 * ```
 */
export function currentTime(): Date {
  return new Date();
}
