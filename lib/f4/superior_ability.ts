import { checkInteger, checkNumber, checkSameLength, mean, quantile } from "@lib/core";
import type { Resamples } from "./stationary_bootstrap.ts";

/** Result of {@linkcode superiorAbility}. */
export interface SuperiorAbility {
  /** Probability of so large a best gain if no trial were better than the benchmark (Hansen's consistent p-value). */
  pValue: number;
  /** Its lower bound: trials that are worse than the benchmark are taken as equal to it in the null where that helps. */
  lower: number;
  /** Its upper bound, White's reality check: every trial counts as no worse than the benchmark. */
  upper: number;
  /** Trials (indices) that are better at the level, all together with that probability of one error or more. */
  superior: number[];
}

/** Options of {@linkcode superiorAbility}. */
export interface SuperiorAbilityOptions {
  /** Draws of periods, by {@linkcode stationaryBootstrap}: all trials are resampled together. */
  resamples: Resamples;
  /** Mean block length of those draws. */
  blockDays: number;
  /** Probability of one error or more among `superior`. Default 0.05. */
  level?: number;
}

/**
 * Test for superior predictive ability: is the best of several trials better than the benchmark, given that it was
 * chosen as the best? And, step by step, which of them are.
 *
 * The best mean gain is held against the best of bootstrapped means, each about its own mean; a trial whose mean lies
 * more than sqrt(2 log log n) of its errors below 0 is no candidate for the best under the null. Gains are not divided
 * by their errors. Steps: trials above the quantile of the best are superior; they leave, and the rest is tested again.
 *
 * Sources: White (2000), Econometrica 68; Hansen (2005), Journal of Business and Economic Statistics 23; Romano and Wolf
 * (2005), Econometrica 73. Agrees with `SPA(studentize=False)` and `StepM` of `arch` on the same draws.
 *
 * @example One of three trials gains every day
 * ```ts
 * import assert from "node:assert/strict";
 * import { seededRandom } from "@lib/core";
 * import { stationaryBootstrap } from "@lib/f4";
 * const wave = (level: number) => Float64Array.from({ length: 60 }, (_, day) => level + Math.sin(7 * day));
 * const resamples = stationaryBootstrap(60, { blockDays: 2, draws: 500, random: seededRandom(1) });
 * assert.deepEqual(superiorAbility([wave(0), wave(1), wave(-1)], { resamples, blockDays: 2 }).superior, [1]);
 * ```
 *
 * @param gains One array a trial: its gain on the benchmark by period (less loss, more return), each of shape
 * (periods,), in time order, none missing.
 * @throws {TypeError} If the lengths differ, or are not those of the draws.
 * @throws {RangeError} If there is no trial, or `level` is not between 0 and 1.
 */
export function superiorAbility(
  gains: readonly Float64Array[],
  { resamples, blockDays, level = 0.05 }: SuperiorAbilityOptions,
): SuperiorAbility {
  const action = "test for superior ability";
  checkInteger(action, "the number of trials", gains.length, { least: 1 });
  checkNumber(action, "level", level, { least: 1e-6, most: 1 - 1e-6 });
  const lengths = gains.map(({ length }, trial) => [`trial ${trial + 1}`, length]);
  checkSameLength(action, { draws: resamples.days, ...Object.fromEntries(lengths) });

  const means = gains.map(mean);
  const periods = resamples.days;
  const isCandidate = gains.map((own, trial) => {
    const error = Math.sqrt(longRunVariance(own, blockDays) / periods);
    return means[trial] >= -error * Math.sqrt(2 * Math.log(Math.log(periods)));
  });
  const drawn = gains.map((own) => drawnMeans(own, resamples));
  const centres = {
    lower: means.map((value) => Math.max(value, 0)),
    pValue: means.map((value, trial) => isCandidate[trial] ? value : 0),
    upper: means,
  };
  const bestOfDraws = (centre: readonly number[], trials: readonly number[]) =>
    Float64Array.from(
      { length: resamples.draws },
      (_, draw) => trials.reduce((best, trial) => Math.max(best, drawn[trial][draw] - centre[trial]), -Infinity),
    );

  const all = means.map((_, trial) => trial);
  const best = Math.max(...means);
  const probability = (centre: readonly number[]) =>
    bestOfDraws(centre, all).reduce((count, value) => count + (value > best ? 1 : 0), 0) / resamples.draws;
  const superior: number[] = [];
  for (let rest = all; rest.length > 0;) {
    const threshold = quantile(bestOfDraws(centres.pValue, rest), 1 - level);
    const better = rest.filter((trial) => means[trial] > threshold);
    if (better.length === 0) break;
    superior.push(...better);
    rest = rest.filter((trial) => !better.includes(trial));
  }
  return {
    pValue: probability(centres.pValue),
    lower: probability(centres.lower),
    upper: probability(centres.upper),
    superior: superior.sort((a, b) => a - b),
  };
}

/** Variance of sqrt(n) times the mean under the stationary bootstrap, in closed form (Politis and Romano 1994). */
function longRunVariance(values: Float64Array, blockDays: number): number {
  const n = values.length;
  const centre = mean(values);
  const goesOn = 1 - 1 / Math.max(1, blockDays);
  let variance = 0;
  for (let lag = 0; lag < n; lag++) {
    let sum = 0;
    for (let period = lag; period < n; period++) sum += (values[period] - centre) * (values[period - lag] - centre);
    const weight = (1 - lag / n) * goesOn ** lag + lag / n * goesOn ** (n - lag);
    variance += (lag === 0 ? 1 : 2 * weight) * sum / n;
  }
  return variance;
}

function drawnMeans(values: Float64Array, { draws, days, indices }: Resamples): Float64Array {
  return Float64Array.from({ length: draws }, (_, draw) => {
    let sum = 0;
    for (let position = draw * days; position < (draw + 1) * days; position++) sum += values[indices[position]];
    return sum / days;
  });
}
