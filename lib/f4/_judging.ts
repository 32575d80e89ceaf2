import { mean, type Panel } from "@lib/core";
import { cosineT, studentQuantile } from "./cosine_t.ts";
import { varies } from "./daily_correlations.ts";
import { LIMITS } from "./limits.ts";
import { type Estimate, type Measure, measure, missing } from "./measure.ts";
import { neweyWestLags, neweyWestStandardError } from "./newey_west.ts";
import { normalProbability, normalQuantile } from "./normal_distribution.ts";
import type { Interval, Resamples } from "./stationary_bootstrap.ts";

/** What every part of a scorecard is judged with. */
export interface Judging {
  resamples: Resamples;
  confidence: number;
  horizonDays: number;
  periodsPerYear: number;
  minimumNames: number;
  costsBps: readonly number[];
}

/** Days that an interval needs: outcomes that overlap say less than their number. */
export function leastIntervalDays(horizonDays: number): number {
  return Math.max(LIMITS.leastIntervalDays.value, LIMITS.leastIntervalHorizons.value * horizonDays);
}

/** A bootstrapped statistic as a measure; without an interval where the days are too few for one. */
export function bootstrapped(
  { value, low, high }: Interval,
  { n, days, horizonDays, unit, reason }: {
    n: number;
    days: number;
    horizonDays: number;
    unit: "days" | "rows";
    reason: string;
  },
): Measure {
  const least = leastIntervalDays(horizonDays);
  if (days < least) return measure({ value, n, method: `${unit}; no interval below ${least} days` }, reason);
  return measure({ value, low, high, n, method: `${unit}; percentile, stationary bootstrap of days` }, reason);
}

/** A t or z statistic, which is its own error. */
export function testStatistic(value: number, n: number, method: string, reason: string): Measure {
  return measure({ value, n, method }, reason);
}

/** A test statistic whose error knows of overlapping outcomes; none where the days are too few to estimate it. */
export function dailyStatistic(
  value: number,
  { n, days, horizonDays, method, reason }: {
    n: number;
    days: number;
    horizonDays: number;
    method: string;
    reason: string;
  },
): Measure {
  const least = LIMITS.leastIntervalHorizons.value * horizonDays;
  if (horizonDays > 1 && days < least) return missing(`a test over ${horizonDays} days needs ${least} of them`);
  return testStatistic(value, n, method, reason);
}

/** Mean of a daily series over its Newey-West error, and the two-sided probability of it without skill. */
export function neweyWestTest(values: Float64Array, horizonDays: number): { t: Measure; p: Measure } {
  const lags = neweyWestLags(values.length, horizonDays);
  const t = mean(values) / neweyWestStandardError(values, lags);
  const method = `days; Newey-West, ${lags} lags`;
  const reason = "the daily values do not vary, or there is only one";
  const common = { n: values.length, days: values.length, horizonDays, reason };
  return {
    t: dailyStatistic(t, { ...common, method }),
    p: dailyStatistic(2 * normalProbability(-Math.abs(t)), { ...common, method: `${method}, normal, two-sided` }),
  };
}

/** The mean of a daily series with an interval, and its normal deviate, both by {@linkcode cosineT}. */
export function cosineMeasures(
  values: Float64Array,
  { horizonDays, confidence }: { horizonDays: number; confidence: number },
): { byCosines: Measure; z: Measure } {
  const { mean: value, standardError, degrees, z } = cosineT(values, { horizonDays });
  const n = values.length;
  const reason = "the daily values do not vary, or there is only one";
  const least = leastIntervalDays(horizonDays);
  if (n < least) {
    const method = `days; no interval below ${least} days`;
    return { byCosines: measure({ value, n, method }, "there is no daily value"), z: missing(method) };
  }
  const reach = studentQuantile((1 + confidence) / 2, { degrees }) * standardError;
  const method = `days; cosine transforms, Student's t with ${degrees} degrees of freedom`;
  return {
    byCosines: measure({ value, low: value - reach, high: value + reach, n, method }, "there is no daily value"),
    z: measure({ value: z, n, method: `${method}, as a normal deviate` }, reason),
  };
}

/** A statistic with a normal interval from its standard error, for places where a bootstrap of each would be too much. */
export function withNormalInterval(
  { value, standardError, n, confidence, lags, horizonDays }: {
    value: number;
    standardError: number;
    n: number;
    confidence: number;
    lags: number;
    horizonDays: number;
  },
  reason: string,
): Measure {
  const least = leastIntervalDays(horizonDays);
  if (n < least) return measure({ value, n, method: `rows; no interval below ${least} days` }, reason);
  const reach = normalQuantile((1 + confidence) / 2) * standardError;
  return measure(
    { value, low: value - reach, high: value + reach, n, method: `rows; normal, Newey-West error, ${lags} lags` },
    reason,
  );
}

/** How each row moves its series' correlation: x y - r (x^2 + y^2) / 2 of standardised values; its mean is 0. */
export function correlationInfluence(
  x: Float64Array,
  y: Float64Array,
): { correlation: number; influence: Float64Array } {
  const [a, b] = [standardised(x), standardised(y)];
  let correlation = 0;
  for (let row = 0; row < a.length; row++) correlation += a[row] * b[row] / a.length;
  const influence = new Float64Array(a.length);
  for (let row = 0; row < a.length; row++) {
    influence[row] = a[row] * b[row] - correlation * (a[row] * a[row] + b[row] * b[row]) / 2;
  }
  return { correlation, influence };
}

/** Mean 0 and variance 1 (divisor n); NaN for a constant. */
function standardised(values: Float64Array): Float64Array {
  if (!varies(values)) return new Float64Array(values.length).fill(NaN);
  const centre = mean(values);
  let variance = 0;
  for (let row = 0; row < values.length; row++) variance += (values[row] - centre) ** 2 / values.length;
  const deviation = Math.sqrt(variance);
  return values.map((value) => (value - centre) / deviation);
}

/**
 * What a book trades when it is set anew every `horizonDays` days: sum over names of |weight - weight then|. The first
 * days enter from cash. Drift is not known here, since only outcomes over the whole horizon are.
 */
export function reformingTurnover(panel: Panel, weights: Float64Array, horizonDays: number): Float64Array {
  const days = panel.dates.length;
  const turnover = new Float64Array(days);
  for (let symbol = 0; symbol < panel.symbols.length; symbol++) {
    const path = new Float64Array(days + horizonDays); // the days before the first are cash
    for (let row = panel.starts[symbol]; row < panel.starts[symbol + 1]; row++) {
      path[panel.dayOf[row] + horizonDays] = weights[row];
    }
    for (let day = 0; day < days; day++) turnover[day] += Math.abs(path[day + horizonDays] - path[day]);
  }
  return turnover;
}

/** Returns less costs at each level. */
export function afterCosts(gross: Float64Array, turnover: Float64Array, costsBps: readonly number[]) {
  return costsBps.map((costBps) => ({
    costBps,
    returns: gross.map((value, day) => value - costBps / 10_000 * turnover[day]),
  }));
}

/** An estimate for numbers that are counted, not sampled. */
export function counted(value: number, n: number, method: string): Estimate {
  return { value, low: null, high: null, n, method };
}
