import { Panel, panelDigest, sha256 } from "@lib/core";
import { type DatedValues, encodeSeries } from "./daily_series.ts";
import { rowSketch } from "./row_sketch.ts";
import type { Judged } from "./trial.ts";

/** Options of {@linkcode describeForecast}. */
export interface DescribeForecastOptions {
  /** Column that is judged. Default `forecast`. */
  forecast?: string;
  /** Column of what came true. Default `actual`. */
  actual?: string;
  /** Days that an outcome covers. Default 1. */
  horizonDays?: number;
}

/**
 * What a trial on forecasts has judged: the rows where forecast and outcome are both finite, by hashes. What the
 * columns are called, their order and that of the rows make no difference.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const columns = { forecast: Float64Array.of(1, NaN), actual: Float64Array.of(0.01, 0.02) };
 * const panel = Panel.fromRows({ symbol: ["A", "B"], date: ["2020-01-02", "2020-01-02"], columns });
 * const { what, rows, firstDay } = describeForecast(panel);
 * assert.deepEqual({ what, rows, firstDay }, { what: "forecast", rows: 1, firstDay: "2020-01-02" });
 * ```
 *
 * @throws {RangeError} If a column does not exist, or no row has both.
 */
export function describeForecast(
  panel: Panel,
  { forecast = "forecast", actual = "actual", horizonDays = 1 }: DescribeForecastOptions = {},
): Judged {
  const [forecasts, outcomes] = [panel.column(forecast), panel.column(actual)];
  const judged = panel
    .with({ forecast: forecasts, outcome: outcomes })
    .pick(["forecast", "outcome"])
    .select((row) => Number.isFinite(forecasts[row]) && Number.isFinite(outcomes[row]));
  if (judged.rows === 0) {
    throw new RangeError("Cannot describe a trial: a row must have forecast and outcome, current count is 0");
  }
  return {
    what: "forecast",
    name: forecast,
    firstDay: judged.dates[0],
    lastDay: judged.dates.at(-1)!,
    days: judged.dates.length,
    rows: judged.rows,
    horizonDays,
    content: panelDigest(judged.pick(["forecast"])),
    outcomes: panelDigest(judged.pick(["outcome"])),
    rowSketch: rowSketch(judged, "outcome"),
  };
}

/**
 * What a trial on a book has judged: its daily returns. A book has no rows but its days, so that books over the same
 * days are of one family, whatever they trade.
 *
 * @param name Of the book.
 * @param returns Of each day, at the cost that the claim is about.
 * @throws {RangeError} If there is no day, or the days do not rise.
 */
export function describeBook(name: string, returns: DatedValues): Judged {
  const content = sha256(encodeSeries(returns));
  const date = [...returns.dates];
  if (date.length === 0) throw new RangeError("Cannot describe a trial: a book must have a day, current count is 0");
  return {
    what: "book",
    name,
    firstDay: date[0],
    lastDay: date.at(-1)!,
    days: date.length,
    rows: date.length,
    horizonDays: 1,
    content,
    outcomes: null,
    rowSketch: rowSketch(Panel.fromRows({ symbol: date.map(() => "book"), date, columns: {} })),
  };
}
