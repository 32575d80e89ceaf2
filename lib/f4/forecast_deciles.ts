import { checkInteger, type Panel, seededRandom } from "@lib/core";
import { bootstrapSums, stationaryBootstrap } from "./stationary_bootstrap.ts";

/** Options of {@linkcode forecastDeciles}. */
export interface ForecastDecilesOptions {
  /** Column of forecasts. Default `forecast`. */
  forecast?: string;
  /** Column of what came true. Default `actual`. */
  actual?: string;
  /** Number of groups. Default 10. */
  groups?: number;
  /** Whether rows are grouped among those of their own day, or among all. Default `day`. */
  among?: "day" | "all";
  /** What came true counts from the mean of its day: what the order was worth, whatever the market did. Default false. */
  relativeToDay?: boolean;
  /** Mean block of the bootstrap in days. Default 1. */
  blockDays?: number;
  /** Default 1. */
  seed?: number;
  /** Default 1,000. */
  draws?: number;
}

/** Rows in groups of equal size, from the lowest forecasts to the highest. All arrays have shape (groups,). */
export interface ForecastDeciles {
  forecastMean: Float64Array;
  realisedMean: Float64Array;
  /** Ends of the 95 % interval of the realised mean: percentiles of a stationary bootstrap of days. */
  realisedLow: Float64Array;
  realisedHigh: Float64Array;
  rows: Int32Array;
}

/**
 * What came true for the lowest forecasts, the next, and so on up to the highest.
 *
 * A row's group is floor(groups * (rank - 1/2) / n) by its place among the n rows of its day (or of all days), equal
 * forecasts in the order of symbols. Rows without a finite forecast and actual are left out, and so are days with fewer
 * rows than groups when rows are grouped by day.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "B", "C", "D"],
 *   date: ["2020-01-02", "2020-01-02", "2020-01-02", "2020-01-02"],
 *   columns: { forecast: Float64Array.of(4, 3, 2, 1), actual: Float64Array.of(0.4, 0.2, 0, -0.2) },
 * });
 * const { realisedMean } = forecastDeciles(panel, { groups: 2 });
 * assert.deepEqual(Array.from(realisedMean, (value) => Math.round(value * 10)), [-1, 3]);
 * ```
 *
 * @throws {RangeError} If `groups` is not an integer of at least 2, or no group has a row.
 */
export function forecastDeciles(panel: Panel, options: ForecastDecilesOptions = {}): ForecastDeciles {
  const { forecast = "forecast", actual = "actual", groups = 10, among = "day", relativeToDay = false } = options;
  const { blockDays = 1, seed = 1, draws = 1000 } = options;
  checkInteger("group forecasts", "groups", groups, { least: 2 });
  const [forecasts, actuals] = [panel.column(forecast), panel.column(actual)];
  const isKnown = (row: number) => Number.isFinite(forecasts[row]) && Number.isFinite(actuals[row]);
  const pools = among === "day"
    ? panel.dates.map((_, day) => panel.rowsOfDay(day).filter(isKnown)).filter((rows) => rows.length >= groups)
    : [Int32Array.from(panel.dayOf.keys()).filter(isKnown)];
  const days = panel.dates.length;
  const dayMean = panel.dates.map((_, day) => {
    const rows = panel.rowsOfDay(day).filter(isKnown);
    return relativeToDay ? rows.reduce((sum, row) => sum + actuals[row], 0) / rows.length : 0;
  });
  const empty = () => Array.from({ length: groups }, () => new Float64Array(days));
  const [forecastSum, realisedSum, count] = [empty(), empty(), empty()];
  for (const pool of pools) {
    const order = pool.toSorted((a, b) => forecasts[a] - forecasts[b] || a - b);
    order.forEach((row, place) => {
      const group = Math.floor(groups * (place + 0.5) / order.length);
      forecastSum[group][panel.dayOf[row]] += forecasts[row];
      realisedSum[group][panel.dayOf[row]] += actuals[row] - dayMean[panel.dayOf[row]];
      count[group][panel.dayOf[row]] += 1;
    });
  }
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const rows = Int32Array.from(count, total);
  if (rows.some((number) => number === 0)) {
    throw new RangeError(
      `Cannot group forecasts: each of ${groups} groups must have a row, current rows are ${rows.join(", ")}`,
    );
  }
  const resamples = stationaryBootstrap(days, { blockDays, draws, random: seededRandom(seed) });
  const realised = realisedSum.map((sum, group) =>
    bootstrapSums({ sum, count: count[group] }, { mean: (sums) => sums.sum / sums.count }, resamples).mean
  );
  return {
    forecastMean: Float64Array.from(forecastSum, (sum, group) => total(sum) / rows[group]),
    realisedMean: Float64Array.from(realised, ({ value }) => value),
    realisedLow: Float64Array.from(realised, ({ low }) => low),
    realisedHigh: Float64Array.from(realised, ({ high }) => high),
    rows,
  };
}
