import { checkInteger, checkNumber, checkOneOf, mean, type Panel, seededRandom, standardDeviation } from "@lib/core";
import { type BaselineScore, scoreBaseline } from "./_baseline.ts";
import {
  type CrossSectionDays,
  crossSectionDays,
  type CrossSectionScore,
  scoreCrossSection,
} from "./_cross_section.ts";
import { cosineMeasures, type Judging } from "./_judging.ts";
import { finite, isJudgeable } from "./_known_rows.ts";
import { type PerSymbolScore, scorePerSymbol } from "./_per_symbol.ts";
import { type PooledScore, scorePooled } from "./_pooled.ts";
import { type FinalScore } from "./_final_block.ts";
import type { FactorReturns } from "./factor_returns.ts";
import { type HeldBooks, scoreHeldBooks } from "./_held_books.ts";
import { headlineDays } from "./_headline_days.ts";
import { optimalBlockLength } from "./block_length.ts";
import { gate, type Verdict } from "./gate.ts";
import type { ModelReport } from "./kinds/model_report.ts";
import { trailingMean } from "./known_outcomes.ts";
import { LIMITS } from "./limits.ts";
import { type Measure, type Missing, missing } from "./measure.ts";
import { type NeutralScore, scoreNeutral, withExposures } from "./neutral.ts";
import type { RoadReport } from "./road_report.ts";
import { stationaryBootstrap } from "./stationary_bootstrap.ts";
import type { TrialsScore } from "./weigh_trials.ts";

const UNITS = ["auto", "return", "score"] as const;

/** Options of {@linkcode scorecard}. */
export interface ScorecardOptions {
  /** Column that is judged. Default `forecast`. */
  forecast?: string;
  /** Column of what came true over the coming `horizonDays` days, as fractions. Default `actual`. */
  actual?: string;
  /** Other columns of forecasts, to be beaten on the same rows. Default none. */
  baselines?: readonly string[];
  /** Column with the mean that was known at the close, for R2. Default: computed by {@linkcode trailingMean}. */
  trailingMean?: string;
  /**
   * Column of the one-day return that is known at the close, for the volatility and the betas of the neutral figures;
   * rows without a forecast serve too. Default: the outcomes that had come true by then.
   */
  returns?: string;
  /** Returns of factors, for the rank IC beside the betas to them. Default: none. */
  factors?: FactorReturns;
  /** Days that an actual covers, counted on the panel's own days. Default 1. */
  horizonDays?: number;
  /** Whether forecasts are returns, or scores of which only the order counts. Default `auto`: by their spread. */
  unit?: typeof UNITS[number];
  /** Names that a day needs for a correlation across symbols, at least 2. Default 5. */
  minimumNames?: number;
  /** Costs in basis points a side. Default 0, 5, 10, 20. */
  costsBps?: readonly number[];
  /** Seed of the bootstrap. Default 1. */
  seed?: number;
  /** Draws of the bootstrap. Default 2,000. */
  draws?: number;
  /** Coverage of the intervals. Default 0.95. */
  confidence?: number;
  /** Mean block length of the bootstrap in days. Default: chosen from the data, at least 3 horizons beyond one day. */
  blockDays?: number;
  /** Default 252. */
  periodsPerYear?: number;
}

/** What a scorecard is, for readers that find one in a file: see `scorecard.schema.json`. */
export const SCORECARD_SCHEMA = "ai-stocks-lab/scorecard/2";

/** What forecasts are worth. A plain object without NaN, ready for JSON. */
export interface Scorecard {
  schema: typeof SCORECARD_SCHEMA;
  settings: {
    forecast: string;
    actual: string;
    returns: string | null;
    factors: string[];
    horizonDays: number;
    unit: "return" | "score";
    minimumNames: number;
    costsBps: number[];
    seed: number;
    draws: number;
    confidence: number;
    blockDays: number | null;
    periodsPerYear: number;
  };
  data: {
    rows: number;
    judgedRows: number;
    missingForecasts: number;
    missingActuals: number;
    infinite: number;
    symbols: number;
    days: number;
    firstDay: string | null;
    lastDay: string | null;
  };
  /** The rank IC that the verdict is about. */
  headline: {
    what: string;
    /** With an interval that covers as promised over few horizons too, by {@linkcode cosineT}. */
    rankIc: Measure;
    /** The same rank IC with a percentile interval of the bootstrap of days, as all other numbers have. */
    byBootstrap: Measure;
    /** By the errors of Newey and West. */
    t: Measure;
    /** The normal deviate that is as unlikely as the t of {@linkcode cosineT}. */
    z: Measure;
  };
  crossSectional: CrossSectionScore | Missing;
  pooled: PooledScore | Missing;
  perSymbol: PerSymbolScore | Missing;
  baselines: BaselineScore[];
  /** The order of each day held as a book, with what it trades and how much of it is the market. */
  books: HeldBooks | Missing;
  /** The rank IC beside bets on volatility, the market and factors that may be behind it. */
  neutral: NeutralScore | Missing;
  /** What was tried on these rows, and what is left of the headline; only {@linkcode judge} counts. */
  trials: TrialsScore | Missing;
  /** The headline on the final block alone; only {@linkcode judge} knows it. */
  final: FinalScore | Missing;
  /** What an inspection of the road behind the forecasts found. */
  road: RoadReport | Missing;
  /** What an inspection of the saved model found. */
  model: ModelReport | Missing;
  verdict: Verdict;
}

