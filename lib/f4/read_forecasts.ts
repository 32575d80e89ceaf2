import { gunzipSync } from "node:zlib";
import { checkNumber, isIsoDay, Panel } from "@lib/core";
import pl from "nodejs-polars";
import { parseCsv, type TextTable } from "./_parse_csv.ts";

const REQUIRED = ["symbol", "date", "forecast", "actual"] as const;
const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
/** Beyond it the squares of numbers, and with them every statistic, would be infinite. */
const LARGEST = 1e100;
const MISSING = new Set(["", "nan", "na", "n/a", "null", "none", "nat", "."]);

/** Options of {@linkcode readForecasts}. */
export interface ReadForecastsOptions {
  /** Further columns of numbers to keep, such as baselines; found without regard to case. Default none. */
  keep?: readonly string[];
  /** Largest share of cells of numbers that hold something else, before the table is refused. Default 0.01. */
  largestBadShare?: number;
}

/** A table of forecasts, and what was wrong with it. */
export interface ForecastTable {
  /** Columns `forecast`, `actual` and those kept; NaN where missing or not a finite number. */
  panel: Panel;
  rows: number;
  /** Cells that hold text, an infinite value or one beyond 1e100 where a number should be. They count as missing. */
  badCells: { count: number; examples: string[] };
  /** Actuals below -1: more than everything cannot be lost, so they are percents, or no simple returns. */
  beyondTotalLoss: number;
}

/**
 * Reads `symbol,date,forecast,actual` from a file that a person brings: CSV (comma, semicolon or tab; UTF-8 or
 * UTF-16; also packed, `.gz`) or parquet.
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
  { keep = [], largestBadShare = 0.01 }: ReadForecastsOptions = {},
): Promise<ForecastTable> {
  checkNumber("read forecasts", "largestBadShare", largestBadShare, { least: 0, most: 1 });
  await checkIsFile(path);
  const isParquet = /\.(parquet|pq)$/i.test(path);
  const table = isParquet ? readParquet(path) : parseCsv(await readText(path));
  return forecastTable(table, { keep, largestBadShare });
}

async function checkIsFile(path: string): Promise<void> {
  const file = await Deno.stat(path).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(`Cannot read forecasts: there must be a file ${path}, there is none`, { cause });
  });
  if (file.isDirectory) throw new TypeError(`Cannot read forecasts: ${path} must be a file, it is a folder`);
}

async function readText(path: string): Promise<string> {
  const isPacked = /\.gz$/i.test(path);
  const file = await Deno.readFile(path);
  try {
    const bytes = isPacked ? gunzipSync(file) : file;
    const [first, second] = bytes;
    const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
    const encoding = !isWide ? "utf-8" : first === 0xff ? "utf-16le" : "utf-16be";
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const wanted = isPacked ? "gzip of UTF-8 text" : "text in UTF-8";
    throw new SyntaxError(`Cannot read forecasts: ${path} must be ${wanted}, its bytes are not`, { cause });
  }
}

/** The same as {@linkcode readForecasts} for a table that has been read already. */
function forecastTable(
  { header, columns }: TextTable,
  { keep, largestBadShare }: Required<ReadForecastsOptions>,
): ForecastTable {
  const find = (name: string) => {
    const places = header.flatMap((title, place) => title.trim().toLowerCase() === name.toLowerCase() ? [place] : []);
    if (places.length === 1) return columns[places[0]];
    const current = places.length === 0
      ? `current ones are ${header.join(", ")}`
      : `current number is ${places.length}`;
    throw new SyntaxError(`Cannot read forecasts: there must be one column ${name}, ${current}`);
  };
  const [symbols, dates] = [find("symbol"), find("date")];
  if (symbols.length === 0) {
    throw new SyntaxError("Cannot read forecasts: there must be a row below the header, there is none");
  }
  const symbol = symbols.map((value, row) => readSymbol(value, row));
  const days = new Map<string | number, string>(); // each is checked once, however many symbols share it
  const date = dates.map((value, row) => {
    if (!days.has(value)) days.set(value, readDate(value, row));
    return days.get(value)!;
  });
  const badCells = { count: 0, examples: [] as string[] };
  const names = [...new Set([...REQUIRED.slice(2), ...keep])];
  const numbers = Object.fromEntries(names.map((name) => {
    const column = find(name);
    return [
      name,
      Float64Array.from(column, (cell, row) => {
        const value = readNumber(cell);
        if (value !== undefined) return value;
        badCells.count++;
        if (badCells.examples.length < 5) {
          badCells.examples.push(`${name} of ${symbol[row]} on ${date[row]}: ${JSON.stringify(String(cell))}`);
        }
        return NaN;
      }),
    ];
  }));
  const share = badCells.count / Math.max(1, symbol.length * names.length);
  if (share > largestBadShare) {
    throw new SyntaxError(
      `Cannot read forecasts: at most ${100 * largestBadShare} % of the cells of numbers may hold something else, ` +
        `current share is ${(100 * share).toFixed(1)} %, for example ${badCells.examples.join("; ")}`,
    );
  }
  refuseDuplicates(symbol, date);
  const beyondTotalLoss = numbers.actual.filter((value) => value < -1).length;
  return { panel: Panel.fromRows({ symbol, date, columns: numbers }), rows: symbol.length, badCells, beyondTotalLoss };
}

function readSymbol(cell: string | number, row: number): string {
  const symbol = String(cell).trim();
  if (symbol !== "") return symbol;
  throw new SyntaxError(`Cannot read forecasts: each row must have a symbol, row ${row + 1} has none`);
}

function readDate(cell: string | number, row: number): string {
  const text = String(cell).trim();
  const day = text.slice(0, 10);
  if (isIsoDay(day) && /^([T ].*)?$/.test(text.slice(10))) return day;
  throw new SyntaxError(
    `Cannot read forecasts: each date must be a day as YYYY-MM-DD, current value of row ${row + 1} is ${
      text || "empty"
    }`,
  );
}

/** NaN where missing, undefined where the cell is no number that can be computed with. */
function readNumber(cell: string | number): number | undefined {
  const text = String(cell).trim();
  if (!NUMBER.test(text)) return MISSING.has(text.toLowerCase()) ? NaN : undefined;
  return Math.abs(Number(text)) <= LARGEST ? Number(text) : undefined;
}

function refuseDuplicates(symbol: readonly string[], date: readonly string[]): void {
  const seen = new Map<string, Set<string>>();
  const twice: string[] = [];
  for (let row = 0; row < symbol.length; row++) {
    const names = seen.get(date[row]) ?? new Set();
    if (names.has(symbol[row])) twice.push(`${symbol[row]} ${date[row]}`);
    seen.set(date[row], names.add(symbol[row]));
  }
  if (twice.length === 0) return;
  throw new RangeError(
    `Cannot read forecasts: each symbol and date must occur once, current number of repeated rows is ${twice.length}, ` +
      `for example ${twice.slice(0, 3).join("; ")}`,
  );
}

function readParquet(path: string): TextTable {
  const frame = openParquet(path);
  const columns = frame.columns.map((name) =>
    frame.getColumn(name).toArray().map((value: unknown) => {
      if (value === null || value === undefined) return "";
      if (value instanceof Date) return value.toISOString();
      return typeof value === "number" ? value : String(value);
    })
  );
  return { header: frame.columns, columns };
}

function openParquet(path: string): pl.DataFrame {
  try {
    return pl.readParquet(path);
  } catch (cause) {
    throw new SyntaxError(`Cannot read forecasts: ${path} must be parquet, ${(cause as Error).message}`, { cause });
  }
}
