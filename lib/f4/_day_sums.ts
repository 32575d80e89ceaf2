import { mean, midRanks, type Panel } from "@lib/core";
import { knownRows, masked } from "./_known_rows.ts";
import { impliedByIc } from "./consistency.ts";
import { normalQuantile } from "./normal_distribution.ts";

/** One number for each day and sum; every pooled statistic is a function of the totals of these. */
export type DaySums = Record<SumName, Float64Array>;
/** The totals of some days. */
export type Totals = Record<SumName, number>;

const SUM_NAMES = [
  "rows",
  // forecast and actual, less their means over all rows: sums, squares and product
  ...["f", "a", "ff", "aa", "fa"] as const,
  // the same of their ranks among all rows, centred and divided by the number of rows
  ...["u", "v", "uu", "vv", "uv"] as const,
  // rows on which neither is exactly 0: number, same sign, actual up, forecast up
  ...["signed", "hits", "rises", "positive"] as const,
  "betReturn", // sign of the forecast times actual
  "outcomeSquared",
  "errorSquared",
  // rows on which the benchmark is known: squared errors of the forecast and of the benchmark
  ...["benchmarked", "ownErrorSquared", "benchmarkErrorSquared"] as const,
] as const;
type SumName = typeof SUM_NAMES[number];

/** What is judged: columns of shape (rows of the panel,), where rows with a NaN forecast do not count. */
export interface PooledColumns {
  forecast: Float64Array;
  actual: Float64Array;
  /** Forecast to beat; NaN where it is not known. Default: it is nowhere. */
  benchmark?: Float64Array;
}

/** Means that were taken off the columns before they were summed. */
export interface Centres {
  forecast: number;
  actual: number;
}

/** Ranks among all rows, centred and divided by their number, shape (rows,); NaN where the forecast is. */
export interface PooledRanks {
  forecast: Float64Array;
  actual: Float64Array;
}

/** Ranks that {@linkcode daySums} needs for rank correlations. */
export function pooledRanks({ forecast, actual }: PooledColumns): PooledRanks {
  const count = knownRows(forecast, forecast).length;
  const ranked = (values: Float64Array) => midRanks(values).map((rank) => (rank - (count + 1) / 2) / count);
  return { forecast: ranked(forecast), actual: ranked(masked(actual, forecast)) };
}

/**
 * Sums of each day of the panel, those of squares around the means of all rows, so that none cancels. Without `ranks`
 * their sums stay 0: ranking all rows is half of the work.
 */
export function daySums(
  panel: Panel,
  { forecast, actual, benchmark }: PooledColumns,
  ranks?: PooledRanks,
): { sums: DaySums; centres: Centres } {
  const centres = { forecast: mean(knownRows(forecast, forecast)), actual: mean(knownRows(actual, forecast)) };
  const sums = Object.fromEntries(SUM_NAMES.map((name) => [name, new Float64Array(panel.dates.length)])) as DaySums;
  const { rows, f, a, ff, aa, fa, u, v, uu, vv, uv } = sums;
  const { signed, hits, rises, positive, betReturn, outcomeSquared, errorSquared } = sums;
  const { benchmarked, ownErrorSquared, benchmarkErrorSquared } = sums;
  for (let row = 0; row < panel.rows; row++) {
    const [said, came] = [forecast[row], actual[row]];
    if (Number.isNaN(said)) continue;
    const day = panel.dayOf[row];
    const [fromMeanSaid, fromMeanCame] = [said - centres.forecast, came - centres.actual];
    rows[day]++;
    f[day] += fromMeanSaid;
    a[day] += fromMeanCame;
    ff[day] += fromMeanSaid * fromMeanSaid;
    aa[day] += fromMeanCame * fromMeanCame;
    fa[day] += fromMeanSaid * fromMeanCame;
    if (ranks !== undefined) {
      const [rankSaid, rankCame] = [ranks.forecast[row], ranks.actual[row]];
      u[day] += rankSaid;
      v[day] += rankCame;
      uu[day] += rankSaid * rankSaid;
      vv[day] += rankCame * rankCame;
      uv[day] += rankSaid * rankCame;
    }
    if (said !== 0 && came !== 0) {
      signed[day]++;
      if (said > 0 === came > 0) hits[day]++;
      if (came > 0) rises[day]++;
      if (said > 0) positive[day]++;
    }
    betReturn[day] += Math.sign(said) * came;
    outcomeSquared[day] += came * came;
    errorSquared[day] += (came - said) ** 2;
    if (benchmark === undefined || Number.isNaN(benchmark[row])) continue;
    benchmarked[day]++;
    ownErrorSquared[day] += (came - said) ** 2;
    benchmarkErrorSquared[day] += (came - benchmark[row]) ** 2;
  }
  return { sums, centres };
}

