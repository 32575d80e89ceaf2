import type { Panel } from "@lib/core";
import { type BookScore, scoreBook } from "./_book_score.ts";
import { daySums, type PooledRanks, pooledRanks, pooledStatistics, type Totals } from "./_day_sums.ts";
import {
  afterCosts,
  bootstrapped,
  correlationInfluence,
  dailyStatistic,
  type Judging,
  leastIntervalDays,
  reformingTurnover,
  testStatistic,
} from "./_judging.ts";
import { type ConsistencyCheck, contradicts } from "./consistency.ts";
import { type Measure, type Missing, missing } from "./measure.ts";
import { neweyWestLags, neweyWestStandardError } from "./newey_west.ts";
import { pesaranTimmermann } from "./pesaran_timmermann.ts";
import { judgeSpread, type SpreadJudgement } from "./spread.ts";
import { bootstrapSums } from "./stationary_bootstrap.ts";

/** All rows together, time and symbols alike; with one symbol, its time series. */
export interface PooledScore {
  rows: number;
  days: number;
  /** Rows on which the actual, or the forecast, is exactly 0: they count in no hit rate. */
  zeros: { actual: number; forecast: number };
  /** Pearson's correlation of all rows. */
  ic: Measure;
  /** Spearman's correlation of all rows; the ranks are taken as given when days are resampled. */
  rankIc: Measure;
  rankIcT: Measure;
  hitRate: Measure;
  /** The hit rate of always saying "up" on the same rows: the base rate of rises. */
  alwaysUp: Measure;
  hitRateBeyondAlwaysUp: Measure;
  /** The hit rate of forecasts with this share of positive ones that know nothing. */
  expectedByChance: Measure;
  hitRateBeyondChance: Measure;
  pesaranTimmermann: Measure;
  positiveShare: Measure;
  positiveBeyondBaseRate: Measure;
  /** 1 - squared error / squared outcome. */
  rSquaredZero: Measure;
  /** 1 - squared error / squared error of the trailing mean, on the rows that have one. */
  rSquaredTrailingMean: Measure;
  /** std(forecast) / std(actual). */
  spreadRatio: Measure;
  /** Slope of actual on forecast: 1 is calibrated. */
  calibrationSlope: Measure;
  spread: SpreadJudgement;
  /** Long what is forecast to rise, short what is forecast to fall, equal amounts. */
  signBook: BookScore;
  /** Every name long, equal amounts. */
  alwaysLong: BookScore;
  /** The record held against what its own IC implies. */
  consistency: (ConsistencyCheck & { difference: Measure })[];
}

/** Scores all rows of a panel with the columns `forecast`, `actual` and `benchmark`, the first two without gaps. */
export function scorePooled(panel: Panel, unit: "return" | "score", judging: Judging): PooledScore {
  const forecast = panel.column("forecast");
  const actual = panel.column("actual");
  const columns = { forecast, actual, benchmark: panel.column("benchmark") };
  const ranks = pooledRanks(columns);
  const { sums, centres } = daySums(panel, columns, ranks);
  const statistics = pooledStatistics(centres, judging.periodsPerYear / judging.horizonDays);
  const intervals = bootstrapSums(sums, statistics, judging.resamples, judging);
  const total = (name: keyof Totals) => sums[name].reduce((sum, value) => sum + value, 0);
  const days = panel.dates.length;
  const { horizonDays } = judging;
  const estimate = (name: keyof typeof statistics, n: number, reason: string) =>
    bootstrapped(intervals[name], { n, days, horizonDays, unit: "rows", reason });

  const signed = total("signed");
  const still = "the forecasts, or the actuals, are all the same";
  const noSign = "every row has a forecast or an actual of exactly 0";
  const notReturns: Missing = missing("the forecasts are scores, not returns");
  const inReturns = (name: keyof typeof statistics, n: number, reason: string) =>
    unit === "return" ? estimate(name, n, reason) : notReturns;
  const spreadRatio = inReturns("spreadRatio", panel.rows, "the actuals are all the same");
  const calibrationSlope = inReturns("calibrationSlope", panel.rows, "the forecasts are all the same");

  const signs = forecast.map((value) => Math.sign(value));
  const sharesOf = (side: Float64Array) => side.map((value, row) => value / sums.rows[panel.dayOf[row]]);
  const perRow = (values: Float64Array) => values.map((value, day) => value / sums.rows[day]);
  const book = (side: Float64Array, gross: Float64Array) => {
    const turnover = reformingTurnover(panel, sharesOf(side), judging.horizonDays);
    return scoreBook({ turnover, net: afterCosts(gross, turnover, judging.costsBps) }, judging);
  };
  return {
    rows: panel.rows,
    days,
    zeros: {
      actual: actual.filter((value) => value === 0).length,
      forecast: forecast.filter((value) => value === 0).length,
    },
    ic: estimate("ic", panel.rows, still),
    rankIc: estimate("rankIc", panel.rows, still),
    rankIcT: rankIcT(panel, ranks, judging),
    hitRate: estimate("hitRate", signed, noSign),
    alwaysUp: estimate("alwaysUp", signed, noSign),
    hitRateBeyondAlwaysUp: estimate("hitRateBeyondAlwaysUp", signed, noSign),
    expectedByChance: estimate("expectedByChance", signed, noSign),
    hitRateBeyondChance: estimate("hitRateBeyondChance", signed, noSign),
    pesaranTimmermann: signTest(panel, intervals.hitRateBeyondChance, judging),
    positiveShare: estimate("positiveShare", signed, noSign),
    positiveBeyondBaseRate: estimate("positiveBeyondBaseRate", signed, noSign),
    rSquaredZero: inReturns("rSquaredZero", panel.rows, "every actual is exactly 0"),
    rSquaredTrailingMean: inReturns(
      "rSquaredTrailingMean",
      total("benchmarked"),
      "no row has a trailing mean: too few outcomes are known before it",
    ),
    spreadRatio,
    calibrationSlope,
    spread: judgeSpread(spreadRatio, calibrationSlope),
    signBook: book(signs, perRow(sums.betReturn)),
    alwaysLong: book(
      new Float64Array(panel.rows).fill(1),
      perRow(sums.a).map((value) => value + centres.actual),
    ),
    consistency: consistencyOf(intervals, { rows: panel.rows, days, horizonDays, inReturns: unit === "return" }),
  };
}

