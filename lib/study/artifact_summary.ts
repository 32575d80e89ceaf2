import { mean, seriesNumbers, standardDeviation } from "@lib/core";
import pl from "nodejs-polars";

/** What remains of a column of numbers when the file is gone: enough to say by how much a later one differs. */
export interface ColumnSummary {
  count: number;
  missing: number;
  mean: number;
  deviation: number;
  least: number;
  most: number;
}

/** The columns of numbers of a file, by name. */
export type Numbers = Record<string, Float64Array>;

/**
 * Reads the numbers of an artifact: the columns of a table (`.csv`, `.parquet`), or the leaves of a JSON file by the
 * key they stand under. Other files have none, and can only be the same or not.
 */
export async function readNumbers(path: string): Promise<Numbers> {
  if (path.endsWith(".json")) return jsonNumbers(JSON.parse(await Deno.readTextFile(path)));
  if (!path.endsWith(".csv") && !path.endsWith(".parquet")) return {};
  const frame = path.endsWith(".csv") ? pl.readCSV(path, { inferSchemaLength: 10_000 }) : pl.readParquet(path);
  const numbers: Numbers = {};
  for (const name of frame.columns) {
    const series = frame.getColumn(name);
    if (series.isNumeric()) numbers[name] = seriesNumbers(series);
  }
  return numbers;
}

function jsonNumbers(value: unknown): Numbers {
  const found = new Map<string, number[]>();
  const walk = (node: unknown, key: string) => {
    if (typeof node === "number") found.set(key, [...(found.get(key) ?? []), node]);
    else if (Array.isArray(node)) collect(node, key);
    else if (node !== null && typeof node === "object") {
      Object.entries(node).forEach(([name, child]) => walk(child, name));
    }
  };
  const collect = (nodes: unknown[], key: string) => {
    if (!nodes.every((node) => typeof node === "number")) return nodes.forEach((node) => walk(node, key));
    const list = found.get(key);
    if (list === undefined) found.set(key, [...nodes as number[]]);
    else for (const node of nodes) list.push(node as number);
  };
  walk(value, "value");
  return Object.fromEntries(
    [...found].sort(([a], [b]) => a < b ? -1 : 1).map(([key, list]) => [key, Float64Array.from(list)]),
  );
}

/**
 * Summarises columns. Missing values are counted and left out; a column without any known value is all zeros.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { close } = summarise({ close: Float64Array.of(1, NaN, 3) });
 * assert.deepEqual(close, { count: 2, missing: 1, mean: 2, deviation: Math.SQRT2, least: 1, most: 3 });
 * ```
 */
export function summarise(numbers: Numbers): Record<string, ColumnSummary> {
  return Object.fromEntries(
    Object.entries(numbers).map(([name, column]) => {
      const known = column.filter(Number.isFinite);
      const least = known.reduce((smallest, value) => Math.min(smallest, value), Infinity);
      const most = known.reduce((largest, value) => Math.max(largest, value), -Infinity);
      return [name, {
        count: known.length,
        missing: column.length - known.length,
        mean: known.length > 0 ? mean(known) : 0,
        deviation: known.length > 1 ? standardDeviation(known) : 0,
        least: known.length > 0 ? least : 0,
        most: known.length > 0 ? most : 0,
      }];
    }),
  );
}
