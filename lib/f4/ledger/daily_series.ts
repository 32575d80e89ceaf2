import { checkSameLength, isIsoDay } from "@lib/core";

/** Values of days in order, NaN where a day has none. */
export interface DatedValues {
  /** ISO days, rising. */
  dates: readonly string[];
  /** Shape (days,). */
  values: Float64Array;
}

const MAGIC = "days1\n";
const DAY_MS = 86_400_000;

/**
 * A daily series as few bytes: 8 a value and, since most days follow the one before by less than 128, 1 a day.
 *
 * `days1`, a line feed, the number of days (32 bits), the distance of each day to the one before (of the first to
 * 1970-01-01) in groups of 7 bits, the values as doubles; least byte first. Every NaN is written as the same one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const series = { dates: ["2020-01-02", "2020-01-03"], values: Float64Array.of(0.5, NaN) };
 * assert.deepEqual(decodeSeries(encodeSeries(series)), series);
 * assert.equal(encodeSeries(series).length, 6 + 4 + 3 + 1 + 2 * 8);
 * ```
 *
 * @throws {TypeError} If there are more days than values or fewer.
 * @throws {RangeError} If a date is no ISO day from 1970 on, or the days do not rise.
 */
export function encodeSeries({ dates, values }: DatedValues): Uint8Array {
  const action = "write a daily series";
  checkSameLength(action, { dates: dates.length, values: values.length });
  const bytes = [...new TextEncoder().encode(MAGIC)];
  for (let shift = 0; shift < 32; shift += 8) bytes.push(dates.length >>> shift & 0xff);
  let before = 0;
  for (const [index, date] of dates.entries()) {
    const day = isIsoDay(date) ? Date.parse(`${date}T00:00:00Z`) / DAY_MS : NaN;
    if (!(day >= 0 && (index === 0 || day > before))) {
      throw new RangeError(`Cannot ${action}: dates must be rising ISO days from 1970 on, current value is ${date}`);
    }
    let gap = day - before;
    for (; gap > 127; gap >>>= 7) bytes.push(gap & 127 | 128);
    bytes.push(gap);
    before = day;
  }
  const all = new Uint8Array(bytes.length + 8 * values.length);
  all.set(bytes);
  const view = new DataView(all.buffer, bytes.length);
  values.forEach((value, day) => view.setFloat64(8 * day, Number.isNaN(value) ? NaN : value, true));
  return all;
}

/**
 * Reads what {@linkcode encodeSeries} wrote.
 *
 * @throws {SyntaxError} If the bytes are none of it.
 */
export function decodeSeries(bytes: Uint8Array): DatedValues {
  const start = MAGIC.length + 4;
  const isOurs = bytes.length >= start && new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) === MAGIC;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = isOurs ? view.getUint32(MAGIC.length, true) : 0;
  const dates: string[] = [];
  let [day, at] = [0, start];
  while (isOurs && dates.length < count && at < bytes.length) {
    for (let shift = 0; at < bytes.length; shift += 7) {
      day += (bytes[at] & 127) << shift;
      if (bytes[at++] < 128) break;
    }
    dates.push(new Date(day * DAY_MS).toISOString().slice(0, 10));
  }
  if (!isOurs || dates.length !== count || bytes.length !== at + 8 * count) {
    throw new SyntaxError(
      `Cannot read a daily series: the bytes must be those that were written, current ones are ${bytes.length} others`,
    );
  }
  return { dates, values: Float64Array.from({ length: count }, (_, index) => view.getFloat64(at + 8 * index, true)) };
}
