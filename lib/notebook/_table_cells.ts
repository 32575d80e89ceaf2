import { checkInteger } from "@lib/core";
import type pl from "nodejs-polars";

/** What a table can hold. NaN, null and undefined are missing. */
export type CellValue = string | number | bigint | boolean | Date | null | undefined;

/** A table by rows; the first row names the columns. */
export type TableRows = readonly Readonly<Record<string, CellValue>>[];

/** How the numbers of a column are written. */
export interface ColumnFormat {
  /** Heading. Default: the column's name. */
  label?: string;
  /** "percent" and "basisPoints" expect fractions. Default "number". */
  unit?: "number" | "percent" | "basisPoints";
  /** Decimals. Default: those of the table for numbers, none where all are whole; 1 for percent and basis points. */
  digits?: number;
}

/** What stands for a missing value. */
export const MISSING = "–";

/** A table as text, ready to be set in any form. */
export interface TableCells {
  readonly headings: readonly string[];
  /** Columns of numbers stand at the right. */
  readonly numeric: readonly boolean[];
  readonly rows: readonly (readonly string[])[];
}

const UNITS = {
  number: { factor: 1, suffix: "" },
  percent: { factor: 100, suffix: "%" },
  basisPoints: { factor: 1e4, suffix: " bp" },
} as const;

/** Rows of a frame or rows as they are. */
export function rowsOf(table: TableRows | pl.DataFrame): TableRows {
  return Array.isArray(table) ? table : (table as pl.DataFrame).toRecords() as TableRows;
}

/** Writes every cell in the format of its column, in the order given. */
export function tableCells(
  rows: TableRows,
  digits: number,
  formats: Readonly<Record<string, ColumnFormat>>,
): TableCells {
  const names = columnNames(rows);
  for (const name of Object.keys(formats)) {
    if (rows.length === 0 || names.includes(name)) continue;
    throw new RangeError(
      `Cannot show a table: formats must be of its columns ${names.join(", ")}, current value is ${name}`,
    );
  }
  const columns = names.map((name) => column(rows.map((row) => row[name]), { label: name, ...formats[name] }, digits));
  return {
    headings: columns.map(({ heading }) => heading),
    numeric: columns.map(({ numeric }) => numeric),
    rows: rows.map((_, index) => columns.map(({ cells }) => cells[index])),
  };
}

/** Names of the columns: those of the first row, which every row must have. */
export function columnNames(rows: TableRows): string[] {
  const names = Object.keys(rows[0] ?? {});
  rows.forEach((row, index) => {
    const own = Object.keys(row);
    if (own.length === names.length && names.every((name) => name in row)) return;
    throw new TypeError(
      `Cannot make a table: every row must have the columns ${names.join(", ")}, row ${index} has ${own.join(", ")}`,
    );
  });
  return names;
}

/** Whether a value is missing: nothing is there, or it is not a number. */
export function isMissing(value: CellValue): value is null | undefined {
  return value === null || value === undefined || Number.isNaN(value);
}

function column(values: CellValue[], { label, unit = "number", digits }: ColumnFormat, tableDigits: number) {
  const known = values.filter((value) => !isMissing(value));
  const isNumber = (value: CellValue) => typeof value === "number" || typeof value === "bigint";
  const numeric = known.every(isNumber) && values.some(isNumber); // NaN tells a column of numbers too
  const whole = unit === "number" && known.every((value) => typeof value === "bigint" || Number.isInteger(value));
  const decimals = digits ?? (unit !== "number" ? 1 : whole ? 0 : tableDigits);
  checkInteger("show a table", "digits", decimals, { least: 0, most: 20 });
  const { factor, suffix } = UNITS[unit];
  const text = (value: CellValue) => {
    if (isMissing(value)) return MISSING;
    if (value instanceof Date) return value.toISOString().slice(0, 10);
    return typeof value === "number" ? signed(value * factor, decimals) + suffix : `${value}`;
  };
  return { heading: label ?? "", numeric, cells: values.map(text) };
}

/** A minus as long as a plus, and none before a number that rounds to zero. */
function signed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}
