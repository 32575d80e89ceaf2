import { mean, midRanks, pearsonCorrelation, standardDeviation } from "@lib/core";
import type { Dataset } from "@lib/dataset";
import { LIMITS, normalQuantile, type RoadCheck } from "@lib/f4";

const LEAST_NAMES = 5;
const MOST_ROWS = 200_000;

/**
 * Single features that order the outcomes better than any honest one could: copies of the outcome, columns that were
 * filled in or restated later. They pass every replay, since the raw data already knows the answer.
 *
 * Mean rank IC across the names of days that do not overlap; over all rows where a day has too few names. The interval
 * allows for the number of features.
 */
export function checkSingleFeatures(dataset: Dataset, { step }: { step: string }): RoadCheck {
  const { features, targetName } = dataset;
  const about = { check: "suspicious single features", leak: "illegitimate features", step } as const;
  if (features.has(targetName)) {
    return { ...about, outcome: "found", column: targetName, words: "the outcome itself is among the features" };
  }
  const z = normalQuantile(1 - 0.025 / features.names.length);
  const scores = singleScores(dataset);
  if (scores.length === 0) {
    return { ...about, outcome: "not checked", column: null, words: "no feature has enough known rows" };
  }
  const low = (score: Score) => Math.abs(score.ic) - z * score.error;
  const suspects = scores.filter((score) =>
    Math.abs(score.ic) > LIMITS.leakIc.value && low(score) > LIMITS.leakIcLow.value
  );
  const best = (suspects.length > 0 ? suspects : scores).reduce((a, b) => low(a) >= low(b) ? a : b);
  const said = `rank IC ${best.ic.toFixed(4)} with standard error ${best.error.toFixed(4)}`;
  return {
    ...about,
    outcome: suspects.length > 0 ? "found" : "clear",
    column: suspects.length > 0 ? best.column : null,
    words: suspects.length > 0
      ? `${said} of a single feature, above ${LIMITS.leakIc.value}, which no honest one sustains` +
        (suspects.length > 1 ? `; ${suspects.length} features are above it` : "")
      : `the strongest of ${scores.length} features, ${best.column}, has ${said}`,
  };
}

interface Score {
  column: string;
  ic: number;
  error: number;
}

function singleScores({ features, target, usable, horizonDays }: Dataset): Score[] {
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
  return features.names.flatMap((column) => {
    const values = features.column(column);
    const correlations = samples.map((rows, sample) => {
      const known = Float64Array.from(rows, (row) => values[row]);
      const isWhole = !known.some(Number.isNaN);
      const ranks = isWhole
        ? outcomeRanks[sample]
        : midRanks(outcomes[sample].map((y, i) => Number.isNaN(known[i]) ? NaN : y));
      return pearsonCorrelation(midRanks(known), ranks);
    }).filter((value) => !Number.isNaN(value));
    if (!isAcross) {
      const rows = samples[0].reduce((count, row) => count + (Number.isNaN(values[row]) ? 0 : 1), 0);
      return correlations.length === 1 ? [{ column, ic: correlations[0], error: 1 / Math.sqrt(rows) }] : [];
    }
    if (correlations.length < LIMITS.leastIntervalDays.value) return [];
    return [{
      column,
      ic: mean(correlations),
      error: standardDeviation(correlations) / Math.sqrt(correlations.length),
    }];
  });
}

function joinedRows(groups: readonly Int32Array[]): Int32Array {
  return Int32Array.from(groups.flatMap((rows) => [...rows]));
}
