import { checkNumber } from "@lib/core";
import { readTable } from "./_read_table.ts";
import { type BadCells, TableCells } from "./_table_cells.ts";

/** A table with one row a day. */
export interface DailyTable {
  /** Rising. */
  dates: string[];
  /** Each of shape (days,); NaN where missing or not a finite number. */
  values: Record<string, Float64Array>;
  badCells: BadCells;
}

/** Options of {@linkcode readDailyTable}. */
export interface ReadDailyTableOptions {
  /** Columns that must be there. Default none. */
  columns?: readonly string[];
  /** Columns that are read where they are there; `true` for all that are left. Default none. */
  optional?: readonly string[] | true;
  /** Largest share of cells of numbers that hold something else, before the table is refused. Default 0.01. */
  largestBadShare?: number;
}

/**
 * Reads a file with a column `date` and one row a day, in any order: the returns of a book, or of factors. Files and
 * cells are read as {@linkcode readForecasts} reads its own.
 *
 * @throws {SyntaxError} If the file cannot be read as that.
 * @throws {RangeError} If a day occurs twice.
 */
export async function readDailyTable(
  path: string,
  { columns = [], optional = [], largestBadShare = 0.01 }: ReadDailyTableOptions = {},
): Promise<DailyTable> {
  const action = "read a daily table";
  checkNumber(action, "largestBadShare", largestBadShare, { least: 0, most: 1 });
  const table = await readTable(action, path);
  const cells = new TableCells(action, table);
  const date = cells.days("date");
  const others = optional === true
    ? table.header.map((title) => title.trim()).filter((title) => !/^(date|unnamed.*)?$/i.test(title))
    : optional.filter((name) => cells.has(name));
  const names = [...new Set([...columns, ...others])];
  const read = names.map((name) => [name, cells.numbers(name, (row) => date[row])] as const);
  cells.refuseBadCells(largestBadShare);
  cells.refuseDuplicates("date", [date]);
  const order = date.map((_, row) => row).sort((a, b) => date[a] < date[b] ? -1 : 1);
  const values = Object.fromEntries(
    read.map(([name, numbers]) => [name, Float64Array.from(order, (row) => numbers[row])]),
  );
  return { dates: order.map((row) => date[row]), values, badCells: cells.badCells };
}
