import { checkInteger, checkSameLength } from "@lib/core";

/** Returns of factors, such as the market's or that of small over large companies. */
export interface FactorReturns {
  /** Days that the returns end on, ISO, in order, each once. */
  dates: readonly string[];
  names: readonly string[];
  /** One array of shape (dates,) for each name, as fractions; NaN is missing. */
  values: readonly Float64Array[];
  /** What money without risk earned on the same days, as fractions. Default: nothing. */
  riskFree?: Float64Array;
}

/**
 * Factor returns on the days of another calendar: over the `spanDays` of its days that end on each.
 *
 * The returns of all factor days after the day `spanDays` before and up to the day itself are added up, so that a
 * calendar that skips a day loses nothing. The first days of the calendar, which have no such day before them, have a
 * value for a span of 1 where the factors know the very day.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const factors = {
 *   dates: ["2020-01-02", "2020-01-03", "2020-01-06"],
 *   names: ["MKT"],
 *   values: [Float64Array.of(0.25, 0.5, 1)],
 * };
 * assert.deepEqual(factorsOn(factors, ["2020-01-02", "2020-01-06"]), [Float64Array.of(0.25, 1.5)]);
 * ```
 *
 * @param dates ISO days in order.
 * @returns One array of shape (dates,) for each factor; NaN where a return in between is missing or the factors do not
 * reach.
 * @throws {TypeError} If a factor does not have a value for each of its days.
 * @throws {RangeError} If `spanDays` is no integer of at least 1, or the factors' days are not in order.
 */
export function factorsOn(
  { dates: own, names, values }: FactorReturns,
  dates: readonly string[],
  { spanDays = 1 }: { spanDays?: number } = {},
): Float64Array[] {
  const action = "place factors on days";
  checkInteger(action, "spanDays", spanDays, { least: 1 });
  checkSameLength(action, { names: names.length, values: values.length });
  names.forEach((name, factor) => checkSameLength(action, { dates: own.length, [name]: values[factor].length }));
  const unordered = own.findIndex((day, at) => at > 0 && own[at - 1] >= day);
  if (unordered >= 0) {
    throw new RangeError(
      `Cannot ${action}: the days of the factors must rise, current ones are ${own[unordered - 1]}, ${own[unordered]}`,
    );
  }
  const ends = placesOf(own, dates);
  return values.map((returns) =>
    Float64Array.from(dates, (day, at) => {
      if (ends[at] < 0 || own.at(-1)! < day) return NaN;
      const from = at >= spanDays ? ends[at - spanDays] : spanDays === 1 && own[ends[at]] === day ? ends[at] - 1 : NaN;
      // before the first factor day, the span would be cut short
      if (!(from >= (at >= spanDays ? 0 : -1)) || from === ends[at]) return NaN;
      let sum = 0;
      for (let position = from + 1; position <= ends[at]; position++) sum += returns[position];
      return sum;
    })
  );
}

/** For each day, the place of the latest of `own` that is not after it; -1 where there is none. */
function placesOf(own: readonly string[], days: readonly string[]): Int32Array {
  let place = -1;
  return Int32Array.from(days, (day) => {
    while (place + 1 < own.length && own[place + 1] <= day) place++;
    return place;
  });
}
