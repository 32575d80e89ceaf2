import { checkInteger, checkNumber, quantile } from "@lib/core";

const LEAST_SCORES = 20;

/** Result of {@linkcode adaptiveConformal}: one entry a period. */
export interface AdaptiveConformal {
  /** How far the interval reaches to each side, in units of the score; NaN until enough scores are known. */
  reach: Float64Array;
  /** Share of misses aimed at, adapted so far. */
  level: Float64Array;
  /** Whether the score lay within the reach; false where there was none. */
  inside: boolean[];
}

/** Options of {@linkcode adaptiveConformal}. */
export interface AdaptiveConformalOptions {
  /** Coverage that is promised. Default 0.9. */
  confidence?: number;
  /** How fast the level follows misses. Default 0.01; 0 never adapts. */
  rate?: number;
  /** Past scores that the quantile is taken of. Default 250. */
  windowPeriods?: number;
  /** Periods between a forecast and its outcome: a score is known so much later. Default 1. */
  delay?: number;
}

/**
 * Adaptive conformal intervals: each reaches as far as a quantile of past scores, and the quantile follows the misses,
 * so that coverage holds over time whatever the series does.
 *
 * level(t + 1) = level(t) + rate (1 - confidence - miss(t)); the reach of t is the quantile at 1 - level(t) of the last
 * scores that were known by then, infinite below level 0, and 0 above level 1. Scores are distances such as
 * |actual - forecast| / volatility. Nothing is forecast before 20 scores are known.
 *
 * Source: Gibbs and Candes (2021), Advances in Neural Information Processing Systems 34.
 *
 * @example Volatility doubles; the intervals follow
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalRandom, seededRandom } from "@lib/core";
 * const normal = normalRandom(seededRandom(5));
 * const scores = Float64Array.from({ length: 2000 }, (_, day) => Math.abs(normal()) * (day < 1000 ? 1 : 2));
 * const { inside } = adaptiveConformal(scores, { confidence: 0.9 });
 * const late = inside.slice(1000);
 * assert.ok(Math.abs(late.filter(Boolean).length / 1000 - 0.9) < 0.02);
 * ```
 *
 * @param scores Shape (periods,), at least 0, in time order, none missing.
 * @throws {RangeError} If an option is out of range.
 */
export function adaptiveConformal(
  scores: Float64Array,
  { confidence = 0.9, rate = 0.01, windowPeriods = 250, delay = 1 }: AdaptiveConformalOptions = {},
): AdaptiveConformal {
  const action = "adapt intervals";
  checkNumber(action, "confidence", confidence, { least: 1e-6, most: 1 - 1e-6 });
  checkNumber(action, "rate", rate, { least: 0, most: 1 });
  checkInteger(action, "windowPeriods", windowPeriods, { least: LEAST_SCORES });
  checkInteger(action, "delay", delay, { least: 1 });
  const reach = new Float64Array(scores.length).fill(NaN);
  const level = new Float64Array(scores.length).fill(1 - confidence);
  const inside: boolean[] = Array(scores.length).fill(false);
  for (let period = 0; period < scores.length; period++) {
    const known = period - delay + 1; // scores before this one are known
    if (period > 0) level[period] = level[period - 1];
    const told = known - 1;
    if (told >= 0 && !Number.isNaN(reach[told])) level[period] += rate * (1 - confidence - (inside[told] ? 0 : 1));
    if (known < LEAST_SCORES) continue;
    const past = scores.subarray(Math.max(0, known - windowPeriods), known);
    reach[period] = level[period] <= 0 ? Infinity : level[period] >= 1 ? 0 : quantile(past, 1 - level[period]);
    inside[period] = scores[period] <= reach[period];
  }
  return { reach, level, inside };
}
