import { bootstrapped } from "./_judging.ts";
import type { Measure } from "./measure.ts";
import { maximumDrawdown } from "./maximum_drawdown.ts";
import { probabilityOfSharpe } from "./probabilistic_sharpe_ratio.ts";
import { bootstrapPath, bootstrapSums, type Interval, type Resamples } from "./stationary_bootstrap.ts";

const POWERS = [1, 2, 3, 4] as const;

/** A book at one cost. Returns are fractions; everything annual. */
export interface CostScore {
  costBps: number;
  annualReturn: Measure;
  annualVolatility: Measure;
  sharpe: Measure;
  /** Largest loss from a peak, a positive fraction. */
  maximumDrawdown: Measure;
  /** Probability that the true Sharpe ratio is above 0. */
  probabilisticSharpe: Measure;
}

/** What a book is worth at each cost. */
export interface BookScore {
  days: number;
  /** Traded share of the book per day: buys and sells. */
  turnover: Measure;
  costs: CostScore[];
}

/** A book day by day. All arrays have shape (days,), in time order, none missing. */
export interface BookDays {
  turnover: Float64Array;
  net: readonly { costBps: number; returns: Float64Array }[];
  /** 1 on days that the book stood, 0 on others. Default: all stood. */
  stood?: Float64Array;
}

/** Options of {@linkcode scoreBook}. */
export interface ScoreBookOptions {
  resamples: Resamples;
  confidence: number;
  periodsPerYear: number;
  /** Days that one return covers; returns that start daily then overlap. */
  horizonDays: number;
}

/** Scores a book whose returns each cover `horizonDays` days. */
export function scoreBook(
  { turnover, net, stood = new Float64Array(turnover.length).fill(1) }: BookDays,
  { resamples, confidence, periodsPerYear, horizonDays }: ScoreBookOptions,
): BookScore {
  const periods = periodsPerYear / horizonDays;
  const days = stood.reduce((sum, one) => sum + one, 0);
  const estimate = (interval: Interval, reason: string) =>
    bootstrapped(interval, {
      n: days,
      days,
      horizonDays,
      unit: "days",
      reason: days === 0 ? "the book never stood" : reason,
    });
  const own = (values: Float64Array) => values.map((value, day) => stood[day] === 0 ? 0 : value);
  const series = net.map(({ returns }) => own(returns));

  // All costs in one pass over the draws: sums of the first four powers of the returns at each cost.
  const powers = Object.fromEntries(
    series.flatMap((returns, cost) =>
      POWERS.map((power) => [`${cost} ${power}`, returns.map((value) => value ** power)] as const)
    ),
  );
  type Sums = Record<string, number>;
  const statistics: Record<string, (sums: Sums) => number> = {
    turnover: (sums) => sums.turnover / sums.stood / horizonDays,
  };
  series.forEach((_, cost) => {
    const moments = (sums: Sums) => centralMoments(sums.stood, POWERS.map((power) => sums[`${cost} ${power}`]));
    Object.assign(statistics, {
      [`${cost} return`]: (sums: Sums) => periods * moments(sums).mean,
      [`${cost} volatility`]: (sums: Sums) => Math.sqrt(periods) * moments(sums).deviation,
      [`${cost} sharpe`]: (sums: Sums) => Math.sqrt(periods) * moments(sums).sharpe,
      [`${cost} probability`]: (sums: Sums) =>
        probabilityOfSharpe({ ...moments(sums), periods: Math.max(1, sums.stood / horizonDays) }),
    });
  });
  const columns = { ...powers, stood, turnover: own(turnover) };
  const intervals = bootstrapSums<string, string>(columns, statistics, resamples, { confidence });
  const still = "the returns of the book do not vary, or there is only one";
  const costs = series.map((returns, cost): CostScore => {
    const path = returns.map((value) => value / horizonDays);
    return {
      costBps: net[cost].costBps,
      annualReturn: estimate(intervals[`${cost} return`], "no return is known"),
      annualVolatility: estimate(intervals[`${cost} volatility`], "a volatility needs two returns"),
      sharpe: estimate(intervals[`${cost} sharpe`], still),
      maximumDrawdown: estimate(bootstrapPath(path, maximumDrawdown, resamples, { confidence }), "no return is known"),
      probabilisticSharpe: estimate(intervals[`${cost} probability`], still),
    };
  });
  return { days, turnover: estimate(intervals.turnover, "no trade is known"), costs };
}

/** Sharpe ratio of a period (divisor n - 1), skewness and kurtosis (divisor n), from the sums of four powers. */
function centralMoments(n: number, [one, two, three, four]: readonly number[]) {
  const mean = one / n;
  const variance = two / n - mean ** 2;
  if (!(variance > 1e-12 * two / n)) {
    return { mean, deviation: n < 2 ? NaN : 0, sharpe: NaN, skewness: NaN, kurtosis: NaN };
  }
  const third = three / n - 3 * mean * two / n + 2 * mean ** 3;
  const fourth = four / n - 4 * mean * three / n + 6 * mean ** 2 * two / n - 3 * mean ** 4;
  const deviation = Math.sqrt(variance * n / (n - 1));
  return {
    mean,
    deviation,
    sharpe: mean / deviation,
    skewness: third / variance ** 1.5,
    kurtosis: fourth / variance ** 2,
  };
}
