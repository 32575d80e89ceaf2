/**
 * Whether a text is a day of the calendar in the form `YYYY-MM-DD`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(isIsoDay("2016-02-29"));
 * assert.ok(!isIsoDay("2015-02-29"));
 * assert.ok(!isIsoDay("2015-2-9"));
 * ```
 */
export function isIsoDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  return Number.isFinite(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
}

/**
 * Days of the calendar from one day to another; negative if the second comes first.
 *
 * @example Over a leap day
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(calendarDaysBetween("2016-02-28", "2016-03-01"), 2);
 * ```
 *
 * @throws {RangeError} If either text is no ISO day.
 */
export function calendarDaysBetween(from: string, to: string): number {
  for (const day of [from, to]) {
    if (!isIsoDay(day)) {
      throw new RangeError(`Cannot count days: a day must be a date as YYYY-MM-DD, current value is ${day}`);
    }
  }
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/**
 * The first weekdays on or after a start, for markets that exist in no calendar but the computer's.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(weekdays("2016-01-01", 2), ["2016-01-01", "2016-01-04"]);
 * ```
 */
export function weekdays(start: string, count: number): string[] {
  const days: string[] = [];
  const date = new Date(`${start}T00:00:00Z`);
  while (days.length < count) {
    if (date.getUTCDay() % 6 !== 0) days.push(date.toISOString().slice(0, 10));
    date.setUTCDate(date.getUTCDate() + 1);
  }
  return days;
}
