import { type Panel, quantile } from "@lib/core";
import { type BookScore, scoreBook } from "./_book_score.ts";
import { afterCosts, bootstrapped, type Judging, neweyWestTest, reformingTurnover } from "./_judging.ts";
import { rankBook } from "./_rank_book.ts";
import { dailyCorrelations } from "./daily_correlations.ts";
import { type Measure, type Missing, missing } from "./measure.ts";
import { bootstrapSums } from "./stationary_bootstrap.ts";

/** How well the forecasts of a day order the symbols of that day. */
export interface CrossSectionScore {
  /** Days with a correlation. */
  days: number;
  /** Days with fewer names than needed. */
  thinDays: number;
  /** Days with enough names on which all forecasts, or all actuals, are the same. */
  constantDays: number;
  /** Names on the days with a correlation. */
  names: { least: number; median: number; most: number };
  /** Mean over days of Spearman's correlation. */
  rankIc: Measure;
  /** Standard deviation over days. */
  rankIcDeviation: Measure;
  /** Mean over standard deviation, of one day. */
  rankIcir: Measure;
  rankIcT: Measure;
  rankIcP: Measure;
  /** Share of days with a rank IC above 0. */
  positiveDays: Measure;
  /** Mean over days of Pearson's correlation. */
  ic: Measure;
  icDeviation: Measure;
  icir: Measure;
  icT: Measure;
  icP: Measure;
  /** The book of centred ranks, half long and half short, set anew every `horizonDays` days. */
  book: BookScore;
}

/** Daily correlations of judged rows, and what the rank book of each day earned; shape (days,), NaN where none. */
export interface CrossSectionDays {
  rankIc: Float64Array;
  ic: Float64Array;
  names: Int32Array;
  bookGross: Float64Array;
  bookTurnover: Float64Array;
}

/** Correlations and book of each day; days with too few names have neither. */
export function crossSectionDays(
  panel: Panel,
  { minimumNames, horizonDays }: Pick<Judging, "minimumNames" | "horizonDays">,
): CrossSectionDays {
  const { ic, rankIc, names } = dailyCorrelations(panel, { minimumNames });
  const thick = panel.column("forecast").map((value, row) => names[panel.dayOf[row]] < minimumNames ? NaN : value);
  const weights = rankBook(panel, thick);
  const actual = panel.column("actual");
  const bookGross = Float64Array.from(names, (count) => count < minimumNames ? NaN : 0);
  for (let row = 0; row < panel.rows; row++) bookGross[panel.dayOf[row]] += weights[row] * actual[row];
  return { rankIc, ic, names, bookGross, bookTurnover: reformingTurnover(panel, weights, horizonDays) };
}

/** Scores the days of {@linkcode crossSectionDays}. */
export function scoreCrossSection(
  { rankIc, ic, names, bookGross, bookTurnover }: CrossSectionDays,
  judging: Judging,
): CrossSectionScore | Missing {
  const known = names.filter((_, day) => !Number.isNaN(rankIc[day]));
  const thinDays = names.filter((count) => count < judging.minimumNames).length;
  if (thinDays === names.length) {
    return missing(`no day has ${judging.minimumNames} names with a forecast and an actual`);
  }
  const constantDays = names.length - thinDays - known.length;
  if (known.length === 0) return missing("on every day all forecasts, or all actuals, are the same");

  const zeroed = (values: Float64Array) => values.map((value) => Number.isNaN(value) ? 0 : value);
  const columns = {
    days: Float64Array.from(rankIc, (value) => Number.isNaN(value) ? 0 : 1),
    rankIc: zeroed(rankIc),
    rankIcSquared: zeroed(rankIc).map((value) => value ** 2),
    positive: Float64Array.from(rankIc, (value) => value > 0 ? 1 : 0),
    ic: zeroed(ic),
    icSquared: zeroed(ic).map((value) => value ** 2),
  };
  const deviation = (n: number, sum: number, squares: number) => {
    const variance = (squares - sum ** 2 / n) / (n - 1);
    return variance > 1e-14 * squares / n ? Math.sqrt(variance) : NaN;
  };
  const intervals = bootstrapSums(
    columns,
    {
      rankIc: (t) => t.rankIc / t.days,
      rankIcDeviation: (t) => deviation(t.days, t.rankIc, t.rankIcSquared),
      rankIcir: (t) => t.rankIc / t.days / deviation(t.days, t.rankIc, t.rankIcSquared),
      positiveDays: (t) => t.positive / t.days,
      ic: (t) => t.ic / t.days,
      icDeviation: (t) => deviation(t.days, t.ic, t.icSquared),
      icir: (t) => t.ic / t.days / deviation(t.days, t.ic, t.icSquared),
    },
    judging.resamples,
    judging,
  );
  const estimate = (name: keyof typeof intervals) =>
    bootstrapped(intervals[name], {
      n: known.length,
      days: known.length,
      horizonDays: judging.horizonDays,
      unit: "days",
      reason: "the daily correlations do not vary, or there is only one",
    });
  const rankTest = neweyWestTest(rankIc.filter((value) => !Number.isNaN(value)), judging.horizonDays);
  const test = neweyWestTest(ic.filter((value) => !Number.isNaN(value)), judging.horizonDays);
  return {
    days: known.length,
    thinDays,
    constantDays,
    names: { least: quantile(known, 0), median: quantile(known, 0.5), most: quantile(known, 1) },
    rankIc: estimate("rankIc"),
    rankIcDeviation: estimate("rankIcDeviation"),
    rankIcir: estimate("rankIcir"),
    rankIcT: rankTest.t,
    rankIcP: rankTest.p,
    positiveDays: estimate("positiveDays"),
    ic: estimate("ic"),
    icDeviation: estimate("icDeviation"),
    icir: estimate("icir"),
    icT: test.t,
    icP: test.p,
    book: scoreBook({
      turnover: zeroed(bookTurnover),
      net: afterCosts(zeroed(bookGross), bookTurnover, judging.costsBps),
      stood: Float64Array.from(bookGross, (value) => Number.isNaN(value) ? 0 : 1),
    }, judging),
  };
}
