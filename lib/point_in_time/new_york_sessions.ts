import { isIsoDay } from "@lib/core";

const millisecondsPerDay = 86_400_000;

/** Days on which the exchange stayed shut that no rule tells, from 2000 on: attacks, a storm, mourning. */
const shutOnce = new Set([
  ...["2001-09-11", "2001-09-12", "2001-09-13", "2001-09-14", "2004-06-11", "2007-01-02"],
  ...["2012-10-29", "2012-10-30", "2018-12-05", "2025-01-09"],
]);

/** A day after Christmas on which trade ended early, as on no other. */
const shortOnce = "2003-12-26";

const iso = (time: number) => new Date(time).toISOString().slice(0, 10);
const weekdayOf = (time: number) => new Date(time).getUTCDay();

/** The n-th given weekday (0 is Sunday) of a month (0 is January); n = -1 is the last. */
function nthWeekday(year: number, month: number, weekday: number, n: number): number {
  if (n < 0) {
    const last = Date.UTC(year, month + 1, 0);
    return last - ((weekdayOf(last) - weekday + 7) % 7) * millisecondsPerDay;
  }
  const first = Date.UTC(year, month, 1);
  return first + ((weekday - weekdayOf(first) + 7) % 7 + 7 * (n - 1)) * millisecondsPerDay;
}

/** A fixed holiday on the weekday on which it is kept: Friday for a Saturday, Monday for a Sunday. */
function observed(time: number): number {
  return time + ({ 6: -1, 0: 1 }[weekdayOf(time)] ?? 0) * millisecondsPerDay;
}

/** Easter Sunday of the Gregorian calendar, by the algorithm of Meeus, Jones and Butcher. */
function easter(year: number): number {
  const [century, rest, golden] = [Math.floor(year / 100), year % 100, year % 19];
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const moon = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const week = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - moon - rest % 4) % 7;
  const late = Math.floor((golden + 11 * moon + 22 * week) / 451);
  const place = moon + week - 7 * late + 114;
  return Date.UTC(year, Math.floor(place / 31) - 1, place % 31 + 1);
}

function holidays(year: number): Set<string> {
  const newYear = Date.UTC(year, 0, 1);
  const days = [
    // never moved back into the old year, whose books it would close too soon
    ...(weekdayOf(newYear) === 6 ? [] : [observed(newYear)]),
    nthWeekday(year, 0, 1, 3), // Martin Luther King
    nthWeekday(year, 1, 1, 3), // Washington
    easter(year) - 2 * millisecondsPerDay,
    nthWeekday(year, 4, 1, -1), // Memorial Day
    ...(year >= 2022 ? [observed(Date.UTC(year, 5, 19))] : []),
    observed(Date.UTC(year, 6, 4)),
    nthWeekday(year, 8, 1, 1), // Labor Day
    nthWeekday(year, 10, 4, 4), // Thanksgiving
    observed(Date.UTC(year, 11, 25)),
  ];
  return new Set(days.map(iso));
}

/** Whether trade ends at one o'clock: after Thanksgiving, and before Independence Day and Christmas, on some weekdays. */
function endsEarly(time: number): boolean {
  const date = new Date(time);
  const [year, month, day, weekday] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCDay()];
  if (time === nthWeekday(year, 10, 4, 4) + millisecondsPerDay) return true;
  if (month === 11 && day === 24) return weekday >= 1 && weekday <= 4;
  if (month !== 6) return false;
  // around a fourth on a Thursday the third is a Wednesday: before 2013 the Friday after it was the short day
  if (day === 3) return [1, 2, 4].includes(weekday) || (weekday === 3 && year >= 2013);
  return day === 5 && weekday === 5 && year < 2013;
}

/** A day on which a market trades. */
export interface Session {
  /** ISO. */
  day: string;
  /** When it closes, `HH:MM` of the clocks there. */
  close: string;
}

/**
 * The days on which shares and funds trade in New York, with their closing times: four o'clock, and one o'clock on the
 * short days around holidays.
 *
 * By the rules of the exchange, and the days on which it stayed shut for once, as far as they are known in 2026.
 *
 * Source: New York Stock Exchange, Holidays and Trading Hours (https://www.nyse.com/markets/hours-calendars); for the
 * past, the calendar XNYS of the package exchange_calendars, which the tests compare it with day by day.
 *
 * @example Around Thanksgiving
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(newYorkSessions("2024-11-27", "2024-12-01"), [
 *   { day: "2024-11-27", close: "16:00" },
 *   { day: "2024-11-29", close: "13:00" },
 * ]);
 * ```
 *
 * @param from First day, ISO, not before 2000: the rules were others.
 * @param to Last day, ISO; it belongs to the stretch.
 * @throws {RangeError} If one of them is no such day.
 */
export function newYorkSessions(from: string, to: string): Session[] {
  for (const day of [from, to]) {
    if (!isIsoDay(day) || day < "2000-01-01") {
      throw new RangeError(`Cannot tell sessions: a day must be a date from 2000-01-01 on, current value is ${day}`);
    }
  }
  const sessions: Session[] = [];
  let kept = holidays(Number(from.slice(0, 4)));
  for (let time = Date.parse(from); time <= Date.parse(to); time += millisecondsPerDay) {
    const day = iso(time);
    if (day.endsWith("-01-01")) kept = holidays(Number(day.slice(0, 4)));
    if (weekdayOf(time) % 6 === 0 || kept.has(day) || shutOnce.has(day)) continue;
    sessions.push({ day, close: endsEarly(time) || day === shortOnce ? "13:00" : "16:00" });
  }
  return sessions;
}
