import { missingRule } from "./_missing_rule.ts";
import { defineFeature } from "./feature.ts";

const DAY = 86_400_000;

/** Weekdays from one day on (days since 1970-01-01), that day left out, to another, that one counted. */
function weekdaysAfter(from: number, to: number): number {
  let count = 0;
  for (let day = from + 1; day <= to; day++) if (isWeekday(day)) count++;
  return count;
}

const isWeekday = (day: number) => ![0, 6].includes(new Date(day * DAY).getUTCDay());

const ofDate = (days: Float64Array, value: (date: Date, day: number) => number) =>
  days.map((day) => Number.isNaN(day) ? NaN : value(new Date(day * DAY), day));

const shared = {
  family: "season",
  needs: ["day"],
  lookbackDays: 0,
  expectedSign: 0,
  missing: missingRule.sameDay,
} as const;
const turn = "Lakonishok and Smidt (1988), Are Seasonal Anomalies Real?, RFS 1";

/**
 * `weekday`, `weekdays_to_month_end`, `weekdays_since_month_start`: the calendar, which is known in advance; holidays are
 * not. The same for every name of a day.
 */
export const calendarFeatures = [
  defineFeature({
    ...shared,
    name: "weekday",
    formula: "0 on Monday to 4 on Friday, 5 and 6 at the weekend",
    source: "French (1980), Stock Returns and the Weekend Effect, JFE 8",
    compute: ({ day }) => ofDate(day, (date) => (date.getUTCDay() + 6) % 7),
  }),
  defineFeature({
    ...shared,
    name: "weekdays_to_month_end",
    formula: "Mondays to Fridays that are left in the month, today not counted",
    source: turn,
    compute: ({ day }) =>
      ofDate(
        day,
        (date, today) => weekdaysAfter(today, Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0) / DAY),
      ),
  }),
  defineFeature({
    ...shared,
    name: "weekdays_since_month_start",
    formula: "Mondays to Fridays of the month so far, today counted",
    source: turn,
    compute: ({ day }) =>
      ofDate(day, (date, today) => weekdaysAfter(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 0) / DAY, today)),
  }),
];