/**
 * Judges forecasts by what came true: across the symbols of each day, over all rows, for each symbol, and beside
 * baselines on the same rows, every number with its interval, and a verdict.
 *
 * A row is judged where forecast and actual are both finite (and at most 1e60, so that their powers are finite too);
 * the others are counted. The actual of row t is what was
 * earned after the close of t, so nothing is lagged here. Intervals are percentiles of a stationary bootstrap of days
 * (all numbers from the same draws, so that differences have the right error); its mean block is the longest that
 * {@linkcode optimalBlockLength} finds for the daily rank IC (or, with too few names, the daily product of forecast and
 * actual) and the daily return of the books, and at least 3 * horizonDays where horizons overlap: geometric blocks of
 * mean h cut the dependence of outcomes over h days too often. The exceptions are said in the method of each number.
 *
 * Returns of horizons beyond a day overlap; Sharpe ratios use all of them, on the scale of one horizon, and drawdowns
 * spread each over its days.
 *
 * @example Forecasts that know nothing
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, seededRandom, weekdays } from "@lib/core";
 * const random = seededRandom(4);
 * const [symbol, date] = [[], []] as string[][];
 * for (const day of weekdays("2020-01-01", 100)) for (const name of "ABCDEF") symbol.push(name), date.push(day);
 * const noise = () => Float64Array.from(symbol, () => random() - 0.5);
 * const panel = Panel.fromRows({ symbol, date, columns: { forecast: noise(), actual: noise() } });
 * const card = scorecard(panel, { draws: 200 });
 * assert.equal(card.verdict.verdict, "fail");
 * assert.ok("days" in card.crossSectional && card.crossSectional.days === 100);
 * ```
 *
 * @throws {RangeError} If an option is out of range or a column does not exist.
 */
export function scorecard(
  panel: Panel,
  {
    forecast = "forecast",
    actual = "actual",
    baselines = [],
    trailingMean: benchmark,
    returns,
    factors,
    horizonDays = 1,
    unit = "auto",
    minimumNames = 5,
    costsBps = [0, 5, 10, 20],
    seed = 1,
    draws = 2000,
    confidence = 0.95,
    blockDays,
    periodsPerYear = 252,
  }: ScorecardOptions = {},
): Scorecard {
  const action = "judge forecasts";
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  checkInteger(action, "minimumNames", minimumNames, { least: 2 });
  checkInteger(action, "draws", draws, { least: 100 });
  checkNumber(action, "confidence", confidence, { least: 0.5, most: 0.999 });
  checkNumber(action, "periodsPerYear", periodsPerYear, { least: 1 });
  checkOneOf(action, "unit", unit, UNITS);
  for (const costBps of costsBps) checkNumber(action, "costsBps", costBps, { least: 0 });

  const { rows, counts } = judgedRows(panel, forecast, actual);
  const benchmarks = benchmark === undefined
    ? trailingMean(panel.with({ actual: finite(panel.column(actual)) }), { horizonDays })
    : panel.column(benchmark);
  const columns = { forecast: panel.column(forecast), actual: panel.column(actual), benchmark: benchmarks };
  const chosen = withExposures(panel.with(columns), { returns, factors, horizonDays })
    .select((row) => rows[row] === 1);
  const settings = {
    forecast,
    actual,
    returns: returns ?? null,
    factors: [...factors?.names ?? []],
    horizonDays,
    unit: unit === "auto" ? unitOf(chosen.column("forecast"), chosen.column("actual")) : unit,
    minimumNames,
    costsBps: [...costsBps],
    seed,
    draws,
    confidence,
    blockDays: null as number | null,
    periodsPerYear,
  };
  const data = {
    rows: panel.rows,
    judgedRows: chosen.rows,
    ...counts,
    symbols: chosen.symbols.length,
    days: chosen.dates.length,
    firstDay: chosen.dates.at(0) ?? null,
    lastDay: chosen.dates.at(-1) ?? null,
  };
  if (chosen.rows === 0) {
    const nothing = missing("no row has both a forecast and an actual");
    const headline = { what: "rank IC", rankIc: nothing, byBootstrap: nothing, t: nothing, z: nothing };
    const parts = {
      crossSectional: nothing,
      pooled: nothing,
      perSymbol: nothing,
      baselines: [],
      books: nothing,
      neutral: nothing,
    };
    return withVerdict({ settings, data, headline, ...parts });
  }

  const days = crossSectionDays(chosen, { minimumNames, horizonDays });
  settings.blockDays = blockDays ?? chooseBlock(chosen, days, horizonDays);
  const judging: Judging = {
    resamples: stationaryBootstrap(chosen.dates.length, {
      blockDays: settings.blockDays,
      draws,
      random: seededRandom(seed),
    }),
    confidence,
    horizonDays,
    periodsPerYear,
    minimumNames,
    costsBps,
  };
  const crossSectional = scoreCrossSection(days, judging);
  const pooled = scorePooled(chosen, settings.unit, judging);
  const across = "reason" in crossSectional ? undefined : crossSectional;
  const { what, values } = headlineDays(chosen, { minimumNames, rankIc: days.rankIc });
  const { byCosines, z } = cosineMeasures(values, { horizonDays, confidence });
  return withVerdict({
    settings,
    data,
    headline: {
      what,
      rankIc: byCosines,
      ...(across
        ? { byBootstrap: across.rankIc, t: across.rankIcT }
        : { byBootstrap: pooled.rankIc, t: pooled.rankIcT }),
      z,
    },
    crossSectional,
    pooled,
    perSymbol: scorePerSymbol(chosen, judging),
    baselines: baselines.map((name) =>
      scoreBaseline(chosen, { name, across: across === undefined ? undefined : days, judging, unitOf })
    ),
    books: "reason" in crossSectional
      ? crossSectional
      : scoreHeldBooks(panel, chosen, { returns, names: days.names, judging }),
    neutral: "reason" in crossSectional ? crossSectional : scoreNeutral(chosen, { returns, factors, judging }),
  });
}

