import { Buffer } from "node:buffer";
import { seriesNumbers } from "@lib/core";
import pl from "nodejs-polars";

/** What a cell of a table or a leaf of a JSON file holds. */
export type CellValue = number | string | boolean | null;

/** A file as cells: the columns of a table, or the leaves of a JSON file as one column `value`. */
export interface ArtifactTable {
  /** Number of rows; that of leaves for JSON. */
  rows: number;
  /** By name, each of `rows` cells; NaN and null are missing. */
  columns: Record<string, Float64Array | readonly CellValue[]>;
  /** Names a row for a reader: `row 7 (AAPL, 2016-01-05)`, or the path of a leaf, `data[0].y[12]`. Rows count from 1. */
  rowName: (row: number) => string;
}

/**
 * Reads a file as cells: `.csv`, `.parquet` and `.json`; undefined for others.
 *
 * A row of a table is named by its columns `symbol` and `date`, or by its first two columns of text.
 *
 * @param name Tells by its ending what the file is. Default: the path.
 * @throws {Error} If the file cannot be read as what its name says.
 */
export async function readArtifactTable(path: string, name: string = path): Promise<ArtifactTable | undefined> {
  if (name.endsWith(".json")) return jsonTable(JSON.parse(await Deno.readTextFile(path)));
  if (!name.endsWith(".csv") && !name.endsWith(".parquet")) return undefined;
  const bytes = Buffer.from(await Deno.readFile(path)); // polars takes a path without an ending for text
  return frameTable(name.endsWith(".csv") ? pl.readCSV(bytes, { inferSchemaLength: 10_000 }) : pl.readParquet(bytes));
}

function frameTable(frame: pl.DataFrame): ArtifactTable {
  const columns: ArtifactTable["columns"] = {};
  for (const name of frame.columns) {
    const series = frame.getColumn(name);
    columns[name] = series.isNumeric() ? seriesNumbers(series) : series.toArray().map(cellOf);
  }
  const texts = Object.keys(columns).filter((name) => !(columns[name] instanceof Float64Array));
  const keys = texts.filter((name) => name === "symbol" || name === "date");
  const naming = keys.length > 0 ? keys : texts.slice(0, 2);
  const rowName = (row: number) => {
    const names = naming.map((name) => columns[name][row]).join(", ");
    return `row ${row + 1}${names === "" ? "" : ` (${names})`}`;
  };
  return { rows: frame.height, columns, rowName };
}

function cellOf(value: unknown): CellValue {
  if (value === null || value === undefined) return null;
  return typeof value === "boolean" ? value : String(value);
}

/**
 * The leaves of a JSON value in the order in which they stand, each with its path. An empty list or object is a leaf.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { columns, rowName } = jsonTable({ data: [{ y: [1, 2] }], title: "IC" });
 * assert.deepEqual(columns.value, [1, 2, "IC"]);
 * assert.equal(rowName(1), "data[0].y[1]");
 * ```
 */
export function jsonTable(value: unknown): ArtifactTable {
  const values: CellValue[] = [];
  const paths: string[] = [];
  const walk = (node: unknown, path: string) => {
    const children = node === null || typeof node !== "object" ? [] : Object.entries(node);
    if (children.length === 0) {
      values.push(typeof node === "object" && node !== null ? JSON.stringify(node) : node as CellValue);
      paths.push(path);
    }
    for (const [key, child] of children) {
      walk(child, Array.isArray(node) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`);
    }
  };
  walk(value, "");
  return { rows: values.length, columns: { value: values }, rowName: (row) => paths[row] || "the whole value" };
}
