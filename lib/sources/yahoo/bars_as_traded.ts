import type { TradedBars } from "../traded_bars.ts";
import type { YahooChart } from "./read_yahoo_chart.ts";

/**
 * Undoes what Yahoo did to prices: each is multiplied by the ratios of all splits behind its day, which gives what stood
 * on the screen, up to the rounding of Yahoo's 32-bit prices; volumes are divided by them, dividends multiplied.
 *
 * Holds only for an answer that reaches to the moment at which it was fetched: Yahoo adjusts for splits after the last
 * day that was asked for, too, and does not tell these.
 *
 * @example Four for one on the second day
 * ```ts
 * import assert from "node:assert/strict";
 * const price = Float64Array.of(125, 130);
 * const chart = {
 *   ...{ symbol: "A", currency: "USD", instrument: "EQUITY", zone: "America/New_York" },
 *   days: ["2020-08-28", "2020-08-31"],
 *   columns: { open: price, high: price, low: price, close: price, volume: Float64Array.of(400, 300) },
 *   actions: [{ kind: "split", day: "2020-08-31", ratio: 4 } as const],
 * };
 * const { close, volume } = barsAsTraded(chart);
 * assert.deepEqual([...close, ...volume], [500, 130, 100, 300]);
 * ```
 */
export function barsAsTraded({ symbol, days, columns, actions }: YahooChart): TradedBars {
  const splits = actions.filter((action) => action.kind === "split");
  /** Shares of today that one share of a day has become. */
  const become = (day: string) =>
    splits.reduce((product, split) => split.day > day ? product * split.ratio : product, 1);
  const shares = days.map(become);
  const price = (values: Float64Array) => values.map((value, row) => value * shares[row]);
  return {
    symbol,
    days,
    open: price(columns.open),
    high: price(columns.high),
    low: price(columns.low),
    close: price(columns.close),
    volume: columns.volume.map((value, row) => value / shares[row]),
    actions: actions.map((action) =>
      action.kind === "split" ? action : { ...action, amount: action.amount * become(action.day) }
    ),
  };
}
