import { checkInteger, midRanks, type Panel, pearsonCorrelation } from "@lib/core";

/** Options of {@linkcode dailyCorrelations}. */
export interface DailyCorrelationsOptions {
  /** Column of forecasts, in any unit. Default `forecast`. */
  forecast?: string;
  /** Column of what came true. Default `actual`. */
  actual?: string;
  /** Names with both values that a day needs, at least 2. Default 5: with fewer, one day says next to nothing. */
  minimumNames?: number;
}

/** Correlations across symbols, one of each kind for every day of the panel. All arrays have shape (days,). */
export interface DailyCorrelations {
  dates: readonly string[];
  /** Pearson's correlation of forecast and actual; NaN where there is none. */
  ic: Float64Array;
  /** Spearman's, with mid-ranks; NaN where there is none. */
  rankIc: Float64Array;
  /** Names with both values. */
  names: Int32Array;
}

/**
 * Information coefficient of each day: how well the forecasts of a day order, across symbols, what came true.
 *
 * A row counts where both values are finite. A day has no coefficient (NaN) if it has fewer than `minimumNames` such
 * rows, or if one of the two columns is the same for all of them.
 *
 * Source: Grinold and Kahn (2000), Active Portfolio Management, chapter 6; the same numbers as `alphalens`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "B", "C"],
 *   date: ["2020-01-02", "2020-01-02", "2020-01-02"],
 *   columns: { forecast: Float64Array.of(1, 2, 30), actual: Float64Array.of(-0.01, 0, 0.01) },
 * });
 * const { ic, rankIc } = dailyCorrelations(panel, { minimumNames: 3 });
 * assert.equal(rankIc[0], 1);
 * assert.ok(ic[0] > 0.8 && ic[0] < 0.9);
 * ```
 *
 * @throws {RangeError} If `minimumNames` is below 2 or a column does not exist.
 */
export function dailyCorrelations(
  panel: Panel,
  { forecast = "forecast", actual = "actual", minimumNames = 5 }: DailyCorrelationsOptions = {},
): DailyCorrelations {
  checkInteger("correlate day by day", "minimumNames", minimumNames, { least: 2 });
  const [forecasts, actuals] = [panel.column(forecast), panel.column(actual)];
  const days = panel.dates.length;
  const ic = new Float64Array(days).fill(NaN);
  const rankIc = new Float64Array(days).fill(NaN);
  const names = new Int32Array(days);
  for (let day = 0; day < days; day++) {
    const rows = panel.rowsOfDay(day);
    const [said, came] = [new Float64Array(rows.length), new Float64Array(rows.length)];
    let known = 0;
    for (const row of rows) {
      if (!Number.isFinite(forecasts[row]) || !Number.isFinite(actuals[row])) continue;
      said[known] = forecasts[row];
      came[known++] = actuals[row];
    }
    names[day] = known;
    if (known < minimumNames) continue;
    const [x, y] = [said.subarray(0, known), came.subarray(0, known)];
    if (!varies(x) || !varies(y)) continue;
    ic[day] = pearsonCorrelation(x, y);
    rankIc[day] = pearsonCorrelation(midRanks(x), midRanks(y));
  }
  return { dates: panel.dates, ic, rankIc, names };
}

/**
 * Whether there are two different values. Asked of the values themselves, because the rounded mean of a constant need
 * not be that constant, and a variance computed from it need not be 0.
 */
export function varies(values: Float64Array): boolean {
  return values.some((value) => value !== values[0]);
}