/** t of the pooled rank IC: its influence summed by day, with the error of Newey and West over days. */
function rankIcT(
  panel: Panel,
  ranks: PooledRanks,
  { horizonDays }: Judging,
): Measure {
  const { correlation, influence } = correlationInfluence(ranks.forecast, ranks.actual);
  const byDay = new Float64Array(panel.dates.length);
  influence.forEach((value, row) => byDay[panel.dayOf[row]] += value / panel.rows);
  const lags = neweyWestLags(byDay.length, horizonDays);
  const error = neweyWestStandardError(byDay, lags) * byDay.length;
  const method = `days; Newey-West error of the influence of each day, ${lags} lags`;
  const reason = "there is no rank IC, or only one day";
  return dailyStatistic(correlation / error, { n: byDay.length, days: byDay.length, horizonDays, method, reason });
}

function signTest(panel: Panel, beyondChance: { value: number; standardError: number }, judging: Judging): Measure {
  const reason = "the forecasts, or the actuals, all have the same sign";
  if (panel.symbols.length === 1 && judging.horizonDays === 1) {
    const { statistic } = pesaranTimmermann(panel.column("forecast"), panel.column("actual"));
    return testStatistic(statistic, panel.rows, "rows; Pesaran-Timmermann 1992, standard normal", reason);
  }
  const z = beyondChance.value === 0 && beyondChance.standardError === 0
    ? NaN
    : beyondChance.value / beyondChance.standardError;
  const method = "rows; hit rate beyond chance over its bootstrap error: rows of a day depend on each other";
  const { horizonDays } = judging;
  return dailyStatistic(z, { n: panel.rows, days: panel.dates.length, horizonDays, method, reason });
}

type Intervals = ReturnType<typeof bootstrapSums<keyof Totals, keyof ReturnType<typeof pooledStatistics>>>;

function consistencyOf(
  intervals: Intervals,
  { rows, days, horizonDays, inReturns }: { rows: number; days: number; horizonDays: number; inReturns: boolean },
): PooledScore["consistency"] {
  const check = (
    quantity: ConsistencyCheck["quantity"],
    [observed, implied, gap]: [keyof Intervals, keyof Intervals, keyof Intervals],
    neutral: number,
  ) => {
    const numbers = {
      quantity,
      observed: intervals[observed].value,
      implied: intervals[implied].value,
      standardError: intervals[gap].standardError,
    };
    if (days < leastIntervalDays(horizonDays) || !Object.values(numbers).slice(1).every(Number.isFinite)) return [];
    const difference = bootstrapped(intervals[gap], {
      n: rows,
      days,
      horizonDays,
      unit: "rows",
      reason: "no difference",
    });
    return [{ ...numbers, contradicts: contradicts({ ...numbers, neutral }), difference }];
  };
  return [
    ...check("hit rate", ["hitRate", "impliedHitRate", "hitRateGap"], intervals.expectedByChance.value),
    ...check("Sharpe ratio", ["betSharpe", "impliedBetSharpe", "betSharpeGap"], 0),
    ...(inReturns ? check("R2", ["rSquaredZero", "impliedRSquared", "rSquaredGap"], 0) : []),
  ];
}
