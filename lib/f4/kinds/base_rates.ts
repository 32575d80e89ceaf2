import { checkInteger, type Panel } from "@lib/core";

/** Options of {@linkcode knownBaseRate}. */
export interface KnownBaseRateOptions {
  /** Days until an event is known, counted on the panel's own days. Default 1. */
  horizonDays?: number;
  /** Days with known events before there is a rate. Default 60: the rate of a few days is that of one mood of the market. */
  leastDays?: number;
}

/**
 * The probability to beat: the share of rows with the event, over all symbols and all days that are known at the close.
 *
 * An event that starts on day s is known from day s + horizonDays on.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const columns = { event: Float64Array.of(1, 0, 1, 1) };
 * const panel = Panel.fromRows({ symbol: Array(4).fill("A"), date: weekdays("2020-01-01", 4), columns });
 * assert.deepEqual(knownBaseRate(panel, "event", { leastDays: 1 }), Float64Array.of(NaN, 1, 0.5, 2 / 3));
 * ```
 *
 * @param event Column of 1 (happened), 0 and NaN (not known).
 * @returns Shape (rows,); NaN while fewer than `leastDays` are known.
 * @throws {RangeError} If an option is out of range or the column does not exist.
 */
export function knownBaseRate(
  panel: Panel,
  event: string,
  { horizonDays = 1, leastDays = 60 }: KnownBaseRateOptions = {},
): Float64Array {
  checkInteger("compute a base rate", "horizonDays", horizonDays, { least: 1 });
  checkInteger("compute a base rate", "leastDays", leastDays, { least: 1 });
  const events = panel.column(event);
  const days = panel.dates.length;
  const [sums, counts] = [new Float64Array(days), new Float64Array(days)];
  for (let row = 0; row < panel.rows; row++) {
    if (Number.isNaN(events[row])) continue;
    sums[panel.dayOf[row]] += events[row];
    counts[panel.dayOf[row]]++;
  }
  const rate = new Float64Array(days).fill(NaN);
  let [sum, count, known] = [0, 0, 0];
  for (let day = horizonDays; day < days; day++) {
    sum += sums[day - horizonDays];
    count += counts[day - horizonDays];
    if (counts[day - horizonDays] > 0) known++;
    if (known >= leastDays) rate[day] = sum / count;
  }
  return Float64Array.from(panel.dayOf, (day) => rate[day]);
}
