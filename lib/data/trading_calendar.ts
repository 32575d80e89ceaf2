import { calendarDaysBetween } from "@lib/core";

const recentDays = 7;
const longestBreakDays = 14;
const millisecondsPerDay = 86_400_000;

/**
 * The trading days of a market, told from the days on which its symbols have bars.
 *
 * A day counts if at least half of the symbols concerned have a bar on it: those with a bar on it, and those that pass it
 * over, with a bar in the seven days before and another one later. So a row dated on a Saturday, or a holiday that one
 * vendor fills in, opens no trading day for everybody else. (Under the plain union of days each stray row would tear a
 * hole into every other symbol.) No market rests for more than two weeks: within a longer break that a symbol spans,
 * weekdays count.
 *
 * Cutting the future off changes nothing, if the last day left is one on which every symbol that goes on has a bar.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [friday, saturday, monday] = ["2020-01-03", "2020-01-04", "2020-01-06"];
 * const days = [[friday, monday], [friday, saturday, monday], [friday, monday]];
 * assert.deepEqual(tradingCalendar(days), [friday, monday]);
 * ```
 *
 * @param daysOfSymbols For each symbol its days (ISO), in order and without duplicates.
 * @returns Days (ISO) in order.
 * @throws {RangeError} If the bars are weekly or longer: the median step between days is five days or more.
 */
export function tradingCalendar(daysOfSymbols: readonly (readonly string[])[]): string[] {
  const union = [...new Set(daysOfSymbols.flat())].sort();
  const position = new Map(union.map((day, index) => [day, index]));
  const number = union.map((day) => Date.parse(`${day}T00:00:00Z`) / millisecondsPerDay);
  const stillRecent = number.map(() => 0); // for each day the last one that is within a week of it
  for (let index = 0, last = 0; index < union.length; index++) {
    while (last + 1 < union.length && number[last + 1] <= number[index] + recentDays) last++;
    stillRecent[index] = last;
  }
  const present = new Int32Array(union.length);
  const change = new Int32Array(union.length + 1); // in the number of symbols concerned, from one day to the next
  for (const days of daysOfSymbols) {
    days.forEach((day, row) => {
      const from = position.get(day)!;
      const next = row + 1 < days.length ? position.get(days[row + 1])! : from + 1;
      present[from]++;
      change[from]++;
      change[Math.min(next, stillRecent[from] + 1)]--;
    });
  }
  let concerned = 0;
  const calendar = union.filter((_, index) => {
    concerned += change[index];
    return 2 * present[index] >= concerned;
  });
  checkDaily(calendar);
  return fillLongBreaks(calendar, daysOfSymbols);
}

function checkDaily(calendar: readonly string[]): void {
  const steps = calendar.slice(1).map((day, index) => calendarDaysBetween(calendar[index], day)).sort((a, b) => a - b);
  const median = steps[steps.length >> 1];
  if (steps.length < 4 || median < 5) return;
  throw new RangeError(`Cannot tell trading days: bars must be daily, current median step is ${median} days`);
}

function fillLongBreaks(calendar: readonly string[], daysOfSymbols: readonly (readonly string[])[]): string[] {
  return calendar.flatMap((day, index) => {
    const before = calendar[index - 1];
    if (index === 0 || calendarDaysBetween(before, day) <= longestBreakDays) return [day];
    if (!daysOfSymbols.some((days) => days[0] <= before && days.at(-1)! >= day)) return [day];
    const filled: string[] = [];
    for (let time = Date.parse(before) + millisecondsPerDay; time < Date.parse(day); time += millisecondsPerDay) {
      const date = new Date(time);
      if (date.getUTCDay() % 6 !== 0) filled.push(date.toISOString().slice(0, 10));
    }
    return [...filled, day];
  });
}
