import { checkInteger, mean, type Panel, pearsonCorrelation, standardDeviation } from "@lib/core";
import { crossSectionDays } from "./_cross_section.ts";
import { neweyWestLags, neweyWestStandardError } from "./newey_west.ts";
import { sharpeRatio } from "./sharpe_ratio.ts";

/** Options of {@linkcode pathScores}. */
export interface PathScoresOptions {
  /** Column of what came true over the coming `horizonDays` days. Default `actual`. */
  actual?: string;
  /** Days that an actual covers. Default 1. */
  horizonDays?: number;
  /** Names that a day needs. Default 5. */
  minimumNames?: number;
  /** Default 252. */
  periodsPerYear?: number;
}

/** One path through the record. */
export interface PathScore {
  /** Its column. */
  path: string;
  /** Mean daily rank IC. */
  rankIc: number;
  /** Newey-West standard error of it. */
  standardError: number;
  /** Annual Sharpe ratio, before costs, of the book of centred ranks; `null` where its returns do not vary. */
  sharpe: number | null;
}

/** How a score spreads over the paths of a combinatorial split. */
export interface PathScores {
  paths: PathScore[];
  /** Days on which every path has a rank IC; all numbers are of these. */
  days: number;
  /** Over the paths: mean, standard deviation (divisor n - 1), least and most of the rank IC, share of paths above 0. */
  mean: number;
  deviation: number;
  least: number;
  most: number;
  positiveShare: number;
  /** Newey-West standard error of the mean over paths, from its daily values: the sampling error that no path escapes. */
  standardError: number;
  /** Mean correlation between the daily rank ICs of two paths; `null` where some do not vary. */
  correlation: number | null;
  /** What that says, and what it does not. */
  words: string;
}

/**
 * Scores every path of a combinatorial split on the same days, and says what the spread between them means.
 *
 * All paths forecast the same outcomes, and their models learnt from mostly the same days; so they are no independent
 * records. Their spread tells how far the score hangs on what was learnt from. The sampling error comes from the days,
 * and is the same for all of them. Where the spread is as wide as that error, one walk forward is a matter of luck twice.
 *
 * Source of the paths: Lopez de Prado (2018), Advances in Financial Machine Learning, chapter 12.
 *
 * @example Two paths that agree
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, seededRandom, weekdays } from "@lib/core";
 * const random = seededRandom(4);
 * const [symbol, date] = [[], []] as string[][];
 * for (const day of weekdays("2020-01-01", 50)) for (const name of "ABCDEF") symbol.push(name), date.push(day);
 * const noise = () => Float64Array.from(symbol, () => random() - 0.5);
 * const one = noise();
 * const panel = Panel.fromRows({ symbol, date, columns: { one, two: one.slice(), actual: noise() } });
 * const { deviation, correlation } = pathScores(panel, ["one", "two"]);
 * assert.deepEqual([deviation, correlation?.toFixed(6)], [0, "1.000000"]);
 * ```
 *
 * @param paths Columns of forecasts, one a path, at least two.
 * @throws {RangeError} If there are fewer paths, an option is out of range, or no two days have a rank IC on every path.
 */
export function pathScores(
  panel: Panel,
  paths: readonly string[],
  { actual = "actual", horizonDays = 1, minimumNames = 5, periodsPerYear = 252 }: PathScoresOptions = {},
): PathScores {
  const action = "score paths";
  checkInteger(action, "the number of paths", paths.length, { least: 2 });
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  checkInteger(action, "minimumNames", minimumNames, { least: 2 });
  const columns = [...paths, actual].map((name) => panel.column(name));
  const judged = panel.select((row) => columns.every((column) => Number.isFinite(column[row])));
  const each = paths.map((path) =>
    crossSectionDays(judged.with({ forecast: judged.column(path), actual: judged.column(actual) }), {
      minimumNames,
      horizonDays,
    })
  );
  const common = Array.from(judged.dates.keys()).filter((day) =>
    each.every(({ rankIc }) => !Number.isNaN(rankIc[day]))
  );
  checkInteger(action, "the number of days with a rank IC on every path", common.length, { least: 2 });
  const onCommon = (values: Float64Array) => Float64Array.from(common, (day) => values[day]);
  const daily = each.map(({ rankIc }) => onCommon(rankIc));
  const errorOf = (values: Float64Array) => neweyWestStandardError(values, neweyWestLags(values.length, horizonDays));
  const scores = paths.map((path, at): PathScore => {
    const sharpe = sharpeRatio(onCommon(each[at].bookGross), { periodsPerYear: periodsPerYear / horizonDays });
    return {
      path,
      rankIc: mean(daily[at]),
      standardError: errorOf(daily[at]),
      sharpe: Number.isFinite(sharpe) ? sharpe : null,
    };
  });
  const values = Float64Array.from(scores, ({ rankIc }) => rankIc);
  const together = Float64Array.from(common, (_, day) => mean(Float64Array.from(daily, (own) => own[day])));
  const numbers = {
    days: common.length,
    mean: mean(values),
    deviation: standardDeviation(values),
    least: Math.min(...values),
    most: Math.max(...values),
    positiveShare: values.filter((value) => value > 0).length / values.length,
    standardError: errorOf(together),
    correlation: meanCorrelation(daily),
  };
  return { paths: scores, ...numbers, words: inWords(numbers, paths.length) };
}

function meanCorrelation(daily: readonly Float64Array[]): number | null {
  const pairs = daily.flatMap((one, at) => daily.slice(at + 1).map((other) => pearsonCorrelation(one, other)));
  const value = mean(Float64Array.from(pairs));
  return Number.isFinite(value) ? value : null;
}

function inWords(
  { days, mean, deviation, least, most, positiveShare, standardError, correlation }: Omit<
    PathScores,
    "paths" | "words"
  >,
  paths: number,
): string {
  const signed = (value: number) => (value < 0 ? "-" : "+") + Math.abs(value).toFixed(4);
  const alike = correlation === null ? "" : ` (their daily values correlate by ${correlation.toFixed(2)})`;
  const wider = deviation > standardError
    ? "wider than that error: the score hangs on what was learnt from"
    : "within that error: the choice of days to learn from matters less than the luck of the days judged";
  return `${paths} paths over ${days} days: mean daily rank IC ${signed(mean)}, from ${signed(least)} to ${
    signed(most)
  }, ` +
    `${
      Math.round(positiveShare * paths)
    } of ${paths} above 0. They share outcomes and most of what they learnt${alike}, ` +
    `so they are one record and not ${paths}: its sampling error is ${standardError.toFixed(4)}. The spread between ` +
    `paths, ${deviation.toFixed(4)}, is ${wider}. Nobody could have traded a path: its models know later years.`;
}
