import { sha256 } from "@lib/core";
import { joinRowSets, type Rows, type TrainingRows } from "@lib/dataset";
import type { ForecasterDescription } from "./forecaster.ts";

const digests = new WeakMap<Rows, string>(); // the models of a fold learn from the same rows

/**
 * What a description says of the rows behind a model: how many, which, and a hash of what they hold.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const features = { values: Float32Array.of(-1, 1), rows: 2, columns: ["momentum_5"] };
 * const rows = { features, target: Float64Array.of(1, 5), day: new Int32Array(2) };
 * const { fittedRows, stopRows, data } = learntFrom({ ...rows, stop: rows }, { usesStop: false });
 * assert.deepEqual([fittedRows, stopRows, data.length], [2, 0, 64]);
 * ```
 *
 * @param usesStop Whether the rows to stop by had a say.
 */
export function learntFrom(
  rows: TrainingRows,
  { usesStop }: { usesStop: boolean },
): Pick<ForecasterDescription, "fittedRows" | "stopRows" | "seen"> & { data: string } {
  const parts: Rows[] = usesStop && rows.stop ? [rows, rows.stop] : [rows];
  const sets = parts.map(({ seen }) => seen).filter((seen) => seen !== undefined);
  return {
    fittedRows: rows.features.rows,
    stopRows: parts[1]?.features.rows ?? 0,
    data: sha256(parts.map(rowsDigest).join()),
    ...(sets.length === parts.length && { seen: joinRowSets(sets) }),
  };
}

/** SHA-256 of columns, features, targets, weights and days of rows, further outcomes, and where their history lies. */
export function rowsDigest(rows: Rows): string {
  const known = digests.get(rows);
  if (known !== undefined) return known;
  const { features: { values, columns, history }, target, outcomes, weight, day } = rows;
  const further = Object.entries(outcomes ?? {}).flat();
  const before = history ? [history.at, history.first] : [];
  const parts = [JSON.stringify(columns), values, target, weight ?? "all equal", day, ...further, ...before];
  const digest = sha256(parts.map((part) => sha256(part)).join());
  digests.set(rows, digest);
  return digest;
}
