import { mean, pearsonCorrelation, standardDeviation } from "@lib/core";
import { expectedMaximum } from "./expected_best_sharpe.ts";
import { falseDiscoveryRate } from "./false_discovery_rate.ts";
import { LIMITS } from "./limits.ts";
import { type Measure, measure, type Missing, missing } from "./measure.ts";
import { normalProbability, normalQuantile } from "./normal_distribution.ts";
import { overfittingProbability } from "./overfitting_probability.ts";

/** How often the best of the trials on one half of the days is below the median on the other. */
export interface OverfittingScore {
  /** Probability of overfitting; pure noise gives about one half. */
  probability: number;
  /** Share of splits whose winner loses out of sample. */
  lossProbability: number;
  /** Trials whose daily values were there to be compared, this one included. */
  trials: number;
  days: number;
  splits: number;
}

/** What a claim is worth after all that was tried. Every count and spread in it is read from the ledger. */
export interface TrialsScore {
  /** Looks at these rows up to this one, on development days and final ones: recorded and admitted. */
  trials: number;
  recorded: number;
  /** Looks that were made before they were counted, as their owner says. */
  admitted: number;
  /** The claim as a normal deviate: how far it lies from no skill. */
  z: Measure;
  /** Independent trials that these amount to, by the mean correlation of their daily values. Shown, not used. */
  effectiveTrials: Measure;
  /** Standard deviation between trials, of z: at least 1, what sampling alone gives. */
  spread: { value: number; source: "sampling" | "ledger"; trials: number };
  /** What the best of so many trials without skill shows on average: as z, and in the unit of the headline. */
  expectedBest: { z: number; value: Measure };
  /** Probability that the claim's true value lies above the expected best of trials without skill. */
  deflated: Measure;
  /** The same with the spread that sampling alone gives. */
  deflatedBySampling: Measure;
  /** Probability that the best of so many independent trials without skill shows as much as this claim, or more. */
  familyWiseP: Measure;
  /** N (N + 1) times the p of the claim, at most 1: bounds the chance that any of all claims on these rows passes so. */
  anyClaimP: Measure;
  /** p of the claim adjusted for all trials: where it is at most q, a share q of what is found so is false. */
  falseDiscovery: { p: number; adjusted: number; tests: number } | Missing;
  overfitting: OverfittingScore | Missing;
  /** Years of days: at hand; of which the best trial without skill shows as much as this claim; that a pass needs. */
  years: { atHand: number; minimum: Measure; needed: Measure };
  /** Hash of the record in the ledger. */
  record: string;
}

/** The claim that is weighed. */
export interface WeighedClaim {
  /** Hash of its record in the ledger. */
  record: string;
  /** Normal deviate of the claim; NaN where there is none. */
  z: number;
  /** Its headline. */
  value: number;
  /** Daily values, in time order. */
  dates: readonly string[];
  values: Float64Array;
  /** Name of the metric and its horizon: the trials of one kind are compared with each other. */
  metric: string;
  horizonDays: number;
  periodsPerYear: number;
  /** Probability that the true value lies above a benchmark, given as z. */
  probabilityAbove: (benchmark: number) => number;
}

/** What was tried, as the ledger tells it. Every trial up to the claim's own, which is among them. */
export interface TrialsTold {
  trials: number;
  recorded: number;
  admitted: number;
  metrics: readonly ToldTrial[];
  series: readonly { record: ToldTrial; dates: readonly string[]; values: Float64Array }[];
}

/** What weighing needs to know of one recorded trial. */
export interface ToldTrial {
  hash: string;
  judged: { horizonDays: number };
  metric: { name: string; t: number | null };
}

