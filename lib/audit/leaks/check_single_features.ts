import { mean, midRanks, pearsonCorrelation, standardDeviation } from "@lib/core";
import type { Dataset } from "@lib/dataset";
import { LIMITS, normalQuantile, type RoadCheck } from "@lib/f4";

const LEAST_NAMES = 5;
const MOST_ROWS = 200_000;
/** Why an IC is not held against what published forecasts of returns reach. */
export const NO_LIMIT = "outcomes that are no returns may be known well: no limit of an honest IC applies";

/**
 * Single features that order the outcomes better than any honest one could: copies of the outcome, columns that were
 * filled in or restated later. They pass every replay, since the raw data already knows the answer.
 *
 * Whether a value is missing is asked like a value. Mean rank IC across the names of days that do not overlap; over all rows where a day has too few names. The interval
 * allows for the number of features.
 *
 * What is below the limits is not told: it would be a look at outcomes that nobody counts.
 *
 * @param options.except Columns that another check has found at fault already.
 */
export function checkSingleFeatures(
  dataset: Dataset,
  { step, except, isReturn }: { step: string; except: readonly string[]; isReturn: boolean },
): RoadCheck {
  const { features, targetName } = dataset;
  const about = { check: "suspicious single features", leak: "illegitimate features", step } as const;
  if (features.has(targetName)) {
    return { ...about, outcome: "found", column: targetName, words: "the outcome itself is among the features" };
  }
  if (!isReturn) return { ...about, outcome: "not checked", column: null, words: NO_LIMIT };
  const scores = singleScores(dataset, features.names.filter((name) => !except.includes(name)));
  if (scores.length === 0) {
    return { ...about, outcome: "not checked", column: null, words: "no feature has enough known rows" };
  }
  const z = normalQuantile(1 - 0.025 / scores.length);
  const low = (score: Score) => Math.abs(score.ic) - z * score.error;
  const suspects = scores.filter((score) =>
    Math.abs(score.ic) > LIMITS.leakIc.value && low(score) > LIMITS.leakIcLow.value
  );
  if (suspects.length === 0) {
    const words =
      `none of ${scores.length} questions to ${features.names.length - except.length} features has a rank IC ` +
      `above ${LIMITS.leakIc.value} that its error would sustain`;
    return { ...about, outcome: "clear", column: null, words };
  }
  const best = suspects.reduce((a, b) => low(a) >= low(b) ? a : b);
  const words =
    `rank IC ${best.ic.toFixed(4)} with standard error ${best.error.toFixed(4)} of ${question(best)} alone, ` +
    `above ${LIMITS.leakIc.value}, which no honest feature sustains` +
    (suspects.length > 1 ? `; ${suspects.length} are above it` : "");
  return { ...about, outcome: "found", column: best.column, words };
}

interface Score {
  column: string;
  /** Whether the question was if the value is missing. */
  isMissing: boolean;
  ic: number;
  error: number;
}

function question({ column, isMissing }: Score): string {
  return isMissing ? `whether ${column} is missing` : column;
}

function singleScores({ features, target, usable, horizonDays }: Dataset, names: readonly string[]): Score[] {
  const everyDays = Math.max(horizonDays, Math.ceil(features.rows / MOST_ROWS));
  const groups: Int32Array[] = [];
  for (let day = 0; day < features.dates.length; day += everyDays) {
    const rows = features.rowsOfDay(day).filter((row) => usable[row] === 1 && !Number.isNaN(target[row]));
    if (rows.length > 0) groups.push(rows);
  }
  const isAcross = groups.some((rows) => rows.length >= LEAST_NAMES);
  const samples = isAcross ? groups.filter((rows) => rows.length >= LEAST_NAMES) : [joinedRows(groups)];
  const outcomes = samples.map((rows) => Float64Array.from(rows, (row) => target[row]));
  const outcomeRanks = outcomes.map(midRanks);
  const score = (column: string, isMissing: boolean, valuesOf: (rows: Int32Array) => Float64Array): Score[] => {
    let rowsInUse = 0;
    const correlations = samples.map((rows, sample) => {
      const values = valuesOf(rows);
      const known = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
      rowsInUse += known;
      const ranks = known === rows.length
        ? outcomeRanks[sample]
        : midRanks(outcomes[sample].map((outcome, place) => Number.isNaN(values[place]) ? NaN : outcome));
      return pearsonCorrelation(midRanks(values), ranks);
    }).filter((value) => !Number.isNaN(value));
    if (!isAcross) return correlations.map((ic) => ({ column, isMissing, ic, error: 1 / Math.sqrt(rowsInUse) }));
    if (correlations.length < LIMITS.leastIntervalDays.value) return [];
    const error = standardDeviation(correlations) / Math.sqrt(correlations.length);
    return [{ column, isMissing, ic: mean(correlations), error }];
  };
  return names.flatMap((column) => {
    const values = features.column(column);
    const own = (rows: Int32Array) => Float64Array.from(rows, (row) => values[row]);
    const gaps = (rows: Int32Array) => Float64Array.from(rows, (row) => Number.isNaN(values[row]) ? 1 : 0);
    return [...score(column, false, own), ...(values.some(Number.isNaN) ? score(column, true, gaps) : [])];
  });
}

function joinedRows(groups: readonly Int32Array[]): Int32Array {
  return Int32Array.from(groups.flatMap((rows) => [...rows]));
}
