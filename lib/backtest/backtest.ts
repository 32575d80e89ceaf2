import { checkNumber, type Panel } from "@lib/core";

/** Options of {@linkcode backtest}. */
export interface BacktestOptions {
  /** Costs of trading in basis points of the traded amount, a side; one net series for each. Default 0, 5, 10, 20. */
  costsBps?: readonly number[];
  /** Column of the weights panel. NaN is a weight of 0. Default `weight`. */
  weight?: string;
  /** Column of the returns panel: simple returns of the day that ends at the row's close. Default `return`. */
  return?: string;
}

/** What a book earned on each day. All arrays have shape (days,), in the order of `dates`. */
export interface BookSeries {
  /** The days on which something was earned: from the day after the first decision on. */
  dates: string[];
  /** Return of the day before costs. */
  gross: Float64Array;
  /** Return of the day after costs, one series for each cost. */
  net: { costBps: number; returns: Float64Array }[];
  /** Traded share of the book at the close before the day: sum of |weight decided - weight drifted to|. */
  turnover: Float64Array;
  /** Sum of the absolute weights held over the day. */
  grossExposure: Float64Array;
  /** Sum of the weights held over the day. */
  netExposure: Float64Array;
  /** Returns that were missing though the name was held; each counted as 0. */
  missingReturns: { count: number; examples: string[] };
}

/**
 * Lets weights earn: what was decided at the close of day t earns the return of day t + 1, never that of t.
 *
 * gross(t + 1) = sum of weight(i, t) * return(i, t + 1). Through the day each weight drifts to
 * weight * (1 + return) / (1 + gross). The trade of the next close leads from there to the next decision; it is paid
 * from the return that this decision goes on to earn: net(t + 1) = gross(t + 1) - costBps / 10,000 * turnover(t),
 * and the first entry from cash is a trade too. The weights of the last day earn nothing yet and are left out; leaving
 * the book at the end is not charged. Money that is not invested earns nothing; nor is borrowing charged.
 *
 * The days are those of the returns panel. On a day on which the weights panel has no row at all, nothing is decided
 * and the book drifts on; a name without a row, or with NaN, on a day with rows has weight 0. The return of a held
 * name that is missing counts as 0, and is counted.
 *
 * @example Decided on the 2nd, earned on the 3rd
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A"],
 *   date: ["2020-01-02", "2020-01-03"],
 *   columns: { weight: Float64Array.of(1, 0), return: Float64Array.of(0.5, 0.01) },
 * });
 * const book = backtest({ weights: panel }, { costsBps: [10] });
 * assert.deepEqual(book.dates, ["2020-01-03"]);
 * assert.deepEqual(book.gross, Float64Array.of(0.01));
 * assert.deepEqual(book.net[0].returns, Float64Array.of(0.01 - 0.001));
 * ```
 *
 * @param books `weights` decided at each close, and `returns`; one panel may hold both.
 * @throws {RangeError} If a weight or a return is infinite, a cost negative, weights are decided on a day that the
 * returns do not have, a name with a weight has no returns at all, or the book loses everything.
 */
export function backtest(
  { weights, returns = weights }: { weights: Panel; returns?: Panel },
  { costsBps = [0, 5, 10, 20], weight = "weight", return: returnColumn = "return" }: BacktestOptions = {},
): BookSeries {
  for (const costBps of costsBps) checkNumber("run a backtest", "costsBps", costBps, { least: 0 });
  const decisions = readDecisions(weights, weights.column(weight), returns);
  const earned = returns.column(returnColumn);
  const rowOf = new Int32Array(returns.symbols.length);
  const first = decisions.findIndex((decision) => decision !== undefined);
  const days = first < 0 ? 0 : returns.dates.length - 1 - first;
  const book = {
    dates: days === 0 ? [] : returns.dates.slice(first + 1),
    gross: new Float64Array(days),
    turnover: new Float64Array(days),
    grossExposure: new Float64Array(days),
    netExposure: new Float64Array(days),
    missingReturns: { count: 0, examples: [] as string[] },
  };
  let held: Float64Array = new Float64Array(returns.symbols.length);
  for (let step = 0; step < days; step++) {
    const decided = decisions[first + step];
    if (decided !== undefined) {
      book.turnover[step] = decided.reduce((sum, value, symbol) => sum + Math.abs(value - held[symbol]), 0);
      held = decided;
    }
    rowOf.fill(-1);
    for (const row of returns.rowsOfDay(first + step + 1)) rowOf[returns.symbolOf[row]] = row;
    const growth = held.map((value, symbol) => {
      if (value === 0) return 0;
      const rate = rowOf[symbol] < 0 ? NaN : earned[rowOf[symbol]];
      if (!Number.isNaN(rate)) return checked(rate, "return", returns.symbols[symbol], book.dates[step]);
      book.missingReturns.count++;
      if (book.missingReturns.examples.length < 5) {
        book.missingReturns.examples.push(`${returns.symbols[symbol]} ${book.dates[step]}`);
      }
      return 0;
    });
    for (let symbol = 0; symbol < held.length; symbol++) {
      book.gross[step] += held[symbol] * growth[symbol];
      book.grossExposure[step] += Math.abs(held[symbol]);
      book.netExposure[step] += held[symbol];
    }
    if (book.gross[step] <= -1) {
      throw new RangeError(
        `Cannot run a backtest: the return of a day must be above -1, current value of ${book.dates[step]} is ${
          book.gross[step]
        }`,
      );
    }
    held = held.map((value, symbol) => value * (1 + growth[symbol]) / (1 + book.gross[step]));
  }
  const net = costsBps.map((costBps) => ({
    costBps,
    returns: book.gross.map((gross, step) => gross - costBps / 10_000 * book.turnover[step]),
  }));
  return { ...book, net };
}

/** The weights decided on each day of the returns panel, by its symbols; undefined where nothing was decided. */
function readDecisions(weights: Panel, column: Float64Array, returns: Panel): (Float64Array | undefined)[] {
  const dayOf = new Map(returns.dates.map((date, day) => [date, day]));
  const symbolOf = new Map(returns.symbols.map((symbol, code) => [symbol, code]));
  const decisions = new Array<Float64Array | undefined>(returns.dates.length).fill(undefined);
  weights.dates.forEach((date, weightDay) => {
    const day = dayOf.get(date);
    if (day === undefined) {
      throw new RangeError(
        `Cannot run a backtest: weights must be decided on days of the returns, current day without any is ${date}`,
      );
    }
    const decided = decisions[day] = new Float64Array(returns.symbols.length);
    for (const row of weights.rowsOfDay(weightDay)) {
      const value = column[row];
      if (Number.isNaN(value) || value === 0) continue;
      const symbol = symbolOf.get(weights.symbols[weights.symbolOf[row]]);
      if (symbol === undefined) {
        throw new RangeError(
          `Cannot run a backtest: each name with a weight must have returns, current one without any is ${
            weights.key(row).symbol
          }`,
        );
      }
      decided[symbol] = checked(value, "weight", returns.symbols[symbol], date);
    }
  });
  return decisions;
}

function checked(value: number, what: string, symbol: string, date: string): number {
  if (!Number.isFinite(value)) checkNumber("run a backtest", `the ${what} of ${symbol} on ${date}`, value);
  return value;
}
