import { checkInteger, checkNumber, checkSameLength, seededRandom } from "@lib/core";
import { bookBeta } from "./_book_beta.ts";
import { type BookScore, scoreBook } from "./_book_score.ts";
import { optimalBlockLength } from "./block_length.ts";
import { type FactorLoads, factorLoads, type PlacedFactors } from "./factor_loads.ts";
import { type FactorReturns, factorsOn } from "./factor_returns.ts";
import { LIMITS } from "./limits.ts";
import { type Measure, type Missing, missing } from "./measure.ts";
import { stationaryBootstrap } from "./stationary_bootstrap.ts";

/** A book day by day, as `backtest` leaves it. All arrays have shape (days,), in time order, none missing. */
export interface JudgedBook {
  /** Returns before costs. */
  gross: Float64Array;
  /** Returns after costs, one series for each cost. */
  net: readonly { costBps: number; returns: Float64Array }[];
  /** Traded share of the book. */
  turnover: Float64Array;
  /** ISO days, for the loads on factors. Default: not known. */
  dates?: readonly string[];
  /** Sum of the weights held over the day, whose money is paid for at the factors' risk-free rate. Default: none. */
  netExposure?: Float64Array;
}

/** Options of {@linkcode judgeBook}. */
export interface JudgeBookOptions {
  /** Daily returns of the market on the same days, for the book's beta. Default: none, no beta. */
  market?: Float64Array;
  /** Returns of factors, for the book's loads; it then needs its `dates`. Default: the market alone, if it is given. */
  factors?: FactorReturns;
  /** Seed of the bootstrap. Default 1. */
  seed?: number;
  /** Draws of the bootstrap. Default 2,000. */
  draws?: number;
  /** Coverage of the intervals. Default 0.95. */
  confidence?: number;
  /** Mean block length in days. Default: chosen from the returns before costs. */
  blockDays?: number;
  /** Default 252. */
  periodsPerYear?: number;
}

/** What a book is worth at each cost, and how much of it is the market. */
export interface JudgedBookScore extends BookScore {
  /** Slope of the book's return before costs on the market's. */
  beta: Measure;
  /** What it owes to factors, and what is left beside them. */
  loads: FactorLoads | Missing;
  blockDays: number;
}

/**
 * Judges the returns of a book at each cost: annual return and volatility, Sharpe ratio, drawdown, turnover and the
 * probability that the true Sharpe ratio is above 0, loads on factors and what is left beside them, with percentile
 * intervals of a stationary bootstrap of days.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const gross = Float64Array.from({ length: 100 }, (_, day) => day % 3 === 0 ? -0.01 : 0.01);
 * const turnover = new Float64Array(100).fill(0.1);
 * const { costs: [free] } = judgeBook({ gross, turnover, net: [{ costBps: 0, returns: gross }] }, { draws: 100 });
 * assert.ok(free.sharpe.value! > 5);
 * ```
 *
 * @throws {TypeError} If the series have different lengths.
 * @throws {RangeError} If there is no day, a return is not finite or an option is out of range.
 */
export function judgeBook(
  { gross, net, turnover, dates, netExposure }: JudgedBook,
  { market, factors, seed = 1, draws = 2000, confidence = 0.95, blockDays, periodsPerYear = 252 }: JudgeBookOptions =
    {},
): JudgedBookScore {
  const action = "judge a book";
  const lengths = Object.fromEntries(net.map(({ costBps, returns }) => [`net at ${costBps} bp`, returns.length]));
  const given = Object.entries({ market, dates, netExposure }).filter(([, series]) => series !== undefined);
  const others = Object.fromEntries(given.map(([name, series]) => [name, series!.length]));
  const all = { gross: gross.length, turnover: turnover.length, ...others };
  checkSameLength(action, { ...all, ...lengths });
  checkInteger(action, "the number of days", gross.length, { least: 1 });
  checkInteger(action, "draws", draws, { least: 100 });
  checkNumber(action, "confidence", confidence, { least: 0.5, most: 0.999 });
  if (factors !== undefined && dates === undefined) {
    throw new TypeError(`Cannot ${action}: factors need the dates of the book, currently there are none`);
  }
  for (const series of [gross, turnover, market ?? gross, netExposure ?? gross, ...net.map(({ returns }) => returns)]) {
    const bad = series.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) checkNumber(action, `the value of day ${bad}`, series[bad]);
  }
  const isLong = gross.length >= LIMITS.leastIntervalDays.value;
  const block = blockDays ?? (isLong ? Math.max(1, optimalBlockLength(gross)) : 1);
  const resamples = stationaryBootstrap(gross.length, { blockDays: block, draws, random: seededRandom(seed) });
  const score = scoreBook({ turnover, net }, { resamples, confidence, periodsPerYear, horizonDays: 1 });
  const placed = factors === undefined ? market && { names: ["market"], values: [market] } : placedOn(dates!, factors);
  const loads = placed === undefined
    ? missing("no factor returns were given")
    : factorLoads({ gross, net, netExposure }, placed, { resamples, confidence, periodsPerYear });
  const beta = market === undefined
    ? missing("no market return was given")
    : bookBeta(gross, market, { resamples, confidence });
  return { ...score, beta, loads, blockDays: block };
}

function placedOn(dates: readonly string[], { names, values, riskFree, dates: own }: FactorReturns): PlacedFactors {
  const placed = factorsOn({ dates: own, names, values }, dates);
  if (riskFree === undefined) return { names, values: placed };
  const [rate] = factorsOn({ dates: own, names: ["risk-free"], values: [riskFree] }, dates);
  return { names, values: placed, riskFree: rate };
}
