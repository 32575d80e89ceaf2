import { isIsoDay } from "@lib/core";
import type { TextTable } from "./_parse_csv.ts";

const NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
/** Beyond it the squares of numbers, and with them every statistic, would be infinite. */
const LARGEST = 1e100;
const LONGEST_WORD = 200;
const LONGEST_NUMBER = 400;
const [FIRST_DAY, LAST_DAY] = ["1700-01-01", "2199-12-31"]; // beyond them a date is a slip, not a market
const MISSING = new Set(["", "nan", "na", "n/a", "null", "none", "nat", "."]);

/** Cells that should hold a number and do not. */
export interface BadCells {
  count: number;
  /** The first five, with the row they stand in. */
  examples: string[];
}

/** The cells of a table, read as what they should be. */
export class TableCells {
  readonly badCells: BadCells = { count: 0, examples: [] };
  #cells = 0;

  /** @param action Opens every message: `read forecasts`. */
  constructor(readonly action: string, readonly table: TextTable) {}

  /** Whether there is such a column, found without regard to case. */
  has(name: string): boolean {
    return this.#places(name).length > 0;
  }

  /** Days as `YYYY-MM-DD`; a time of day behind them is left off. */
  days(name: string): string[] {
    const days = new Map<string | number, string>(); // each is checked once, however many rows share it
    return this.#column(name).map((value, row) => {
      if (!days.has(value)) days.set(value, this.#day(value, row));
      return days.get(value)!;
    });
  }

  /** Words, none empty. */
  words(name: string): string[] {
    return this.#column(name).map((value, row) => {
      const word = String(value).trim();
      if (word === "") {
        throw new SyntaxError(`Cannot ${this.action}: each row must have a ${name}, row ${row + 1} has none`);
      }
      if (word.length <= LONGEST_WORD) return word;
      throw new SyntaxError(
        `Cannot ${this.action}: each ${name} must have at most ${LONGEST_WORD} characters, that of row ${
          row + 1
        } has ${word.length}`,
      );
    });
  }

  /**
   * Numbers, NaN where missing; what is no finite number is counted, and NaN too.
   *
   * @param place Names a row in messages.
   */
  numbers(name: string, place: (row: number) => string): Float64Array {
    const column = this.#column(name);
    this.#cells += column.length;
    return Float64Array.from(column, (cell, row) => {
      const value = readNumber(cell);
      if (value !== undefined) return value;
      this.badCells.count++;
      if (this.badCells.examples.length < 5) {
        this.badCells.examples.push(`${name} of ${place(row)}: ${JSON.stringify(shortened(String(cell)))}`);
      }
      return NaN;
    });
  }

  /** @throws {SyntaxError} If a larger share of the cells read as numbers holds something else. */
  refuseBadCells(largestShare: number): void {
    const share = this.badCells.count / Math.max(1, this.#cells);
    if (share <= largestShare) return;
    throw new SyntaxError(
      `Cannot ${this.action}: at most ${100 * largestShare} % of the cells of numbers may hold something else, ` +
        `current share is ${(100 * share).toFixed(1)} %, for example ${this.badCells.examples.join("; ")}`,
    );
  }

  /** @throws {RangeError} If a key occurs twice. */
  refuseDuplicates(what: string, keys: readonly (readonly string[])[]): void {
    const seen = new Map<string, Set<string>>(); // nested, since keys joined to one text each take the memory of the table
    const twice: string[] = [];
    const [first, second = keys[0]] = keys;
    for (let row = 0; row < first.length; row++) {
      const others = seen.get(second[row]) ?? new Set();
      if (others.has(first[row])) twice.push(keys.map((key) => key[row]).join(" "));
      seen.set(second[row], others.add(first[row]));
    }
    if (twice.length === 0) return;
    throw new RangeError(
      `Cannot ${this.action}: each ${what} must occur once, current number of repeated rows is ${twice.length}, ` +
        `for example ${twice.slice(0, 3).join("; ")}`,
    );
  }

  #places(name: string): number[] {
    return this.table.header.flatMap((title, place) =>
      title.trim().toLowerCase() === name.toLowerCase() ? [place] : []
    );
  }

  #column(name: string): (string | number)[] {
    const { header, columns } = this.table;
    const places = this.#places(name);
    if (places.length !== 1) {
      const current = places.length === 0
        ? `current ones are ${header.join(", ")}`
        : `current number is ${places.length}`;
      throw new SyntaxError(`Cannot ${this.action}: there must be one column ${name}, ${current}`);
    }
    if (columns[0].length > 0) return columns[places[0]];
    throw new SyntaxError(`Cannot ${this.action}: there must be a row below the header, there is none`);
  }

  #day(cell: string | number, row: number): string {
    const text = String(cell).trim();
    const day = text.slice(0, 10);
    const isLikely = day >= FIRST_DAY && day <= LAST_DAY;
    if (isIsoDay(day) && isLikely && /^([T ].*)?$/.test(text.slice(10))) return day;
    throw new SyntaxError(
      `Cannot ${this.action}: each date must be a day as YYYY-MM-DD from ${FIRST_DAY} to ${LAST_DAY}, current value of row ${
        row + 1
      } is ${shortened(text) || "empty"}`,
    );
  }
}

/** The beginning of a cell that is too long to be shown. */
function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}... (${text.length} characters)`;
}

/** NaN where missing, undefined where the cell is no number that can be computed with. */
function readNumber(cell: string | number): number | undefined {
  const text = String(cell).trim();
  if (text.length > LONGEST_NUMBER) return undefined; // the pattern below takes the square of the length to refuse it
  if (!NUMBER.test(text)) return MISSING.has(text.toLowerCase()) ? NaN : undefined;
  return Math.abs(Number(text)) <= LARGEST ? Number(text) : undefined;
}