/**
 * Holds a claim against all that was tried on its rows.
 *
 * With N trials without skill, whose z scatter around 0 with a standard deviation s, the best shows s times
 * {@linkcode expectedMaximum} of N on average. The deflated probability is that of a true value above this benchmark:
 * for the Sharpe ratio of a book exactly the deflated Sharpe ratio of Bailey and Lopez de Prado (2014); for a rank IC its
 * counterpart, Phi(z - benchmark), with z the normal deviate of {@linkcode cosineT}.
 *
 * The spread s is that of the recorded trials of the same metric and horizon, once there are enough of them
 * ({@linkcode LIMITS}); before, and never less than, 1: what sampling alone gives. Trials that resemble each other scatter
 * less, and without this floor a claim would become cheaper by being repeated with noise added. For the same reason the
 * effective number of trials, r + (1 - r) N with r the mean correlation of their daily values, is shown but not used: N
 * counts each. Where N is 1, nothing was chosen and the benchmark is 0.
 *
 * A claim that is held against the trials before it only is one of several: each further one is another chance. So the
 * N-th look may spend 1 / (N (N + 1)) of {@linkcode LIMITS.anyClaim}, which bounds the chance of them all.
 *
 * Trials without a metric, all admitted ones among them, count in N, and as tests with p = 1 in the false-discovery rate.
 * Trials take part in the probability of overfitting ({@linkcode overfittingProbability}, of mean over deviation of the
 * daily values) where they know nearly all days of the claim.
 *
 * @example The second of two trials is held against the better of two that know nothing
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalProbability } from "@lib/f4";
 * const told = (hash: string, t: number) => ({ hash, judged: { horizonDays: 1 }, metric: { name: "rank IC", t } });
 * const claim = { record: "b", z: 3, value: 0.02, dates: [], values: new Float64Array(), metric: "rank IC" };
 * const score = weighTrials(
 *   { ...claim, horizonDays: 1, periodsPerYear: 252, probabilityAbove: (z) => normalProbability(3 - z) },
 *   { trials: 2, recorded: 2, admitted: 0, metrics: [told("a", 1), told("b", 3)], series: [] },
 * );
 * assert.equal(score.expectedBest.z.toFixed(2), "0.52");
 * assert.equal(score.deflated.value!.toFixed(3), "0.993");
 * ```
 */
export function weighTrials(claim: WeighedClaim, told: TrialsTold): TrialsScore {
  const { z, value, record, periodsPerYear } = claim;
  const { trials, recorded, admitted } = told;
  const alike = told.metrics.filter(({ metric, judged }) =>
    metric.name === claim.metric && judged.horizonDays === claim.horizonDays
  );
  const spread = spreadOf(alike);
  const expected = expectedMaximum(trials);
  const benchmark = spread.value * expected;
  const reason = "the claim has no error to be weighed by";
  const known = (number: number, method: string): Measure => measure({ value: number, n: trials, method }, reason);
  const atHand = claim.dates.length / periodsPerYear;
  const yearsTo = (target: number, method: string): Measure =>
    z > 0 ? known(atHand * (target / z) ** 2, method) : missing("the claim is not above 0: no length helps");
  const { effectiveTrials, overfitting } = compareTrials(claim, told, alike);
  return {
    trials,
    recorded,
    admitted,
    z: known(z, "trials; normal deviate as unlikely as the claim without skill"),
    effectiveTrials,
    spread,
    expectedBest: {
      z: benchmark,
      value: z === 0
        ? missing("a claim of exactly 0 has no scale")
        : known(benchmark * value / z, "trials; expected largest of them without skill"),
    },
    deflated: known(claim.probabilityAbove(benchmark), "trials; probability above their expected best"),
    deflatedBySampling: known(claim.probabilityAbove(expected), "trials; the same, spread by sampling alone"),
    familyWiseP: known(-Math.expm1(trials * Math.log1p(-normalProbability(-z))), "trials; Sidak, independent"),
    anyClaimP: known(
      Math.min(1, trials * (trials + 1) * (1 - claim.probabilityAbove(0))),
      "trials; p times N (N + 1)",
    ),
    falseDiscovery: discoveries(record, told),
    overfitting,
    years: {
      atHand,
      minimum: yearsTo(expected, "trials; minimum backtest length"),
      needed: yearsTo(neededDeviate(trials, spread.value), "trials; at the same value a day"),
    },
    record,
  };
}

