import { checkInteger, checkOneOf, lagged, type Panel, rollingSum } from "@lib/core";

/** Names of the baselines; `forecast_<name>` is the column. */
export const baselineNames = [
  "zero",
  "always_up",
  "trailing_mean",
  "last_value",
  "reversal_1",
  "momentum_12_1",
] as const;

/** Name of a baseline. */
export type BaselineName = (typeof baselineNames)[number];

/** Options of {@linkcode forecastBaselines}. */
export interface ForecastBaselinesOptions {
  /** Trading days that the forecasts look ahead. Default 1. */
  horizonDays?: number;
  /** Column of daily returns, as fractions, close to close, dated by their end. Default `"return"`. */
  returns?: string;
  /** Which baselines. Default: all. */
  names?: readonly BaselineName[];
}

const monthDays = 21;
const yearDays = 252;

/**
 * What anyone can forecast without a model, beside which every model stands.
 *
 * All are made of the returns that were printed up to the close of the row's own day, so none needs a fold. With r the
 * daily return and h the horizon:
 *
 * | baseline | forecast of the return over the next h days |
 * | --- | --- |
 * | `zero` | 0 |
 * | `always_up` | one basis point a day, h / 10,000: only its sign means anything, it is the hit rate to beat |
 * | `trailing_mean` | h x mean of the symbol's r so far |
 * | `last_value` | the symbol's return over the last h days, compounded |
 * | `reversal_1` | -r of the day (Lehmann 1990, Jegadeesh 1990, with a day for a week or a month) |
 * | `momentum_12_1` | compounded return over 252 days without the last 21 (Jegadeesh and Titman 1993), per h days |
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const market = Panel.fromRows({
 *   symbol: ["A", "A"],
 *   date: ["2020-01-02", "2020-01-03"],
 *   columns: { return: Float64Array.of(0.02, -0.01) },
 * });
 * const baselines = forecastBaselines(market);
 * assert.deepEqual(baselines.column("forecast_reversal_1"), Float64Array.of(-0.02, 0.01));
 * assert.deepEqual(baselines.column("forecast_trailing_mean"), Float64Array.of(0.02, 0.005));
 * ```
 *
 * @param market A panel with daily returns; NaN where a symbol had none.
 * @returns The rows of `market` with a column `forecast_<name>` for each. Missing where a needed return is: the trailing
 * mean leaves missing days out and needs one known; the others need every day of their window.
 * @throws {RangeError} If the column of returns does not exist, `horizonDays` is no integer of at least 1, or a name is
 * unknown.
 */
export function forecastBaselines(
  market: Panel,
  { horizonDays = 1, returns = "return", names = baselineNames }: ForecastBaselinesOptions = {},
): Panel {
  const action = "forecast baselines";
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  names.forEach((name) => checkOneOf(action, "name", name, baselineNames));
  const daily = market.column(returns);
  const ofSymbol = (kernel: (daily: Float64Array) => Float64Array) =>
    market.perSymbol((from, to) => kernel(daily.subarray(from, to)));
  const column: Record<BaselineName, () => Float64Array> = {
    zero: () => new Float64Array(market.rows),
    always_up: () => new Float64Array(market.rows).fill(horizonDays / 10_000),
    trailing_mean: () => ofSymbol(meanSoFar).map((mean) => horizonDays * mean),
    last_value: () => ofSymbol((series) => compounded(series, horizonDays)),
    reversal_1: () => daily.map((value) => value === 0 ? 0 : -value),
    momentum_12_1: () =>
      ofSymbol((series) => lagged(compounded(series, yearDays - monthDays), monthDays))
        .map((value) => value * horizonDays / (yearDays - monthDays)),
  };
  return market.pick([]).with(Object.fromEntries(names.map((name) => [`forecast_${name}`, column[name]()])));
}

function meanSoFar(series: Float64Array): Float64Array {
  let [sum, known] = [0, 0];
  return series.map((value) => {
    if (!Number.isNaN(value)) {
      sum += value;
      known++;
    }
    return known > 0 ? sum / known : NaN;
  });
}

function compounded(series: Float64Array, windowDays: number): Float64Array {
  return rollingSum(series.map(Math.log1p), { windowDays }).map(Math.expm1);
}
