import { join } from "node:path";
import { calendarDaysBetween, writeAtomically } from "@lib/core";
import { adjustBars } from "./adjust_bars.ts";
import { barsCsv } from "./bars_csv.ts";
import type { Connection } from "./connection.ts";
import type { Source } from "./source.ts";
import { SourceError } from "./source_error.ts";
import type { TradedBars } from "./traded_bars.ts";

/** What became of a symbol. */
export interface FetchedSymbol {
  symbol: string;
  /** Rows of the file that was written; 0 where there is none. */
  rows: number;
  /** Whether the service was asked, or an answer that was kept still held. */
  isNew: boolean;
  /** Why there is no file. */
  error?: SourceError;
}

/** Options of {@linkcode fetchBars}. */
export interface FetchBarsOptions {
  source: Source<{ symbol: string; from: string }, TradedBars>;
  connection: Connection;
  /** First day, ISO. */
  from: string;
  /** Last day, ISO; actions behind it are left out, too. Default: none. */
  to?: string;
  /** Folder of the files. */
  out: string;
  /** Told of each symbol as soon as its file is there. */
  onSymbol?: (fetched: FetchedSymbol) => void;
}

/** Errors that the next symbol would meet, too. */
const isGeneral = ({ kind }: SourceError) => ["network", "key", "throttled"].includes(kind);

/**
 * Fetches bars of symbols into a folder that the lab reads, a file `SYMBOL.csv` for each.
 *
 * Prices are on the base of the first day (see {@linkcode adjustBars}): fetched again later from the same day on, a file
 * has the same rows and new ones behind them, so that what was computed of the old ones still stands. Whoever is cut off
 * begins again: answers that were kept are not asked for twice.
 *
 * @returns For each symbol what became of it. A symbol that the service does not know has an error; so has each one
 * behind an error that is not about a symbol, which ends the work.
 * @throws {RangeError} If there are no symbols, or a day is none.
 */
export async function fetchBars(
  symbols: readonly string[],
  { source, connection, from, to, out, onSymbol = () => {} }: FetchBarsOptions,
): Promise<FetchedSymbol[]> {
  if (symbols.length === 0) {
    throw new RangeError("Cannot fetch bars: there must be at least one symbol, currently none");
  }
  if (to !== undefined && calendarDaysBetween(from, to) < 0) {
    throw new RangeError(`Cannot fetch bars: to must not come before ${from}, current value is ${to}`);
  }
  const results: FetchedSymbol[] = [];
  let stop: SourceError | undefined;
  for (const symbol of new Set(symbols)) {
    const result: FetchedSymbol = { symbol, rows: 0, isNew: false, error: stop };
    results.push(result);
    if (stop) continue;
    try {
      const { rows, isNew } = await source.fetch({ symbol, from }, connection);
      const bars = adjustBars(rows, { asOf: to, base: "first" });
      Object.assign(result, { rows: bars.days.length, isNew });
      if (bars.days.length === 0) {
        throw new SourceError("missing", `Cannot fetch ${symbol}: it must have bars from ${from} on, currently none`);
      }
      await writeAtomically(join(out, `${symbol}.csv`), barsCsv(bars));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      result.error = error;
      if (isGeneral(error)) stop = error;
    }
    onSymbol(result);
  }
  return results;
}
