import { isIsoDay } from "@lib/core";
import { finishedDays } from "../finished_days.ts";
import type { Source } from "../source.ts";
import type { TradedBars } from "../traded_bars.ts";
import { throughYahoo } from "./_through_yahoo.ts";
import { barsAsTraded } from "./bars_as_traded.ts";
import { readYahooChart, type YahooChart } from "./read_yahoo_chart.ts";
import { checkYahooSymbol } from "./yahoo_symbol.ts";
import { yahooHours } from "./yahoo_hours.ts";
import { yahooService } from "./yahoo_service.ts";

/** What is asked of {@linkcode yahooBars}. */
export interface YahooBarsQuery {
  /** As Yahoo writes it: `AAPL`, `BRK-B`, `^VIX`, `EURUSD=X`, `BTC-USD`. */
  symbol: string;
  /** First day, ISO. */
  from: string;
}

const millisecondsPerDay = 86_400_000;

/**
 * Daily bars with splits and dividends from Yahoo Finance, at the prices at which shares traded.
 *
 * Always asked for until now, whatever stretch is wanted in the end: prices are adjusted for splits until now, and only
 * so are all of these told (see {@linkcode barsAsTraded}). The bar of a session that still runs is left out. An answer
 * that was kept holds until another session has ended.
 *
 * What Yahoo gives is for personal use (https://legal.yahoo.com/us/en/yahoo/terms/otos/index.html). It has no shares that
 * are traded no more: whoever picks symbols from it today picks survivors.
 */
export const yahooBars: Source<YahooBarsQuery, TradedBars> = {
  name: "yahoo",
  service: yahooService,
  async fetch({ symbol, from }, connection) {
    checkYahooSymbol(symbol);
    if (!isIsoDay(from)) {
      throw new RangeError(`Cannot fetch bars: from must be a date as YYYY-MM-DD, current value is ${from}`);
    }
    const today = Math.floor(connection.clock.now() / millisecondsPerDay) * millisecondsPerDay;
    const { value: chart, record, isNew } = await throughYahoo(connection, {
      path: "/v8/finance/chart/",
      call: (client, options) =>
        client.chart(symbol, {
          period1: new Date(`${from}T00:00:00Z`),
          period2: new Date(today + 2 * millisecondsPerDay), // the same address all day, and tomorrow in every zone
          interval: "1d",
          includePrePost: false,
          events: "div|split|capitalGains",
          return: "object",
        }, options),
      read: (bytes) => ofSymbol(readYahooChart(bytes), symbol),
      isCurrent,
    });
    const hours = yahooHours(chart);
    const finished = finishedDays(chart.days, { hours, fetchedAt: new Date(record.fetchedAt) });
    return { rows: firstDays(barsAsTraded(chart), finished), records: [record], isNew };
  },
};

function ofSymbol(chart: YahooChart, symbol: string): YahooChart {
  if (chart.symbol.toUpperCase() === symbol.toUpperCase()) return chart;
  throw new SyntaxError(`chart.result[0].meta.symbol must be ${symbol}, current value is ${chart.symbol}`);
}

/** Whether no session has ended, and settled, since. */
function isCurrent(chart: YahooChart, fetchedAt: Date, now: Date): boolean {
  const hours = yahooHours(chart);
  const [from, to] = [-3, 3].map((days) => new Date(fetchedAt.getTime() + days * millisecondsPerDay));
  if (now > to) return false;
  const days = hours.sessions(from.toISOString().slice(0, 10), to.toISOString().slice(0, 10)).map(({ day }) => day);
  const finished = (at: Date) => finishedDays(days, { hours, fetchedAt: at });
  return finished(fetchedAt) === finished(now);
}

function firstDays(bars: TradedBars, count: number): TradedBars {
  const { symbol, days, open, high, low, close, volume, actions } = bars;
  const cut = (values: Float64Array) => values.slice(0, count);
  return {
    ...{ symbol, actions, days: days.slice(0, count) },
    ...{ open: cut(open), high: cut(high), low: cut(low), close: cut(close), volume: cut(volume) },
  };
}
