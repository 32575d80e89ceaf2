const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * The day that a calendar in a time zone shows at an instant.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(dayInZone(Date.parse("2024-01-17T02:00:00Z"), "America/New_York"), "2024-01-16");
 * ```
 *
 * @param instant Milliseconds since 1970-01-01T00:00Z.
 * @param zone Name in the IANA data base.
 * @returns ISO day.
 * @throws {RangeError} If there is no such zone, or the instant is none.
 */
export function dayInZone(instant: number, zone: string): string {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
    formats.set(zone, format);
  }
  const { year, month, day } = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, value]),
  );
  return `${year.padStart(4, "0")}-${month}-${day}`;
}
