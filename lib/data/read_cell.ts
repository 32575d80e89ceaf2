import { isIsoDay } from "@lib/core";

const timeStamp = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?Z|[+-]\d{2}:?\d{2})?)?$/;
const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const missing = new Set(["", "nan", "na", "n/a", "#n/a", "null", "none"]);
const largest = 1e15; // no price and no volume of a day comes near, and products of two stay finite

/**
 * The day of a date (`2020-01-02`) or of a time stamp (`2020-01-02T00:00:00Z`, `2020-01-02 16:00:00-05:00`) as it is
 * written: no time zone is applied, for the day of the exchange is meant.
 *
 * @example Other ways to write dates are refused, not guessed
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(readDay("2020-01-02 16:00:00-05:00"), "2020-01-02");
 * assert.equal(readDay("01.02.2020"), undefined);
 * ```
 *
 * @returns ISO day; undefined if the text is neither, or no day of the calendar.
 */
export function readDay(text: string): string | undefined {
  const day = timeStamp.exec(text)?.[1];
  return day !== undefined && isIsoDay(day) ? day : undefined;
}

/**
 * The number that a cell holds.
 *
 * @example Thousands separators and decimal commas are refused, not guessed
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(readNumber("1.5e3"), 1500);
 * assert.ok(Number.isNaN(readNumber("n/a")));
 * assert.equal(readNumber("1,500"), undefined);
 * ```
 *
 * @returns NaN if the cell says that there is none (empty, NaN, NA, N/A, null, none, in any case); undefined if it is no
 * plain number, or one beyond 1e15 in size.
 */
export function readNumber(text: string): number | undefined {
  if (!plainNumber.test(text)) return missing.has(text.toLowerCase()) ? NaN : undefined;
  const value = Number(text);
  return Math.abs(value) <= largest ? value : undefined;
}
