import { join } from "node:path";
import { writeAtomically } from "@lib/core";
import type { Connection } from "./connection.ts";
import { fetchEach, type FetchedSymbol } from "./fetch_each.ts";
import { companyNews } from "./finnhub/company_news.ts";
import { fredSeries } from "./fred/fred_series.ts";
import { recordFileText } from "./record_file.ts";
import { insiderTrades } from "./sec/insider_trades.ts";
import { yahooOptions } from "./yahoo/yahoo_options.ts";

/** What is wanted of a symbol; series and options are always given whole. */
interface Stretch {
  symbol: string;
  from: string;
  to: string;
}

/** Of each source that gives records, how a file is made of them. */
const makers = {
  finnhub: async (stretch: Stretch, connection: Connection) => {
    const { rows: { articles, covered }, isNew } = await companyNews.fetch(stretch, connection);
    return { records: articles, covered, isNew };
  },
  fred: async ({ symbol }: Stretch, connection: Connection) => {
    const { rows, isNew } = await fredSeries.fetch({ series: symbol }, connection);
    return { records: rows, isNew };
  },
  sec: async (stretch: Stretch, connection: Connection) => {
    const { rows, isNew } = await insiderTrades.fetch(stretch, connection);
    return { records: rows, isNew };
  },
  yahoo_options: async ({ symbol }: Stretch, connection: Connection) => {
    const { rows, isNew } = await yahooOptions.fetch({ symbol }, connection);
    return { records: rows, isNew };
  },
};

/** A source of records by its name. */
export type RecordSource = keyof typeof makers;

/** Names of the sources of records. */
export const recordSources = Object.keys(makers) as RecordSource[];

/** Options of {@linkcode fetchRecords}. */
export interface FetchRecordsOptions {
  source: RecordSource;
  connection: Connection;
  /** First and last day, ISO, of news and filings; series come whole, options as of now. */
  from: string;
  to: string;
  /** Folder of the files. */
  out: string;
  /** Told of each symbol as soon as its file is there. */
  onSymbol?: (fetched: FetchedSymbol) => void;
}

/**
 * Fetches news, series, insider trades or options into a folder, a file `SYMBOL.json` for each symbol or series, which
 * `readRecordFile` reads; a file of options is named by symbol and time, since there is no other way to have a history.
 *
 * @returns For each symbol what became of it (see {@linkcode fetchEach}).
 * @throws {RangeError} If there are no symbols, or a day is none.
 */
export async function fetchRecords(
  symbols: readonly string[],
  { source, connection, from, to, out, onSymbol }: FetchRecordsOptions,
): Promise<FetchedSymbol[]> {
  return await fetchEach(symbols, async (symbol) => {
    const { isNew, ...made } = await makers[source]({ symbol, from, to }, connection);
    const stamp = source === "yahoo_options"
      ? `_${made.records[0].knownAt.toISOString().replaceAll(/[-:.]/g, "")}`
      : "";
    await writeAtomically(join(out, `${symbol}${stamp}.json`), recordFileText({ source, symbol, ...made }));
    return { rows: made.records.length, isNew };
  }, onSymbol);
}