/** Correlation from sums; exactly NaN where the squares are nothing but rounding. */
function correlation(n: number, x: number, y: number, xx: number, yy: number, xy: number): number {
  const [varianceX, varianceY] = [xx - x * x / n, yy - y * y / n];
  if (!(varianceX > 1e-14 * xx && varianceY > 1e-14 * yy)) return NaN;
  return Math.max(-1, Math.min(1, (xy - x * y / n) / Math.sqrt(varianceX * varianceY)));
}

/** The pooled statistics, each a function of the totals of the days. `periodsPerYear` is that of outcomes. */
export function pooledStatistics(centres: Centres, periodsPerYear: number) {
  const ic = (t: Totals) => correlation(t.rows, t.f, t.a, t.ff, t.aa, t.fa);
  const rankIc = (t: Totals) => correlation(t.rows, t.u, t.v, t.uu, t.vv, t.uv);
  const hitRate = (t: Totals) => t.hits / t.signed;
  const alwaysUp = (t: Totals) => t.rises / t.signed;
  const positiveShare = (t: Totals) => t.positive / t.signed;
  const expectedByChance = (t: Totals) => {
    const [up, said] = [alwaysUp(t), positiveShare(t)];
    return up * said + (1 - up) * (1 - said);
  };
  const drifts = (t: Totals) => {
    const deviation = Math.sqrt((t.aa - t.a ** 2 / t.rows) / t.rows);
    return {
      forecastDrift: normalQuantile(Math.max(0, Math.min(1, positiveShare(t)))),
      actualDrift: (centres.actual + t.a / t.rows) / deviation,
      expectedByChance: expectedByChance(t),
      periodsPerYear,
    };
  };
  const impliedHitRate = (t: Totals) => {
    const normal = 2 * Math.sin(Math.PI / 6 * rankIc(t)); // Pearson's correlation of a normal pair with this rank IC
    if (!(t.signed > 0) || Number.isNaN(normal)) return NaN;
    const actualDrift = normalQuantile(alwaysUp(t));
    return impliedByIc(normal, { ...drifts(t), actualDrift }).hitRate;
  };
  const betSharpe = (t: Totals) => {
    const average = t.betReturn / t.rows;
    return Math.sqrt(periodsPerYear) * average / Math.sqrt(t.outcomeSquared / t.rows - average ** 2);
  };
  const impliedBetSharpe = (t: Totals) => {
    const correlation = ic(t);
    return t.signed > 0 && !Number.isNaN(correlation) ? impliedByIc(correlation, drifts(t)).sharpe : NaN;
  };
  const rSquaredZero = (t: Totals) => 1 - t.errorSquared / t.outcomeSquared;
  return {
    ic,
    rankIc,
    hitRate,
    alwaysUp,
    positiveShare,
    expectedByChance,
    hitRateBeyondAlwaysUp: (t: Totals) => hitRate(t) - alwaysUp(t),
    hitRateBeyondChance: (t: Totals) => hitRate(t) - expectedByChance(t),
    positiveBeyondBaseRate: (t: Totals) => positiveShare(t) - alwaysUp(t),
    rSquaredZero,
    rSquaredTrailingMean: (t: Totals) => 1 - t.ownErrorSquared / t.benchmarkErrorSquared,
    spreadRatio: (t: Totals) => Math.sqrt((t.ff - t.f ** 2 / t.rows) / (t.aa - t.a ** 2 / t.rows)),
    calibrationSlope: (t: Totals) => (t.fa - t.f * t.a / t.rows) / (t.ff - t.f ** 2 / t.rows),
    impliedHitRate,
    hitRateGap: (t: Totals) => hitRate(t) - impliedHitRate(t),
    betSharpe,
    impliedBetSharpe,
    betSharpeGap: (t: Totals) => betSharpe(t) - impliedBetSharpe(t),
    impliedRSquared: (t: Totals) => ic(t) ** 2,
    rSquaredGap: (t: Totals) => rSquaredZero(t) - ic(t) ** 2,
  };
}
