import { checkInteger, checkNumber, type Panel, seededRandom } from "@lib/core";
import { bootstrapped, cosineMeasures, type Judging, testStatistic } from "../_judging.ts";
import type { Verdict } from "../gate.ts";
import { isJudgeable } from "../_known_rows.ts";
import { optimalBlockLength } from "../block_length.ts";
import { dieboldMariano } from "../diebold_mariano.ts";
import { LIMITS } from "../limits.ts";
import { missing } from "../measure.ts";
import { bootstrapSums, stationaryBootstrap } from "../stationary_bootstrap.ts";
import type { KindCard, KindData, KindHeadline, KindOptions, KindSettings, LossBaseline } from "./kind_card.ts";

/** What a judge of a kind hands on beside its card: for the ledger, which keeps rows and daily values. */
export interface Assessed<Card extends KindCard> {
  card: Card;
  /** The verdict on a card of this kind, asked again once its trials are counted. */
  gate: (card: Omit<Card, "verdict">) => Verdict;
  /** The judged rows, with the columns that were judged and `actual`. */
  judged: Panel;
  /** Columns that were judged. */
  columns: readonly string[];
  /** The headline day by day, less its neutral value: above 0, the day went well. Shape (days of `judged`,); NaN where none. */
  daily: Float64Array;
}

/** The parts of a card that only a claim through the ledger, or an inspection, can fill. */
export function openParts({ model }: KindOptions): Pick<KindCard, "trials" | "final" | "road" | "model"> {
  return {
    trials: missing("nobody counted what was tried on these rows"),
    final: missing("no final block was told"),
    road: missing("the road behind the forecasts was not inspected"),
    model: model ?? missing("no saved model was inspected: only its forecasts are judged"),
  };
}

/** A headline with the test that keeps its size where days depend on each other. */
export function headlineOf(
  { what, value, neutral }: Pick<KindHeadline, "what" | "value" | "neutral">,
  daily: Float64Array,
  judging: Judging,
): KindHeadline {
  return { what, value, neutral, ...cosineMeasures(daily.filter((one) => !Number.isNaN(one)), judging) };
}

/** The options with their defaults, each checked. */
export function kindSettings(action: string, options: KindOptions): KindSettings {
  const { horizonDays = 1, minimumNames = 5, draws = 2000, confidence = 0.95, periodsPerYear = 252 } = options;
  const { actual = "actual", costsBps = [0, 5, 10, 20], seed = 1, blockDays } = options;
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  checkInteger(action, "minimumNames", minimumNames, { least: 2 });
  checkInteger(action, "draws", draws, { least: 100 });
  checkNumber(action, "confidence", confidence, { least: 0.5, most: 0.999 });
  checkNumber(action, "periodsPerYear", periodsPerYear, { least: 1 });
  for (const costBps of costsBps) checkNumber(action, "costsBps", costBps, { least: 0 });
  if (blockDays !== undefined) checkNumber(action, "blockDays", blockDays, { least: 0 });
  return {
    actual,
    horizonDays,
    minimumNames,
    costsBps: [...costsBps],
    seed,
    draws,
    confidence,
    blockDays: blockDays ?? null,
    periodsPerYear,
  };
}

/** The rows on which all columns are finite and possible, the actual under the name `actual`. */
export function judgedRows(
  panel: Panel,
  { columns, actual, isPossible }: {
    columns: readonly string[];
    actual: string;
    isPossible: (row: number) => boolean;
  },
): { judged: Panel; data: KindData } {
  const forecasts = columns.map((name) => panel.column(name));
  const actuals = panel.column(actual);
  const isJudged = new Uint8Array(panel.rows);
  let [missingForecasts, missingActuals, impossibleForecasts] = [0, 0, 0];
  for (let row = 0; row < panel.rows; row++) {
    const isForecast = forecasts.every((values) => isJudgeable(values[row]));
    const isKnown = isJudgeable(actuals[row]);
    const isRight = isForecast && isPossible(row);
    if (!isForecast) missingForecasts++;
    else if (!isRight) impossibleForecasts++;
    if (!isKnown) missingActuals++;
    if (isRight && isKnown) isJudged[row] = 1;
  }
  const judged = panel.with({ actual: actuals }).select((row) => isJudged[row] === 1);
  const data = {
    rows: panel.rows,
    judgedRows: judged.rows,
    missingForecasts,
    missingActuals,
    impossibleForecasts,
    symbols: judged.symbols.length,
    days: judged.dates.length,
    firstDay: judged.dates.at(0) ?? null,
    lastDay: judged.dates.at(-1) ?? null,
  };
  return { judged, data };
}

