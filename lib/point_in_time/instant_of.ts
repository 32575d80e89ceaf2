import { isIsoDay } from "@lib/core";

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - instant;
}

/**
 * The instant at which clocks of a time zone show a time of a day, summer time included.
 *
 * A time that occurs twice, when clocks are put back, is the first of the two; one that clocks jump over is moved on by
 * the jump. `24:00` is the end of the day.
 *
 * @example The same closing bell in winter and in summer
 * ```ts
 * import assert from "node:assert/strict";
 * const close = (day: string) => new Date(instantOf(day, "16:00", "America/New_York")).toISOString();
 * assert.equal(close("2024-01-16"), "2024-01-16T21:00:00.000Z");
 * assert.equal(close("2024-07-16"), "2024-07-16T20:00:00.000Z");
 * ```
 *
 * @param day ISO day in that zone.
 * @param time `HH:MM`, from `00:00` to `24:00`.
 * @param zone Name in the IANA data base, such as `America/New_York`.
 * @returns Milliseconds since 1970-01-01T00:00Z.
 * @throws {RangeError} If one of them is not what it should be.
 */
export function instantOf(day: string, time: string, zone: string): number {
  if (!isIsoDay(day)) {
    throw new RangeError(`Cannot tell an instant: day must be a date as YYYY-MM-DD, current value is ${day}`);
  }
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(time)) {
    throw new RangeError(`Cannot tell an instant: time must be HH:MM up to 24:00, current value is ${time}`);
  }
  const [hours, minutes] = time.split(":").map(Number);
  const shown = Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * 60_000;
  // clocks change by less than a day: the offsets a day before and after are the only ones that can hold
  const [before, after] = [-1, 1].map((days) => offsetAt(shown + days * 86_400_000, zone));
  const fitting = [before, after].map((offset) => shown - offset).filter((at) => at + offsetAt(at, zone) === shown);
  return fitting.length > 0 ? Math.min(...fitting) : shown - before;
}

/**
 * The first instant at which a day is over in a zone. For records of which only the day is told: to say that they were
 * known any sooner would be a guess.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(new Date(endOfDay("2024-01-16", "America/New_York")).toISOString(), "2024-01-17T05:00:00.000Z");
 * ```
 *
 * @returns Milliseconds since 1970-01-01T00:00Z.
 * @throws {RangeError} As {@linkcode instantOf}.
 */
export function endOfDay(day: string, zone: string): number {
  return instantOf(day, "24:00", zone);
}
