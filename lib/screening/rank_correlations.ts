import { centredRanksByDay, checkInteger, type Panel } from "@lib/core";

/** Options of {@linkcode rankCorrelations}. */
export interface RankCorrelationsOptions {
  /** Every so many days are looked at. Default 5. */
  everyDays?: number;
  /** Names with both values that a day needs, at least 2. Default 10. */
  minimumNames?: number;
}

/**
 * How alike columns order the names of a day: the mean over days of the correlation of their cross-sectional ranks.
 *
 * Ranks are those of all names that have a value that day; a pair is correlated over the names that have both, so that
 * the number is Spearman's where both columns know the same names, and close to it elsewhere.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const day = { symbol: ["A", "B", "C"], date: ["2020-01-02", "2020-01-02", "2020-01-02"] };
 * const up = Float64Array.of(1, 2, 3);
 * const panel = Panel.fromRows({ ...day, columns: { up, down: up.map((value) => -value) } });
 * const [, correlation] = rankCorrelations(panel, { minimumNames: 2 });
 * assert.equal(correlation, -1);
 * ```
 *
 * @returns Shape (columns * columns,), symmetric, row-major; NaN where no day knows both.
 * @throws {RangeError} If an option is out of range.
 */
export function rankCorrelations(
  panel: Panel,
  { everyDays = 5, minimumNames = 10 }: RankCorrelationsOptions = {},
): Float64Array {
  checkInteger("correlate ranks", "everyDays", everyDays, { least: 1 });
  checkInteger("correlate ranks", "minimumNames", minimumNames, { least: 2 });
  const ranks = panel.names.map((name) => centredRanksByDay(panel, panel.column(name)));
  const size = ranks.length;
  const result = new Float64Array(size * size).fill(NaN);
  const days = Array.from(panel.dates.keys()).filter((day) => day % everyDays === 0).map((day) => panel.rowsOfDay(day));
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      let [sum, known] = [0, 0];
      for (const rows of days) {
        const correlation = correlationOf(ranks[a], ranks[b], rows, minimumNames);
        if (Number.isNaN(correlation)) continue;
        sum += correlation;
        known++;
      }
      result[a * size + b] = result[b * size + a] = known === 0 ? NaN : sum / known;
    }
  }
  return result;
}

/** Pearson's correlation over the rows that have both; NaN for too few, or where one does not vary. */
function correlationOf(x: Float64Array, y: Float64Array, rows: ArrayLike<number>, least: number): number {
  let [n, sumX, sumY, xx, yy, xy] = [0, 0, 0, 0, 0, 0];
  for (let at = 0; at < rows.length; at++) {
    const [a, b] = [x[rows[at]], y[rows[at]]];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    n++;
    sumX += a;
    sumY += b;
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  const [spreadX, spreadY] = [xx - sumX * sumX / n, yy - sumY * sumY / n];
  if (n < least || !(spreadX > 1e-12) || !(spreadY > 1e-12)) return NaN;
  return Math.max(-1, Math.min(1, (xy - sumX * sumY / n) / Math.sqrt(spreadX * spreadY)));
}
