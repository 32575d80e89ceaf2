import { mean, residual } from "@lib/core";
import { slopesOf } from "./_slopes.ts";
import { bootstrapped, testStatistic } from "./_judging.ts";
import { type Measure, type Missing, missing } from "./measure.ts";
import { neweyWestLags, neweyWestStandardError } from "./newey_west.ts";
import { bootstrapSums, type Interval, type Resamples } from "./stationary_bootstrap.ts";

/** How much of a book is one factor. */
export interface FactorLoad {
  name: string;
  /** Slope of the book's return before costs on the factor's, beside the other factors. */
  load: Measure;
  t: Measure;
  /** What the load earned in a year: load times the annual mean of the factor, a fraction. */
  annualContribution: Measure;
}

/** What of a book is left beside factors. */
export interface FactorAlpha {
  costBps: number;
  /** Intercept in a year: what the book earned beyond its loads, a fraction. */
  annual: Measure;
  t: Measure;
}

/** What a book owes to factors. */
export interface FactorLoads {
  /** Days on which all factors are known. */
  days: number;
  factors: FactorLoad[];
  alphas: FactorAlpha[];
  /** Share of the variance before costs that the factors explain. */
  rSquared: Measure;
}

/** What {@linkcode factorLoads} explains. All arrays have shape (days,). */
export interface LoadedBook {
  gross: Float64Array;
  net: readonly { costBps: number; returns: Float64Array }[];
  /** Sum of the weights held over the day: this share is taken to be paid for at the risk-free rate. Default: none. */
  netExposure?: Float64Array;
}

/** Factor returns on the days of the book, each of shape (days,); NaN is missing. */
export interface PlacedFactors {
  names: readonly string[];
  values: readonly Float64Array[];
  /** Default: nothing was earned without risk. */
  riskFree?: Float64Array;
}

/** Options of {@linkcode factorLoads}. */
export interface FactorLoadsOptions {
  resamples: Resamples;
  confidence: number;
  periodsPerYear: number;
}

/**
 * Loads of a book on factors, and what is left beside them: least squares of the book's daily return on a constant and
 * the factors' returns of the same day, before costs for the loads and at each cost for the intercepts.
 *
 * From the book's return the risk-free rate is taken for the money that it ties up (`netExposure`), where both are
 * known: a book of half long and half short ties up none. Days on which a factor is missing are left out. Intervals are
 * percentiles of the bootstrap of days that the whole score rests on; t statistics have the errors of Newey and West,
 * as `statsmodels` OLS with `cov_type="HAC"`.
 */
export function factorLoads(
  { gross, net, netExposure }: LoadedBook,
  { names, values, riskFree }: PlacedFactors,
  { resamples, confidence, periodsPerYear }: FactorLoadsOptions,
): FactorLoads | Missing {
  const isKnown = Array.from(gross, (_, day) => values.every((factor) => Number.isFinite(factor[day])));
  const days = isKnown.filter(Boolean).length;
  const k = values.length;
  if (days < k + 2) {
    return missing(
      `${days} days of the book have all factors, below the ${k + 2} that ${k} loads and an intercept need`,
    );
  }
  const known = (series: Float64Array) => series.map((value, day) => isKnown[day] ? value : 0);
  const funding = (day: number) => (riskFree?.[day] || 0) * (netExposure?.[day] ?? 0); // a missing rate is none
  const ys = [gross, ...net.map(({ returns }) => returns)].map((returns) =>
    known(returns.map((value, day) => value - funding(day)))
  );
  const xs = values.map(known);
  const fit = bootstrapSums(...productSums(isKnown, xs, ys, periodsPerYear), resamples, { confidence });

  const only = (values: Float64Array) => values.filter((_, day) => isKnown[day]);
  const columns = [new Float64Array(days).fill(1), ...xs.map(only)];
  const lags = neweyWestLags(days, 1);
  const alike = "the factors cannot be told apart, or leave nothing of the book to err by";
  const tOf = (value: number, y: Float64Array, column: number) => {
    const own = residual(columns[column], columns.filter((_, other) => other !== column));
    const rest = residual(only(y), columns);
    const squares = own.reduce((sum, one) => sum + one * one, 0);
    const influence = own.map((one, day) => days * one * rest[day] / squares);
    const method = `days; Newey-West, ${lags} lags`;
    return testStatistic(value / neweyWestStandardError(influence, lags), days, method, alike);
  };
  const estimate = (interval: Interval) =>
    bootstrapped(interval, { n: days, days, horizonDays: 1, unit: "days", reason: alike });
  return {
    days,
    factors: names.map((name, factor) => ({
      name,
      load: estimate(fit[`load ${factor}`]),
      t: tOf(fit[`load ${factor}`].value, ys[0], factor + 1),
      annualContribution: estimate(fit[`contribution ${factor}`]),
    })),
    alphas: net.map(({ costBps }, cost) => ({
      costBps,
      annual: estimate(fit[`alpha ${cost + 1}`]),
      t: tOf(fit[`alpha ${cost + 1}`].value / periodsPerYear, ys[cost + 1], 0),
    })),
    rSquared: estimate(fit.rSquared),
  };
}

/** The sums over days that a fit of each y on all x needs, and what becomes of them. */
function productSums(
  isKnown: readonly boolean[],
  xs: readonly Float64Array[],
  ys: readonly Float64Array[],
  periodsPerYear: number,
): [Record<string, Float64Array>, Record<string, (sums: Record<string, number>) => number>] {
  const all = [...xs, ...ys];
  const centre = all.map((values) => mean(values)); // near the mean, so that little is lost where products cancel
  const centred = all.map((values, column) => values.map((value, day) => isKnown[day] ? value - centre[column] : 0));
  const sums: Record<string, Float64Array> = { days: Float64Array.from(isKnown, Number) };
  const times = (a: Float64Array, b: Float64Array) => a.map((value, day) => value * b[day]);
  centred.forEach((values, a) => {
    sums[`${a}`] = values;
    for (let b = 0; b <= Math.min(a, xs.length - 1); b++) sums[`${a} ${b}`] = times(values, centred[b]);
  });
  const k = xs.length;
  sums.squares = times(centred[k], centred[k]);

  type Sums = Record<string, number>;
  const fitted = (t: Sums, y: number) =>
    slopesOf(k, (a, b) => {
      const row = a < k ? a : k + y;
      return t[`${row} ${b}`] - t[`${row}`] * t[`${b}`] / t.days;
    }) ?? new Float64Array(k).fill(NaN);
  const average = (t: Sums, column: number) => t[`${column}`] / t.days + centre[column];
  const explained = (t: Sums, slopes: Float64Array) =>
    slopes.reduce((sum, slope, b) => sum + slope * (t[`${k} ${b}`] - t[`${k}`] * t[`${b}`] / t.days), 0);
  const statistics: Record<string, (t: Sums) => number> = {
    rSquared: (t) => explained(t, fitted(t, 0)) / (t.squares - t[`${k}`] ** 2 / t.days),
  };
  xs.forEach((_, factor) => {
    statistics[`load ${factor}`] = (t) => fitted(t, 0)[factor];
    statistics[`contribution ${factor}`] = (t) => periodsPerYear * fitted(t, 0)[factor] * average(t, factor);
  });
  ys.forEach((_, y) => {
    statistics[`alpha ${y}`] = (t) =>
      periodsPerYear * fitted(t, y).reduce((rest, slope, x) => rest - slope * average(t, x), average(t, k + y));
  });
  return [sums, statistics];
}
