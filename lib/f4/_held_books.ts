import type { Panel } from "@lib/core";
import { bookBeta } from "./_book_beta.ts";
import { type BookScore, scoreBook } from "./_book_score.ts";
import { afterCosts, type Judging } from "./_judging.ts";
import { finite } from "./_known_rows.ts";
import { rankBook } from "./_rank_book.ts";
import { type Measure, type Missing, missing } from "./measure.ts";

/** A book, and how much of it is the market. */
export interface HeldBook extends BookScore {
  /** Slope of its return before costs on the mean return of all names. */
  beta: Measure;
}

/** The books of centred ranks, day by day: weights drift with the names, and each trade is paid for. */
export interface HeldBooks {
  /** Returns of held names that were not known; each counted as 0. */
  missingReturns: number;
  /** Set anew at every close. */
  daily: HeldBook;
  /** Days that a tranche is held: every close sets one of as many equal parts anew. */
  trancheDays: number;
  /** The mean of the latest `trancheDays` daily books. */
  tranches: HeldBook;
}

/** A trading week, where the horizon asks for no more. */
const LEAST_TRANCHE_DAYS = 5;

/**
 * Scores the rank books of judged rows as a backtest would hold them, set anew daily and in overlapping tranches, on
 * one-day returns: those of a column, else the outcomes of one day ahead.
 *
 * A day with too few names sets nothing, and the book drifts on. Days of the panel without judged rows are passed over.
 *
 * @param panel All rows, with the column `returns` of the one-day return that is known at the close, if it is named.
 * @param judged Rows with a forecast and an actual.
 */
export function scoreHeldBooks(
  panel: Panel,
  judged: Panel,
  { returns, names, judging }: { returns?: string; names: Int32Array; judging: Judging },
): HeldBooks | Missing {
  const { horizonDays, minimumNames, resamples, confidence, periodsPerYear, costsBps } = judging;
  if (returns === undefined && horizonDays > 1) {
    return missing(`a book held day by day needs one-day returns, and outcomes cover ${horizonDays} days`);
  }
  const coming = returns === undefined ? outcomes(judged) : comingReturns(panel, judged, finite(panel.column(returns)));
  const market = Float64Array.from(coming, meanOf);
  if (market.every(Number.isNaN)) return missing("no return of the day after a judged one is known");
  const isThick = (row: number) => names[judged.dayOf[row]] >= minimumNames;
  const weights = rankBook(judged, judged.column("forecast").map((value, row) => isThick(row) ? value : NaN));
  const targets = judged.dates.map((_, day) => {
    if (names[day] < minimumNames) return undefined;
    const target = new Float64Array(judged.symbols.length);
    for (const row of judged.rowsOfDay(day)) target[judged.symbolOf[row]] = weights[row];
    return target;
  });
  const scored = (trancheDays: number) => {
    const { gross, turnover, stood, missingReturns } = hold(targets, coming, trancheDays);
    const options = { resamples, confidence, periodsPerYear, horizonDays: 1 };
    const score = scoreBook({ turnover, net: afterCosts(gross, turnover, costsBps), stood }, options);
    return { missingReturns, book: { ...score, beta: bookBeta(gross, market, { resamples, confidence, stood }) } };
  };
  const trancheDays = Math.max(LEAST_TRANCHE_DAYS, horizonDays);
  const [daily, tranches] = [scored(1), scored(trancheDays)];
  return {
    missingReturns: daily.missingReturns + tranches.missingReturns,
    daily: daily.book,
    trancheDays,
    tranches: tranches.book,
  };
}

/** Return of the coming day of each name, one array of shape (symbols,) for each judged day; NaN where not known. */
function outcomes(judged: Panel): Float64Array[] {
  const actual = judged.column("actual");
  return judged.dates.map((_, day) => {
    const values = new Float64Array(judged.symbols.length).fill(NaN);
    for (const row of judged.rowsOfDay(day)) values[judged.symbolOf[row]] = actual[row];
    return values;
  });
}

/** The same from the returns that are known one day of the panel later. */
function comingReturns(panel: Panel, judged: Panel, returns: Float64Array): Float64Array[] {
  const code = new Map(judged.symbols.map((symbol, at) => [symbol, at]));
  const codes = panel.symbols.map((symbol) => code.get(symbol));
  const place = new Map(panel.dates.map((date, day) => [date, day]));
  return judged.dates.map((date) => {
    const values = new Float64Array(judged.symbols.length).fill(NaN);
    const next = place.get(date)! + 1;
    if (next === panel.dates.length) return values;
    for (const row of panel.rowsOfDay(next)) {
      const symbol = codes[panel.symbolOf[row]];
      if (symbol !== undefined) values[symbol] = returns[row];
    }
    return values;
  });
}

function meanOf(values: Float64Array): number {
  let [sum, count] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** What the mean of the latest `trancheDays` targets earns and trades, day by day. */
function hold(
  targets: readonly (Float64Array | undefined)[],
  coming: readonly Float64Array[],
  trancheDays: number,
) {
  const days = targets.length;
  const [gross, turnover, stood] = [new Float64Array(days), new Float64Array(days), new Float64Array(days)];
  const latest: Float64Array[] = [];
  let held = new Float64Array(coming[0].length);
  let missingReturns = 0;
  for (let day = 0; day < days; day++) {
    const target = targets[day];
    if (target !== undefined) {
      latest.push(target);
      if (latest.length > trancheDays) latest.shift();
      const next = new Float64Array(held.length);
      for (const tranche of latest) for (let name = 0; name < next.length; name++) next[name] += tranche[name];
      for (let name = 0; name < next.length; name++) {
        next[name] /= latest.length;
        turnover[day] += Math.abs(next[name] - held[name]);
      }
      held = next;
    }
    if (latest.length === 0 || coming[day].every(Number.isNaN)) continue;
    stood[day] = 1;
    const known = coming[day].map((value, name) => {
      if (held[name] !== 0 && Number.isNaN(value)) missingReturns++;
      return Number.isNaN(value) ? 0 : value;
    });
    for (let name = 0; name < held.length; name++) gross[day] += held[name] * known[name];
    held = held.map((weight, name) => weight * (1 + known[name]) / (1 + gross[day]));
  }
  return { gross, turnover, stood, missingReturns };
}