/**
 * Draws of days for the judged rows; the mean block is the longest that one of the daily series asks for, and at least
 * three horizons where outcomes overlap. Writes the block into `settings`.
 */
export function kindJudging(judged: Panel, series: readonly Float64Array[], settings: KindSettings): Judging {
  const { horizonDays, draws, seed, confidence, periodsPerYear, minimumNames, costsBps } = settings;
  const lengths = series
    .map((values) => values.filter((value) => !Number.isNaN(value)))
    .filter((values) => values.length >= LIMITS.leastIntervalDays.value)
    .map(optimalBlockLength);
  settings.blockDays ??= Math.max(horizonDays === 1 ? 1 : 3 * horizonDays, ...lengths);
  const blocks = { blockDays: settings.blockDays, draws, random: seededRandom(seed) };
  const resamples = stationaryBootstrap(judged.dates.length, blocks);
  return { resamples, confidence, horizonDays, periodsPerYear, minimumNames, costsBps };
}

/** Sums of the rows of each day, shape (days,). NaN values are left out. */
export function sumByDay(panel: Panel, values: Float64Array): Float64Array {
  const sums = new Float64Array(panel.dates.length);
  for (let row = 0; row < panel.rows; row++) if (!Number.isNaN(values[row])) sums[panel.dayOf[row]] += values[row];
  return sums;
}

/**
 * What each day gains on a baseline, on the rows on which it is known; scaled so that the mean over days is that over
 * rows. Shape (days,); NaN on days without such rows.
 */
export function dailyAdvantage(judged: Panel, own: Float64Array, other: Float64Array): Float64Array {
  const gain = own.map((loss, row) => other[row] - loss);
  const count = sumByDay(judged, gain.map((value) => Number.isNaN(value) ? NaN : 1));
  const rows = count.reduce((sum, value) => sum + value, 0);
  const days = count.filter((value) => value > 0).length;
  return sumByDay(judged, gain).map((sum, day) => count[day] === 0 ? NaN : sum * days / rows);
}

/**
 * Holds the losses of a judged forecast against those of a baseline, on the rows on which the baseline is known.
 *
 * @param own Loss of each row of `judged`.
 * @param other Loss of the baseline; NaN where it is not known.
 * @param isShare Whether losses are never negative, so that an advantage can be a share of them.
 */
export function scoreLossBaseline(
  judged: Panel,
  { name, own, other, isShare }: { name: string; own: Float64Array; other: Float64Array; isShare: boolean },
  judging: Judging,
): LossBaseline {
  const both = own.map((loss, row) => Number.isNaN(other[row]) ? NaN : loss);
  const rows = both.reduce((count, loss) => count + (Number.isNaN(loss) ? 0 : 1), 0);
  if (rows === 0) {
    const nothing = missing("the baseline has no value on the judged rows");
    return { name, rows, loss: nothing, advantage: nothing, skill: nothing, z: nothing, dieboldMariano: nothing };
  }
  const count = sumByDay(judged, both.map((loss) => Number.isNaN(loss) ? NaN : 1));
  const [ownSum, otherSum] = [sumByDay(judged, both), sumByDay(judged, other)];
  const intervals = bootstrapSums(
    { count, own: ownSum, other: otherSum },
    {
      loss: (t) => t.other / t.count,
      advantage: (t) => (t.other - t.own) / t.count,
      skill: (t) => (t.other - t.own) / t.other,
    },
    judging.resamples,
    judging,
  );
  const isKnown = (_: number, day: number) => count[day] > 0;
  const days = count.filter(isKnown).length;
  const perDay = (sums: Float64Array) => sums.filter(isKnown).map((sum) => sum * days / rows); // their mean is that of rows
  const [first, second] = [perDay(otherSum), perDay(ownSum)];
  const { horizonDays } = judging;
  const about = { n: rows, days, horizonDays, unit: "rows", reason: "the baseline loses nothing" } as const;
  const { statistic } = dieboldMariano(first, second, { horizon: horizonDays });
  return {
    name,
    rows,
    loss: bootstrapped(intervals.loss, about),
    advantage: bootstrapped(intervals.advantage, about),
    skill: isShare ? bootstrapped(intervals.skill, about) : missing("losses of this kind can be negative"),
    z: cosineMeasures(first.map((loss, day) => loss - second[day]), judging).z,
    dieboldMariano: testStatistic(
      statistic,
      days,
      `days; Diebold-Mariano 1995, ${horizonDays - 1} lags, Harvey-Leybourne-Newbold 1997`,
      "the losses differ by the same on every day, or too few days are known",
    ),
  };
}
