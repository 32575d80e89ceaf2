import { mean, type Panel } from "@lib/core";
import { dailyCorrelations, type DailyCorrelationsOptions } from "./daily_correlations.ts";
import { neweyWestLags, neweyWestStandardError } from "./newey_west.ts";

/** Options of {@linkcode rankIcByYear}. */
export interface RankIcByYearOptions extends DailyCorrelationsOptions {
  /** Days that an actual covers: neighbouring days share all but one of them. Default 1. */
  horizonDays?: number;
}

/** The mean daily rank IC of a calendar year. All arrays have shape (years,). */
export interface YearlyRankIc {
  years: string[];
  rankIc: Float64Array;
  /** Ends of the 95 % interval: 1.96 Newey-West standard errors to either side. NaN where it cannot be computed. */
  low: Float64Array;
  high: Float64Array;
  days: Int32Array;
}

/**
 * Mean daily rank IC of each calendar year, with its Newey-West interval; NaN for a year in which no day has one.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "B", "A", "B"],
 *   date: ["2020-12-31", "2020-12-31", "2021-01-04", "2021-01-04"],
 *   columns: { forecast: Float64Array.of(1, 1, 2, 2), actual: Float64Array.of(0.1, 0.2, 0.2, 0.1) },
 * });
 * const forecast = Float64Array.of(1, 1, 2, 2);
 * const { years, rankIc } = rankIcByYear(panel.with({ forecast }), { minimumNames: 2 });
 * assert.deepEqual([years, Array.from(rankIc)], [["2020", "2021"], [1, -1]]);
 * ```
 */
export function rankIcByYear(panel: Panel, { horizonDays = 1, ...options }: RankIcByYearOptions = {}): YearlyRankIc {
  const { dates, rankIc } = dailyCorrelations(panel, options);
  const byYear = new Map<string, number[]>();
  dates.forEach((date, day) => {
    const year = date.slice(0, 4);
    const known = Number.isNaN(rankIc[day]) ? [] : [rankIc[day]];
    byYear.set(year, [...(byYear.get(year) ?? []), ...known]);
  });
  const scores = [...byYear.values()].map((values) => {
    if (values.length === 0) return { mean: NaN, halfWidth: NaN, days: 0 };
    const series = Float64Array.from(values);
    const error = neweyWestStandardError(series, neweyWestLags(series.length, horizonDays));
    return { mean: mean(series), halfWidth: 1.96 * error, days: series.length };
  });
  return {
    years: [...byYear.keys()],
    rankIc: Float64Array.from(scores, (score) => score.mean),
    low: Float64Array.from(scores, (score) => score.mean - score.halfWidth),
    high: Float64Array.from(scores, (score) => score.mean + score.halfWidth),
    days: Int32Array.from(scores, (score) => score.days),
  };
}
