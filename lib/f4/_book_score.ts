import { isEstimate, type Measure, measure, missing } from "./measure.ts";
import { LIMITS } from "./limits.ts";
import { maximumDrawdown } from "./maximum_drawdown.ts";
import { probabilityOfSharpe } from "./probabilistic_sharpe_ratio.ts";
import { bootstrapPath, bootstrapSums, type Interval, type Resamples } from "./stationary_bootstrap.ts";

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
  const few = days < LIMITS.leastIntervalDays.value;
  const estimate = (interval: Interval, reason: string, method = "percentile, stationary bootstrap of days") =>
    measure(
      few
        ? { value: interval.value, n: days, method: `no interval below ${LIMITS.leastIntervalDays.value} days` }
        : { ...interval, n: days, method },
      days === 0 ? "the book never stood" : reason,
    );
  const own = (values: Float64Array) => values.map((value, day) => stood[day] === 0 ? 0 : value);
  const traded = bootstrapSums(
    { turnover: own(turnover), stood },
    { turnover: (sum) => sum.turnover / sum.stood / horizonDays },
    resamples,
    { confidence },
  );

  const costs = net.map(({ costBps, returns: given }): CostScore => {
    const returns = own(given);
    const powers = { stood, one: returns, two: power(returns, 2), three: power(returns, 3), four: power(returns, 4) };
    const moments = (sum: Record<keyof typeof powers, number>) => centralMoments(sum);
    const intervals = bootstrapSums(
      powers,
      {
        annualReturn: (sum) => periods * sum.one / sum.stood,
        annualVolatility: (sum) => Math.sqrt(periods) * moments(sum).deviation,
        sharpe: (sum) => Math.sqrt(periods) * moments(sum).sharpe,
        probabilisticSharpe: (sum) =>
          probabilityOfSharpe({ ...moments(sum), periods: Math.max(1, sum.stood / horizonDays) }),
      },
      resamples,
      { confidence },
    );
    const still = "the returns of the book do not vary";
    const path = bootstrapPath(returns.map((value) => value / horizonDays), maximumDrawdown, resamples, { confidence });
    const sharpe = estimate(intervals.sharpe, still);
    return {
      costBps,
      annualReturn: estimate(intervals.annualReturn, "no return is known"),
      annualVolatility: estimate(intervals.annualVolatility, "a volatility needs two returns"),
      sharpe,
      maximumDrawdown: estimate(path, "no return is known"),
      probabilisticSharpe: isEstimate(sharpe) ? estimate(intervals.probabilisticSharpe, still) : missing(still),
    };
  });
  return { days, turnover: estimate(traded.turnover, "no trade is known"), costs };
}

function power(values: Float64Array, exponent: number): Float64Array {
  return values.map((value) => value ** exponent);
}

/** Sharpe ratio of a period (divisor n - 1), skewness and kurtosis (divisor n), from sums of powers. */
function centralMoments(
  { stood: n, one, two, three, four }: Record<"stood" | "one" | "two" | "three" | "four", number>,
) {
  const mean = one / n;
  const variance = two / n - mean ** 2;
  if (!(variance > 1e-12 * two / n)) return { deviation: n < 2 ? NaN : 0, sharpe: NaN, skewness: NaN, kurtosis: NaN };
  const third = three / n - 3 * mean * two / n + 2 * mean ** 3;
  const fourth = four / n - 4 * mean * three / n + 6 * mean ** 2 * two / n - 3 * mean ** 4;
  const deviation = Math.sqrt(variance * n / (n - 1));
  return { deviation, sharpe: mean / deviation, skewness: third / variance ** 1.5, kurtosis: fourth / variance ** 2 };
}
