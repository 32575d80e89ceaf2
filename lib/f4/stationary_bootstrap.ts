import { checkInteger, checkNumber, quantile, type Random, standardDeviation } from "@lib/core";

/** Days drawn with replacement, in blocks: one row of `days` indices for each draw. */
export interface Resamples {
  draws: number;
  days: number;
  /** Shape (draws * days,), row-major. */
  indices: Int32Array;
}

/** Options of {@linkcode stationaryBootstrap}. */
export interface StationaryBootstrapOptions {
  /** Mean length of a block in days; below 1 counts as 1. */
  blockDays: number;
  draws: number;
  random: Random;
}

/**
 * Stationary bootstrap: days are drawn in runs of random, geometric length that wrap around the end, so that each
 * resample is a stationary series with the short-term dependence of the original.
 *
 * Source: Politis and Romano (1994), Journal of the American Statistical Association 89.
 *
 * @example With blocks as long as can be, a resample is the series turned round
 * ```ts
 * import assert from "node:assert/strict";
 * const { indices } = stationaryBootstrap(3, { blockDays: Infinity, draws: 1, random: () => 0.5 });
 * assert.deepEqual(indices, Int32Array.of(1, 2, 0));
 * ```
 *
 * @throws {RangeError} If there is no day or no draw.
 */
export function stationaryBootstrap(
  days: number,
  { blockDays, draws, random }: StationaryBootstrapOptions,
): Resamples {
  checkInteger("resample days", "days", days, { least: 1 });
  checkInteger("resample days", "draws", draws, { least: 1 });
  if (blockDays !== Infinity) checkNumber("resample days", "blockDays", blockDays, { least: 0 });
  const restart = blockDays > 1 ? 1 / blockDays : 1;
  const indices = new Int32Array(draws * days);
  for (let position = 0; position < indices.length; position++) {
    const isFresh = position % days === 0 || random() < restart;
    indices[position] = isFresh ? Math.floor(random() * days) : (indices[position - 1] + 1) % days;
  }
  return { draws, days, indices };
}

/** A statistic with its bootstrap distribution summed up. */
export interface Interval {
  /** The statistic of the days as they were. */
  value: number;
  low: number;
  high: number;
  /** Standard deviation of the statistic over the draws. */
  standardError: number;
}

/** Options of {@linkcode bootstrapSums} and {@linkcode bootstrapPath}. */
export interface BootstrapOptions {
  /** Coverage that the interval aims at, between 0 and 1. Default 0.95. */
  confidence?: number;
}

/**
 * Percentile intervals of any statistics that are functions of sums over days, all from the same draws.
 *
 * Rows of one day are not independent, so days are what is resampled; and because a mean, a correlation, an R2 or a
 * Sharpe ratio needs nothing of a day but a few sums, a draw costs days * columns additions, however many rows a day
 * has. Draws in which a statistic does not exist (NaN) are left out of its interval.
 *
 * @example The mean of three equal days has no error
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom } from "@lib/core";
 * const resamples = stationaryBootstrap(3, { blockDays: 1, draws: 50, random: seededRandom(1) });
 * const columns = { hits: Float64Array.of(2, 2, 2), rows: Float64Array.of(4, 4, 4) };
 * const { share } = bootstrapSums(columns, { share: (sum) => sum.hits / sum.rows }, resamples);
 * assert.deepEqual(share, { value: 0.5, low: 0.5, high: 0.5, standardError: 0 });
 * ```
 *
 * @param columns Each of shape (days,), none missing.
 * @param statistics From the sums of the columns, by name, to a number. The object is reused: it must not be kept.
 */
export function bootstrapSums<Column extends string, Statistic extends string>(
  columns: Record<Column, Float64Array>,
  statistics: Record<Statistic, (sums: Record<Column, number>) => number>,
  { draws, days, indices }: Resamples,
  { confidence = 0.95 }: BootstrapOptions = {},
): Record<Statistic, Interval> {
  const names = Object.keys(columns) as Column[];
  const sums = Object.fromEntries(names.map((name) => [name, 0])) as Record<Column, number>;
  const added = names.filter((name) => columns[name].some((value) => value !== 0)); // the others' sums stay 0
  const inFours = added.map((name) => columns[name]);
  while (inFours.length % 4 !== 0) inFours.push(new Float64Array(days));
  const totals = new Float64Array(inFours.length);
  const sumOver = (drawn: Int32Array) => {
    addDays(inFours, drawn, totals);
    added.forEach((name, column) => sums[name] = totals[column]);
    return sums;
  };

  const chosen = Object.entries(statistics) as [Statistic, (sums: Record<Column, number>) => number][];
  const drawn = chosen.map(() => new Float64Array(draws));
  for (let draw = 0; draw < draws; draw++) {
    const sums = sumOver(indices.subarray(draw * days, (draw + 1) * days));
    chosen.forEach(([, statistic], index) => drawn[index][draw] = statistic(sums));
  }
  const observed = sumOver(Int32Array.from({ length: days }, (_, day) => day));
  return Object.fromEntries(
    chosen.map(([name, statistic], index) => [name, summary(statistic(observed), drawn[index], confidence)]),
  ) as Record<Statistic, Interval>;
}

/** Sums the chosen days of each column into `totals`, four columns at a time: no addition waits for that of another. */
function addDays(columns: readonly Float64Array[], chosen: Int32Array, totals: Float64Array): void {
  for (let column = 0; column < columns.length; column += 4) {
    const [first, second, third, fourth] = columns.slice(column, column + 4);
    let [sumOfFirst, sumOfSecond, sumOfThird, sumOfFourth] = [0, 0, 0, 0];
    for (let position = 0; position < chosen.length; position++) {
      const day = chosen[position];
      sumOfFirst += first[day];
      sumOfSecond += second[day];
      sumOfThird += third[day];
      sumOfFourth += fourth[day];
    }
    totals.set([sumOfFirst, sumOfSecond, sumOfThird, sumOfFourth], column);
  }
}

/**
 * Percentile interval of a statistic that depends on the order of the days, such as a drawdown.
 *
 * @param values Shape (days,).
 * @param statistic From a resampled path to a number. The array is reused: it must not be kept.
 */
export function bootstrapPath(
  values: Float64Array,
  statistic: (path: Float64Array) => number,
  { draws, days, indices }: Resamples,
  { confidence = 0.95 }: BootstrapOptions = {},
): Interval {
  const drawn = new Float64Array(draws);
  const path = new Float64Array(days);
  for (let draw = 0; draw < draws; draw++) {
    for (let position = 0; position < days; position++) path[position] = values[indices[draw * days + position]];
    drawn[draw] = statistic(path);
  }
  return summary(statistic(values), drawn, confidence);
}

function summary(value: number, drawn: Float64Array, confidence: number): Interval {
  checkNumber("bootstrap an interval", "confidence", confidence, { least: 0, most: 1 });
  const known = drawn.filter(Number.isFinite);
  return {
    value,
    low: quantile(known, (1 - confidence) / 2),
    high: quantile(known, (1 + confidence) / 2),
    standardError: standardDeviation(known),
  };
}
