import { checkInteger, midRanks } from "@lib/core";
import type { Rows } from "@lib/dataset";

const mostGrades = 31; // LightGBM has gains for grades from 0 to 30

/** Rows of one day after those of another, with what is to be ranked in each. */
export interface RankedRows extends Rows {
  /** Number of rows of each day, in their order. */
  readonly groups: Int32Array;
}

/**
 * Rows in the form that learning to rank wants: day by day, and with grades for targets.
 *
 * @example The better half of a day has grade 1
 * ```ts
 * import assert from "node:assert/strict";
 * const rows = {
 *   features: { values: Float32Array.of(1, 2, 3, 4), rows: 4, columns: ["momentum_5"] },
 *   target: Float64Array.of(0.01, 0.3, -0.02, 0.1),
 *   day: Int32Array.of(7, 8, 7, 8),
 * };
 * const { features, target, groups } = rankedByDay(rows, 2);
 * assert.deepEqual(features.values, Float32Array.of(1, 3, 2, 4));
 * assert.deepEqual(target, Float64Array.of(1, 0, 1, 0));
 * assert.deepEqual(groups, Int32Array.of(2, 2));
 * ```
 *
 * @param grades Number of grades of equal size into which the targets of a day are cut; equal targets get the same one.
 * `"target"` keeps the targets. Default 5.
 * @throws {RangeError} If `grades` is no integer from 2 to 31.
 */
export function rankedByDay(rows: Rows, grades: number | "target" = 5): RankedRows {
  if (grades !== "target") checkInteger("rank by day", "grades", grades, { least: 2, most: mostGrades });
  const { features, target, weight, day, seen } = rows;
  const order = Int32Array.from(day.keys()).sort((a, b) => day[a] - day[b] || a - b);
  const width = features.columns.length;
  const values = features.values.slice();
  order.forEach((row, at) => values.set(features.values.subarray(row * width, (row + 1) * width), at * width));
  const days = Int32Array.from(order, (row) => day[row]);
  const sorted = Float64Array.from(order, (row) => target[row]);
  const groups: number[] = [];
  for (let from = 0; from < days.length; from += groups.at(-1)!) {
    let to = from + 1;
    while (days[to] === days[from]) to++;
    groups.push(to - from);
    if (grades !== "target") gradeInPlace(sorted.subarray(from, to), grades);
  }
  return {
    features: { ...features, values },
    target: sorted,
    day: days,
    groups: Int32Array.from(groups),
    ...(weight && { weight: Float64Array.from(order, (row) => weight[row]) }),
    ...(seen && { seen }),
  };
}

function gradeInPlace(targets: Float64Array, grades: number): void {
  const ranks = midRanks(targets);
  targets.forEach((_, at) => targets[at] = Math.floor(grades * (ranks[at] - 0.5) / targets.length));
}