/**
 * The normal deviate that a claim needs as the last of so many trials: enough for {@linkcode LIMITS.deflatedProbability}
 * above the expected best of them, and for {@linkcode LIMITS.anyClaim}.
 *
 * @param trials At least 1.
 * @param spread Standard deviation of the trials' deviates. Default 1, what sampling gives.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([1, 2, 40].map((trials) => neededDeviate(trials).toFixed(2)), ["1.96", "2.39", "4.01"]);
 * ```
 */
export function neededDeviate(trials: number, spread = 1): number {
  return Math.max(
    spread * expectedMaximum(trials) + normalQuantile(LIMITS.deflatedProbability.value),
    -normalQuantile(LIMITS.anyClaim.value / (trials * (trials + 1))),
  );
}

function spreadOf(alike: readonly ToldTrial[]): TrialsScore["spread"] {
  const deviates = alike.flatMap(({ metric: { t } }) => t === null ? [] : [t]);
  const isEnough = deviates.length >= LIMITS.leastSpreadTrials.value;
  const own = isEnough ? standardDeviation(Float64Array.from(deviates)) : 1;
  return { value: Math.max(1, own), source: own > 1 ? "ledger" : "sampling", trials: deviates.length };
}

function discoveries(record: string, { metrics, trials }: TrialsTold): TrialsScore["falseDiscovery"] {
  const known = metrics.filter(({ metric }) => metric.t !== null);
  const own = known.findIndex(({ hash }) => hash === record);
  if (own < 0) return missing("the claim has no test of its own");
  const tests = Math.max(trials, known.length);
  const pValues = new Float64Array(tests).fill(1);
  known.forEach(({ metric }, test) => pValues[test] = normalProbability(-metric.t!));
  return { p: pValues[own], adjusted: falseDiscoveryRate(pValues)[own], tests };
}

/** What needs the daily values of trials side by side. */
function compareTrials(claim: WeighedClaim, { trials, series }: TrialsTold, alike: readonly ToldTrial[]) {
  const kind = new Set(alike.map(({ hash }) => hash));
  const wanted = LIMITS.sharedDays.value * claim.dates.length;
  const companions = series
    .filter(({ record }) => kind.has(record.hash) && record.hash !== claim.record)
    .map(({ dates, values }) => new Map(dates.map((date, day) => [date, values[day]])))
    .filter((byDate) => claim.dates.filter((date) => byDate.has(date)).length >= wanted);
  const days = claim.dates.flatMap((date, day) => companions.every((byDate) => byDate.has(date)) ? [day] : []);
  const beside = [
    Float64Array.from(days, (day) => claim.values[day]),
    ...companions.map((byDate) => Float64Array.from(days, (day) => byDate.get(claim.dates[day])!)),
  ];
  return {
    effectiveTrials: effective(beside, trials),
    overfitting: overfit(beside),
  };
}

function effective(series: readonly Float64Array[], trials: number): Measure {
  if (trials === 1) return measure({ value: 1, n: 1, method: "trials; the only one" }, "");
  const correlations: number[] = [];
  for (let one = 1; one < series.length; one++) {
    for (let other = 0; other < one; other++) correlations.push(pearsonCorrelation(series[one], series[other]));
  }
  const known = Float64Array.from(correlations.filter(Number.isFinite));
  const between = Math.min(1, Math.max(0, mean(known)));
  const method = `trials; mean correlation of the daily values of ${series.length}`;
  const reason = "no other trial has left daily values on these days";
  return measure({ value: between + (1 - between) * trials, n: trials, method }, reason);
}

const MOST_SPLITS = 16; // blocks: 12,870 splits

function overfit(series: readonly Float64Array[]): OverfittingScore | Missing {
  const least = LIMITS.leastOverfittingTrials.value;
  if (series.length < least) {
    return missing(`${series.length} trials have left daily values on these days, below ${least}`);
  }
  const days = series[0].length;
  const leastDays = 2 * MOST_SPLITS;
  if (days < leastDays) return missing(`the trials share ${days} days, below ${leastDays}`);
  const { probability, lossProbability, splits } = overfittingProbability(series, { blocks: MOST_SPLITS });
  return { probability, lossProbability, trials: series.length, days, splits };
}
