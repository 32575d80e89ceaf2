import { checkInteger, Panel } from "@lib/core";
import { comingReturn } from "./read_returns.ts";

/** Options of {@linkcode joinReturns}. */
export interface JoinReturnsOptions {
  /** Days that an actual covers, counted on the days of forecasts and returns together. Default 1. */
  horizonDays?: number;
  /** Days of returns before the first forecast that are kept: for trailing volatility and beta. Default 300. */
  historyDays?: number;
}

/** Forecasts on the days of returns, and how the two fit. */
export interface JoinedReturns {
  /**
   * All columns of the forecasts; `return`; `coming_return`, what the returns of the horizon compound to; and `actual`,
   * which is the same where the forecasts have none.
   */
  panel: Panel;
  /** Rows of returns without forecasts that were added, for what was known at the close. */
  addedRows: number;
  /** Rows of forecasts for which no return is known on their own day. */
  rowsWithoutReturn: number;
  /** How actuals that were brought compare with the returns; null where they were made from them. */
  actuals: { compared: number; different: number } | null;
}

/** Smallest gap between an actual and the compounded returns that is more than rounding: a tenth of a basis point. */
const ROUNDING = 1e-5;

/**
 * Puts forecasts on the days of the returns of their names, with the returns of the days before: what trailing
 * volatility and beta are made of. Where the forecasts bring no `actual`, it is what the returns of the coming days
 * compound to; where they bring one, it stays, and is held against that.
 *
 * Rows of names that have no forecast at all are left out, and so are days beyond the horizon of the last forecast.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const date = weekdays("2020-01-01", 3);
 * const returns = Panel.fromRows({
 *   symbol: ["A", "A", "A"],
 *   date,
 *   columns: { return: Float64Array.of(0.5, 0.25, 0.125) },
 * });
 * const forecasts = Panel.fromRows({ symbol: ["A"], date: [date[1]], columns: { forecast: Float64Array.of(1) } });
 * const { panel, addedRows } = joinReturns(forecasts, returns);
 * assert.deepEqual(panel.column("actual"), Float64Array.of(0.25, 0.125, NaN));
 * assert.deepEqual(panel.column("forecast"), Float64Array.of(NaN, 1, NaN));
 * assert.equal(addedRows, 2);
 * ```
 *
 * @param returns With the column `return`: of one day, known at its close.
 */
export function joinReturns(
  forecasts: Panel,
  returns: Panel,
  { horizonDays = 1, historyDays = 300 }: JoinReturnsOptions = {},
): JoinedReturns {
  checkInteger("join returns", "historyDays", historyDays, { least: 0 });
  const days = [...new Set([...forecasts.dates, ...returns.dates])].sort();
  const placeOf = new Map(days.map((day, place) => [day, place]));
  const from = placeOf.get(forecasts.dates[0])! - historyDays;
  const to = placeOf.get(forecasts.dates.at(-1)!)! + horizonDays;
  const returnsOf = new Map(forecasts.symbols.map((symbol) => [symbol, new Map<string, number>()]));
  returns.dayOf.forEach((day, row) => {
    const place = placeOf.get(returns.dates[day])!;
    if (place < from || place > to) return;
    returnsOf.get(returns.symbols[returns.symbolOf[row]])?.set(returns.dates[day], returns.column("return")[row]);
  });

  const [symbol, date, source]: [string[], string[], number[]] = [[], [], []];
  let rowsWithoutReturn = 0;
  for (let row = 0; row < forecasts.rows; row++) {
    const key = forecasts.key(row);
    symbol.push(key.symbol), date.push(key.date), source.push(row);
    if (Number.isNaN(returnsOf.get(key.symbol)!.get(key.date) ?? NaN)) rowsWithoutReturn++;
  }
  const own = new Set<string>();
  for (let one = 0; one < forecasts.symbols.length; one++) {
    own.clear();
    for (let row = forecasts.starts[one]; row < forecasts.starts[one + 1]; row++) own.add(date[row]);
    for (const day of returnsOf.get(forecasts.symbols[one])!.keys()) {
      if (!own.has(day)) symbol.push(forecasts.symbols[one]), date.push(day), source.push(-1);
    }
  }
  const columns = Object.fromEntries(forecasts.names.map((name) => {
    const values = forecasts.column(name);
    return [name, Float64Array.from(source, (row) => row < 0 ? NaN : values[row])];
  }));
  const ownReturns = Float64Array.from(symbol, (name, row) => returnsOf.get(name)!.get(date[row]) ?? NaN);
  const known = Panel.fromRows({ symbol, date, columns: { ...columns, return: ownReturns } });
  const made = comingReturn(known, { horizonDays });
  const joined = known.with({ coming_return: made });
  const common = { addedRows: symbol.length - forecasts.rows, rowsWithoutReturn };
  if (!forecasts.names.includes("actual")) return { panel: joined.with({ actual: made }), ...common, actuals: null };

  const brought = joined.column("actual");
  const actuals = { compared: 0, different: 0 };
  brought.forEach((value, row) => {
    if (Number.isNaN(value) || Number.isNaN(made[row])) return;
    actuals.compared++;
    if (Math.abs(value - made[row]) > ROUNDING) actuals.different++;
  });
  return { panel: joined, ...common, actuals };
}
