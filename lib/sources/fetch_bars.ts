import { join } from "node:path";
import { calendarDaysBetween, writeAtomically } from "@lib/core";
import { adjustBars } from "./adjust_bars.ts";
import { barsCsv } from "./bars_csv.ts";
import type { Connection } from "./connection.ts";
import { fetchEach, type FetchedSymbol } from "./fetch_each.ts";
import type { Source } from "./source.ts";
import { SourceError } from "./source_error.ts";
import type { TradedBars } from "./traded_bars.ts";

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

/**
 * Fetches bars of symbols into a folder that the lab reads, a file `SYMBOL.csv` for each.
 *
 * Prices are on the base of the first day (see {@linkcode adjustBars}): fetched again later from the same day on, a file
 * has the same rows and new ones behind them, so that what was computed of the old ones still stands. Whoever is cut off
 * begins again: answers that were kept are not asked for twice.
 *
 * @returns For each symbol what became of it (see {@linkcode fetchEach}).
 * @throws {RangeError} If there are no symbols, or a day is none.
 */
export async function fetchBars(
  symbols: readonly string[],
  { source, connection, from, to, out, onSymbol }: FetchBarsOptions,
): Promise<FetchedSymbol[]> {
  if (to !== undefined && calendarDaysBetween(from, to) < 0) {
    throw new RangeError(`Cannot fetch bars: to must not come before ${from}, current value is ${to}`);
  }
  return await fetchEach(symbols, async (symbol) => {
    const { rows, isNew } = await source.fetch({ symbol, from }, connection);
    const bars = adjustBars(rows, { asOf: to, base: "first" });
    if (bars.days.length === 0) {
      throw new SourceError("missing", `Cannot fetch ${symbol}: it must have bars from ${from} on, currently none`);
    }
    await writeAtomically(join(out, `${symbol}.csv`), barsCsv(bars));
    return { rows: bars.days.length, isNew };
  }, onSymbol);
}