function withVerdict(card: Omit<Scorecard, "schema" | "trials" | "final" | "road" | "model" | "verdict">): Scorecard {
  const whole = {
    schema: SCORECARD_SCHEMA,
    ...card,
    trials: missing("nobody counted what was tried on these rows"),
    final: missing("no final block was told"),
    road: missing("the road behind the forecasts was not inspected"),
    model: missing("no saved model was inspected: only its forecasts are judged"),
  } as const;
  return { ...whole, verdict: gate(whole) };
}

function judgedRows(panel: Panel, forecast: string, actual: string) {
  const [forecasts, actuals] = [panel.column(forecast), panel.column(actual)];
  const rows = new Uint8Array(panel.rows);
  const counts = { missingForecasts: 0, missingActuals: 0, infinite: 0 };
  const isTooLarge = (value: number) => !Number.isNaN(value) && !isJudgeable(value);
  for (let row = 0; row < panel.rows; row++) {
    if (Number.isNaN(forecasts[row])) counts.missingForecasts++;
    if (Number.isNaN(actuals[row])) counts.missingActuals++;
    if (isTooLarge(forecasts[row]) || isTooLarge(actuals[row])) counts.infinite++;
    if (isJudgeable(forecasts[row]) && isJudgeable(actuals[row])) rows[row] = 1;
  }
  return { rows, counts };
}

/** Returns unless the forecasts vary far more than what they forecast. */
function unitOf(forecast: Float64Array, actual: Float64Array): "return" | "score" {
  const ratio = standardDeviation(forecast) / standardDeviation(actual);
  return ratio > LIMITS.scoreRatio.value ? "score" : "return";
}

/** The longest block that one of the judged daily series asks for; never below what overlapping horizons need. */
function chooseBlock(panel: Panel, { rankIc, bookGross }: CrossSectionDays, horizonDays: number): number {
  const product = new Float64Array(panel.dates.length);
  const signed = new Float64Array(panel.dates.length);
  const [forecast, actual] = [panel.column("forecast"), panel.column("actual")];
  const [meanForecast, meanActual] = [mean(forecast), mean(actual)];
  for (let row = 0; row < panel.rows; row++) {
    product[panel.dayOf[row]] += (forecast[row] - meanForecast) * (actual[row] - meanActual);
    signed[panel.dayOf[row]] += Math.sign(forecast[row]) * actual[row];
  }
  const least = horizonDays === 1 ? 1 : 3 * horizonDays;
  const series = rankIc.some((value) => !Number.isNaN(value)) ? [rankIc, bookGross, signed] : [product, signed];
  const lengths = series
    .map((values) => values.filter((value) => !Number.isNaN(value)))
    .filter((values) => values.length >= LIMITS.leastIntervalDays.value)
    .map(optimalBlockLength);
  return Math.max(least, ...lengths);
}
