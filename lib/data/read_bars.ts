import type { FaultKind } from "./fault_limits.ts";
import type { RawBars, ReadFault } from "./raw_bars.ts";
import { readDay, readNumber } from "./read_cell.ts";
import { readCsv } from "./read_csv.ts";

/** Options of {@linkcode readBars}. */
export interface ReadBarsOptions {
  /** Name of the file, for messages and reports; bytes are unpacked if it ends in `.gz`. */
  file: string;
  /** Symbol of all rows where the file has no column `symbol`. */
  symbol: string;
}

const required = ["date", "open", "high", "low", "close", "volume"];
const numeric = ["open", "high", "low", "close", "volume", "adjusted"];
// Names under which vendors deliver the close adjusted for dividends: overlooking it would lose them without a word.
const namesOfAdjusted = ["adj close", "adj_close", "adjclose", "adjusted close", "adjusted_close"];

/**
 * Reads bars from CSV: `date,open,high,low,close,volume` and, if given, `adjusted` and `symbol`.
 *
 * Column names count in any case and order, further columns are ignored. A cell that is no plain number, or a line with
 * too few or too many cells, costs the whole bar: which of its values to trust cannot be known.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const text = "Symbol,Date,Open,High,Low,Close,Volume\nA,2020-01-02,4,5,3,4,100\nB,2020-01-02,7,8,6,x,50\n";
 * const [a, b] = await readBars(new Blob([text]).stream(), { file: "two.csv", symbol: "" });
 * assert.deepEqual(a.columns.close, [4]);
 * assert.deepEqual(b.faults[0].example.value, "close x on 2020-01-02");
 * ```
 *
 * @param bytes The file.
 * @returns The bars of each symbol, in the order in which symbols appear.
 * @throws {SyntaxError} If the file cannot be read as such a table, or holds no row.
 */
export async function readBars(
  bytes: ReadableStream<Uint8Array<ArrayBuffer>>,
  { file, symbol }: ReadBarsOptions,
): Promise<RawBars[]> {
  let table: ReturnType<typeof tableOf> | undefined;
  await readCsv(bytes, (cells, line) => {
    if (table) table.takeRow(cells, line);
    else table = tableOf(readHeader(cells, file), { file, symbol });
  }, { name: file });
  const bars = table?.bars() ?? [];
  if (bars.length > 0) return bars;
  throw new SyntaxError(
    `Cannot read ${file}: it must hold at least one row below its header, current file ${
      table ? "ends with the header" : "is empty"
    }`,
  );
}

function readHeader(cells: readonly string[], file: string): string[] {
  const names = cells.map((cell) => cell.toLowerCase())
    .map((name) => namesOfAdjusted.includes(name) ? "adjusted" : name);
  const known = names.filter((name) => [...required, "adjusted", "symbol"].includes(name));
  if (required.every((name) => known.includes(name)) && new Set(known).size === known.length) return names;
  throw new SyntaxError(
    `Cannot read ${file}: its first line must name ${
      required.join(", ")
    }, each once, and at most adjusted and symbol ` +
      `besides, separated by commas, current one is ${shortened(cells.join(","))}`,
  );
}

/** Collects rows under a header, symbol by symbol. */
function tableOf(names: readonly string[], { file, symbol: only }: ReadBarsOptions) {
  const bySymbol = new Map<string, ReturnType<typeof emptyBars>>();
  const [atDate, atSymbol] = [names.indexOf("date"), names.indexOf("symbol")];
  const columns = numeric.filter((name) => names.includes(name));
  const at = columns.map((name) => names.indexOf(name));
  const dayOf = remembered(readDay);

  const takeRow = (cells: readonly string[], line: number) => {
    const symbol = atSymbol < 0 ? only : cells[atSymbol];
    if (!symbol) throw new SyntaxError(`Cannot read ${file}: every row must name its symbol, line ${line} does not`);
    let bars = bySymbol.get(symbol);
    if (!bars) bySymbol.set(symbol, bars = emptyBars(symbol, file, columns));
    const day = dayOf(cells[atDate] ?? "");
    const met = (kind: FaultKind, value: string) => bars.faults.push({ kind, day, example: { file, line, value } });
    const ragged = cells.length !== names.length;
    const values = ragged ? [] : at.map((position) => readNumber(cells[position]));
    const [wrong, lacking] = [values.indexOf(undefined), values.findIndex(Number.isNaN)];
    if (ragged) {
      met("ragged_row", `${cells.length} cells for ${names.length} columns: ${shortened(cells.join(","))}`);
    } else if (day === undefined) {
      met("unreadable_date", `date ${shortened(cells[atDate])}`);
    } else if (wrong >= 0) {
      met("not_a_number", `${columns[wrong]} ${shortened(cells[at[wrong]])} on ${day}`);
    } else if (lacking >= 0) {
      met("missing_value", `no ${columns[lacking]} on ${day}`);
    }
    bars.rowsRead++;
    if (day === undefined) return;
    bars.days.push(day);
    bars.lines.push(line);
    const unreadable = ragged || wrong >= 0;
    columns.forEach((name, position) => bars.columns[name].push(unreadable ? NaN : values[position]!));
  };
  return { takeRow, bars: (): RawBars[] => [...bySymbol.values()] };
}

function emptyBars(symbol: string, file: string, names: readonly string[]) {
  const columns = Object.fromEntries(names.map((name) => [name, [] as number[]]));
  const faults: ReadFault[] = [];
  return { symbol, file, days: [] as string[], lines: [] as number[], columns, rowsRead: 0, faults };
}

/** Dates repeat from symbol to symbol: each is read once, and kept once. */
function remembered<Value>(read: (text: string) => Value): (text: string) => Value {
  const known = new Map<string, Value>();
  return (text) => {
    if (!known.has(text)) known.set(text, read(text));
    return known.get(text)!;
  };
}

const shortened = (text: string) => text.length <= 80 ? text : `${text.slice(0, 77)}...`;
