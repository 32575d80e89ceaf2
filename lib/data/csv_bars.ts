import { isIsoDay } from "@lib/core";
import { countFault, type FaultTally } from "./bars_report.ts";
import { readCsv } from "./read_csv.ts";

/** The bars of one symbol as they were read: in the order of the file, nothing judged but whether it can be read. */
export interface RawBars {
  symbol: string;
  /** Name of the file, without its folder. */
  file: string;
  /** ISO day of each row. */
  days: readonly string[];
  /** Line of each row in the file. */
  lines: ArrayLike<number>;
  /** Values by column, each of shape (rows,); NaN where nothing, or nothing readable, was given. */
  columns: Readonly<Record<string, ArrayLike<number>>>;
  /** Rows met in the file, those included that could not be placed. */
  rowsRead: number;
  /** Faults met in reading. */
  faults: FaultTally;
}

const required = ["date", "open", "high", "low", "close", "volume"];
const numeric = ["open", "high", "low", "close", "volume", "adjusted"];
// Names under which vendors deliver the close adjusted for dividends: overlooking it would lose them without a word.
const otherNames: Record<string, string> = {
  "adj close": "adjusted",
  "adj_close": "adjusted",
  "adjclose": "adjusted",
  "adjusted close": "adjusted",
  "adjusted_close": "adjusted",
};

const timeStamp = /^(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?Z|[+-]\d{2}:?\d{2})?)?$/;
const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const missing = new Set(["", "nan", "na", "n/a", "#n/a", "null", "none"]);

/**
 * The day of a date or time stamp as it is written (no time zone is applied); undefined if it cannot be read.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(readDay("2020-01-02 16:00:00-05:00"), "2020-01-02");
 * assert.equal(readDay("01.02.2020"), undefined);
 * ```
 */
export function readDay(text: string): string | undefined {
  const day = timeStamp.exec(text)?.[1];
  return day !== undefined && isIsoDay(day) ? day : undefined;
}

/**
 * The number a cell holds: NaN if it says that there is none (empty, NaN, NA, null), undefined if it is no plain number.
 *
 * @example Thousands separators and decimal commas are refused, not guessed
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(readNumber("1.5e3"), 1500);
 * assert.ok(Number.isNaN(readNumber("n/a")));
 * assert.equal(readNumber("1,500"), undefined);
 * ```
 */
export function readNumber(text: string): number | undefined {
  if (plainNumber.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  return missing.has(text.toLowerCase()) ? NaN : undefined;
}

function readHeader(cells: readonly string[], file: string): string[] {
  const names = cells.map((cell) => cell.toLowerCase()).map((name) => otherNames[name] ?? name);
  const lacking = required.filter((name) => !names.includes(name));
  const known = names.filter((name) => name === "symbol" || required.includes(name) || numeric.includes(name));
  if (lacking.length === 0 && new Set(known).size === known.length) return names;
  throw new SyntaxError(
    `Cannot read ${file}: its first line must name each of ${required.join(", ")} once, and at most adjusted and ` +
      `symbol besides, separated by commas, current one is ${shortened(cells.join(","))}`,
  );
}

const shortened = (text: string) => text.length <= 80 ? text : `${text.slice(0, 77)}...`;

/**
 * Reads bars from one CSV file: `date,open,high,low,close,volume` and, if given, `adjusted` and `symbol`.
 *
 * Column names count in any case and order, further columns are ignored. A cell that is no plain number, or a line with
 * too few or too many cells, costs the whole bar: which of its values to trust cannot be known.
 *
 * @param bytes The file.
 * @returns The bars of each symbol, in the order in which symbols appear.
 * @throws {SyntaxError} If the file cannot be read as such a table, or holds no row.
 */
export async function readBars(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
  { file, symbol: only }: {
    /** Name of the file, for messages and reports. */
    file: string;
    /** Symbol of all rows where the file has no column `symbol`. */
    symbol: string;
  },
): Promise<RawBars[]> {
  const bySymbol = new Map<string, ReturnType<typeof emptyBars>>();
  const knownDays = new Map<string, string | undefined>();
  let names: string[] | undefined;
  let [atDate, atSymbol, columns]: [number, number, [name: string, at: number][]] = [0, -1, []];

  const takeRow = (cells: string[], line: number) => {
    const symbol = atSymbol < 0 ? only : cells[atSymbol] ?? "";
    if (symbol === "") {
      throw new SyntaxError(`Cannot read ${file}: every row must name its symbol, line ${line} does not`);
    }
    let bars = bySymbol.get(symbol);
    if (!bars) bySymbol.set(symbol, bars = emptyBars(symbol, file, columns.map(([name]) => name)));
    bars.rowsRead++;
    const ragged = cells.length !== names!.length;
    const written = cells[atDate] ?? "";
    if (!knownDays.has(written)) knownDays.set(written, readDay(written));
    const day = knownDays.get(written);
    if (ragged) {
      const value = `${cells.length} cells for ${names!.length} columns: ${shortened(cells.join(","))}`;
      countFault(bars.faults, "ragged_row", { file, line, value });
    } else if (day === undefined) {
      countFault(bars.faults, "unreadable_date", { file, line, value: `date ${shortened(written)}` });
    }
    if (day === undefined) return;
    const values = columns.map(([, at]) => ragged ? NaN : readNumber(cells[at]));
    const wrong = values.indexOf(undefined);
    const lacking = ragged ? -1 : values.findIndex(Number.isNaN);
    if (wrong >= 0) {
      const [name, at] = columns[wrong];
      countFault(bars.faults, "not_a_number", { file, line, value: `${name} ${shortened(cells[at])} on ${day}` });
    } else if (lacking >= 0) {
      countFault(bars.faults, "missing_value", { file, line, value: `no ${columns[lacking][0]} on ${day}` });
    }
    bars.days.push(day);
    bars.lines.push(line);
    columns.forEach(([name], position) => bars.columns[name].push(wrong >= 0 ? NaN : values[position]!));
  };

  await readCsv(bytes, (cells, line) => {
    if (names) return takeRow(cells, line);
    names = readHeader(cells, file);
    [atDate, atSymbol] = [names.indexOf("date"), names.indexOf("symbol")];
    columns = numeric.filter((name) => names!.includes(name)).map((name) => [name, names!.indexOf(name)]);
  }, { name: file });
  if (bySymbol.size > 0) return [...bySymbol.values()];
  throw new SyntaxError(
    `Cannot read ${file}: it must hold at least one row below its header, current file ${
      names ? "ends with the header" : "is empty"
    }`,
  );
}

function emptyBars(symbol: string, file: string, names: readonly string[]) {
  return {
    symbol,
    file,
    days: [] as string[],
    lines: [] as number[],
    columns: Object.fromEntries(names.map((name) => [name, [] as number[]])),
    rowsRead: 0,
    faults: new Map() as FaultTally,
  };
}
