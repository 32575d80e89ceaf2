import { checkNumber, Panel } from "@lib/core";
import { readTable } from "./_read_table.ts";
import { type BadCells, TableCells } from "./_table_cells.ts";

/** Options of {@linkcode readForecasts}. */
export interface ReadForecastsOptions {
  /** Columns that hold forecasts. Default: those that are called so. */
  forecasts?: readonly string[];
  /**
   * What forecasts are called: a word, by itself or before `_` and more, such as `probability`; or a pattern that their
   * names match. Default `forecast`.
   */
  named?: string | RegExp;
  /** Whether the table must have the column `actual`; where it need not and has none, the panel has none. Default true. */
  needsActual?: boolean;
  /** Further columns of numbers to keep, such as baselines; found without regard to case. Default none. */
  keep?: readonly string[];
  /** Largest share of cells of numbers that hold something else, before the table is refused. Default 0.01. */
  largestBadShare?: number;
}

/** A table of forecasts, and what was wrong with it. */
export interface ForecastTable {
  /** The forecasts, `actual` and the columns kept; NaN where missing or not a finite number. */
  panel: Panel;
  /** The columns that hold forecasts, in the order of the table or of what was asked for. */
  forecasts: string[];
  rows: number;
  /** Cells that hold text, an infinite value or one beyond 1e100 where a number should be. They count as missing. */
  badCells: BadCells;
  /** Actuals below -1: more than everything cannot be lost, so they are percents, or no simple returns. */
  beyondTotalLoss: number;
}

/**
 * Reads `symbol,date,forecast,actual` from a file that a person brings: CSV (comma, semicolon or tab; UTF-8 or
 * UTF-16; also packed, `.gz`) or parquet. A table may hold several columns of forecasts.
 *
 * The header is found without regard to case; a byte order mark, CRLF, quotes, blank lines, other columns and any order
 * of rows are accepted. Dates are `YYYY-MM-DD`, also with a time of day behind them, which is left off. Empty cells,
 * NaN, NA, null and None are missing. What is no finite number is counted, treated as missing, and refused above a
 * limit.
 *
 * @throws {SyntaxError} If the file is no text, a column or every row is missing, a date or a symbol cannot be read, a
 * quote is never closed, or too many cells are no numbers.
 * @throws {Deno.errors.NotFound} If there is no such file.
 * @throws {RangeError} If a symbol and date occur twice.
 */
export async function readForecasts(
  path: string,
  { forecasts: asked, named = "forecast", needsActual = true, keep = [], largestBadShare = 0.01 }:
    ReadForecastsOptions = {},
): Promise<ForecastTable> {
  const action = "read forecasts";
  checkNumber(action, "largestBadShare", largestBadShare, { least: 0, most: 1 });
  const table = await readTable(action, path);
  const cells = new TableCells(action, table);
  const forecasts = [...asked ?? forecastColumns(table.header, named)];
  const [symbol, date] = [cells.words("symbol"), cells.days("date")];
  const hasActual = needsActual || cells.has("actual");
  const names = [...new Set([...forecasts, ...(hasActual ? ["actual"] : []), ...keep])];
  const place = (row: number) => `${symbol[row]} on ${date[row]}`;
  const columns = Object.fromEntries(names.map((name) => [name, cells.numbers(name, place)]));
  cells.refuseBadCells(largestBadShare);
  cells.refuseDuplicates("symbol and date", [symbol, date]);
  return {
    panel: Panel.fromRows({ symbol, date, columns }),
    forecasts,
    rows: symbol.length,
    badCells: cells.badCells,
    beyondTotalLoss: hasActual ? columns.actual.filter((value) => value < -1).length : 0,
  };
}

/** What a header calls forecasts; the plain name, which is then missed, where it calls nothing so. */
function forecastColumns(header: readonly string[], named: string | RegExp): string[] {
  const titles = [...new Set(header.map((title) => title.trim()))];
  if (named instanceof RegExp) {
    const names = titles.filter((title) => named.test(title));
    if (names.length > 0) return names;
    const wanted = `columns whose names match ${named}`;
    throw new SyntaxError(`Cannot read forecasts: there must be ${wanted}, current ones are ${titles.join(", ")}`);
  }
  const isPlain = (title: string) => title.toLowerCase() === named;
  const names = titles
    .filter((title) => isPlain(title) || title.toLowerCase().startsWith(`${named}_`))
    .map((title) => isPlain(title) ? named : title);
  return names.length === 0 ? [named] : [...new Set(names)];
}
