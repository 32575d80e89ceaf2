import type { DatedValues } from "./ledger/daily_series.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Judged, TrialSource } from "./ledger/trial.ts";
import { normalProbability } from "./normal_distribution.ts";
import { type TrialsScore, weighTrials } from "./weigh_trials.ts";

/** What every claim that may pass is judged with. */
export interface CountingOptions {
  /** Where looks are counted. */
  ledger: Ledger;
  /** What made the forecasts or the book. */
  trial: TrialSource;
  /** First day of the final block. Default: none is known, and every look may be one at it. */
  finalFrom?: string;
}

/** A claim about to be counted. */
export interface CountedClaim {
  /** What was judged, by hashes. */
  judged: Judged;
  /** Name of the number that the claim is about; trials of one name and horizon are compared with each other. */
  metric: string;
  value: number;
  /** Normal deviate of the value from no skill, positive where there is some; NaN where there is none. */
  z: number;
  /** Daily values behind it, none missing. */
  series: DatedValues;
  /** Default 252. */
  periodsPerYear?: number;
  /** Probability that the true value lies above a benchmark given as z. Default Phi(z - benchmark). */
  probabilityAbove?: (benchmark: number) => number;
}

/** A claim that was counted. */
export interface CountedTrial {
  trials: TrialsScore;
  /** Looks at the final block up to this one. */
  looks: number;
}

/**
 * Puts a claim into the ledger, if it is new, and weighs it by all that was tried on its rows before it.
 *
 * The record is written before anything is returned: what was seen was counted. A claim that stands in the ledger
 * already is weighed by what had been tried up to then, so that a rerun gives the same numbers whatever was tried since.
 */
export async function countTrial(
  claim: CountedClaim,
  { ledger, trial, finalFrom }: CountingOptions,
): Promise<CountedTrial> {
  const { record } = await appendTrial(claim, { ledger, trial, finalFrom });
  const standing = await ledger.standing(record, { until: record.hash });
  const { z, value, series: { dates, values }, metric, periodsPerYear = 252 } = claim;
  const trials = weighTrials({
    record: record.hash,
    z,
    value,
    dates,
    values,
    metric,
    horizonDays: claim.judged.horizonDays,
    periodsPerYear,
    probabilityAbove: claim.probabilityAbove ?? ((benchmark) => normalProbability(z - benchmark)),
  }, standing);
  return { trials, looks: standing.final };
}

/** Puts a look into the ledger; a look whose days reach into the final block, or may do so, is one at that block. */
export function appendTrial(
  { judged, metric, value, z, series }: CountedClaim,
  { ledger, trial, finalFrom }: CountingOptions,
): ReturnType<Ledger["append"]> {
  const known = (number: number) => Number.isFinite(number) ? number : null;
  return ledger.append({
    source: trial,
    judged,
    tier: finalFrom === undefined || judged.lastDay >= finalFrom ? "final" : "development",
    metric: { name: metric, value: known(value), t: known(z) },
    series: series.dates.length > 0 ? series : undefined,
  });
}
