import { centredRanks, checkNumber, checkOneOf, type Panel } from "@lib/core";
import { approachTargets, type TurnoverControl } from "./approach_targets.ts";

const BOOKS = ["long_short", "long_only"] as const;

/** `long_short` holds as much short as long; `long_only` holds the upper half. */
export type Book = typeof BOOKS[number];

/** Options of {@linkcode rankWeights}. */
export interface RankWeightsOptions extends TurnoverControl {
  /** Column of forecasts, in any unit: only their order within a day counts. NaN is none. */
  forecast: string;
  /** Default `long_short`. */
  book?: Book;
  /** Sum of the absolute target weights. Default 1: half long and half short, or all long. */
  grossExposure?: number;
}

/**
 * Weights that follow the order of the forecasts of a day, decided at its close.
 *
 * Long-short: proportional to the centred rank, (rank - 1/2) / n - 1/2, so that the best and the worst name weigh most
 * and the middle nothing; the weights sum to 0 and their absolute values to `grossExposure` (1 by default, that is 0.5
 * long and 0.5 short; books quoted with 1 long and 1 short have twice the return, risk and turnover and the same
 * Sharpe ratio). Long-only: proportional to the centred rank where that is above 0, summing to `grossExposure`.
 *
 * The sums hold for the targets, hence for the weights wherever the turnover control lets the book reach them.
 * A symbol without a forecast today has target 0. If all forecasts of a day tie, the long-short target is 0 and the
 * long-only one is equal weights; a day without a forecast has target 0 throughout.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "B", "C"],
 *   date: ["2020-01-02", "2020-01-02", "2020-01-02"],
 *   columns: { score: Float64Array.of(3, 1, 2) },
 * });
 * assert.deepEqual(rankWeights(panel, { forecast: "score" }).column("weight"), Float64Array.of(0.5, -0.5, 0));
 * ```
 *
 * @returns The panel with the column `weight`, never NaN.
 * @throws {RangeError} If an option is out of range or a forecast is infinite.
 */
export function rankWeights(
  panel: Panel,
  { forecast, book = "long_short", grossExposure = 1, ...control }: RankWeightsOptions,
): Panel {
  const action = "weight names by rank";
  checkOneOf(action, "book", book, BOOKS);
  checkNumber(action, "grossExposure", grossExposure, { least: 0 });
  const forecasts = panel.column(forecast);
  const weights = new Float64Array(panel.rows);
  for (let day = 0; day < panel.dates.length; day++) {
    const rows = panel.rowsOfDay(day);
    const ranks = centredRanks(Float64Array.from(rows, (row) => {
      if (Math.abs(forecasts[row]) === Infinity) {
        const { symbol, date } = panel.key(row);
        checkNumber(action, `the forecast of ${symbol} on ${date}`, forecasts[row]);
      }
      return forecasts[row];
    }));
    const pull = preferences(ranks, book);
    const total = pull.reduce((sum, value) => sum + Math.abs(value), 0);
    if (total > 0) rows.forEach((row, name) => weights[row] = grossExposure * pull[name] / total);
  }
  const targets = panel.with({ weight: weights });
  const patient = approachTargets(targets, { target: "weight", ...control });
  return panel.with({ weight: patient.column("weight") });
}

function preferences(ranks: Float64Array, book: Book): Float64Array {
  const centred = ranks.map((rank) => Number.isNaN(rank) ? 0 : rank);
  if (book === "long_short") return centred;
  if (centred.some((rank) => rank > 0)) return centred.map((rank) => Math.max(rank, 0));
  return ranks.map((rank) => Number.isNaN(rank) ? 0 : 1);
}
