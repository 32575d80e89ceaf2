import { checkInteger, checkNumber, type Panel } from "@lib/core";
import type { BookScore } from "../_book_score.ts";
import { finite } from "../_known_rows.ts";
import { type Measure, type Missing, missing } from "../measure.ts";
import type { SpreadJudgement } from "../spread.ts";
import { claimed, type KindClaimOptions } from "./_kind_claim.ts";
import { type Assessed, judgedRows, kindSettings, openParts } from "./_kind_judging.ts";
import { quantileGate } from "./_quantile_gate.ts";
import { scoreQuantiles } from "./_quantile_scores.ts";
import type { RegimeMeasure } from "./_regimes.ts";
import { ewmaVolatility } from "./ewma_volatility.ts";
import { harVolatility } from "./har_volatility.ts";
import type { KindCard, KindOptions, KindSettings, LossBaseline } from "./kind_card.ts";
import { trailingQuantiles } from "./trailing_quantiles.ts";

/** A column of quantile forecasts. */
export interface QuantileColumn {
  /** Share of outcomes that are to lie at or below it, above 0 and below 1. */
  level: number;
  column: string;
}

/** Options of {@linkcode judgeQuantiles}. */
export interface JudgeQuantilesOptions extends KindOptions {
  /** The columns that are judged. Default: all that are called like `q10`, `q_97.5` or `quantile_50`, in per cent. */
  quantiles?: readonly QuantileColumn[];
  /** Other forecasts of the same levels, in rising order, to be beaten on the same rows. Default none. */
  baselines?: readonly { name: string; columns: readonly string[] }[];
  /** Known outcomes that the trailing quantiles look back on. Default 250. */
  windowOutcomes?: number;
}

/** One level. */
export interface QuantileLevel {
  level: number;
  column: string;
  /** Share of actuals at or below the quantile. */
  below: Measure;
  /** That share less the level. */
  gap: Measure;
  pinball: Measure;
}

/** What the tests of Christoffersen say of the symbols, one by one. */
export interface CoverageBySymbol {
  /** Symbols with enough rows to be tested. */
  symbols: number;
  /** Of them, those rejected at 5 % each for themselves: 5 % of right ones are. */
  shareRejectedAlone: number;
  /** Those rejected together, with a false-discovery rate of `LIMITS.coverageDiscovery`. */
  shareRejected: number;
  /** Median p-value of each test over the symbols. */
  unconditionalP: number;
  independenceP: number;
  conditionalP: number;
}

/** The interval between two levels that leave out as much on each side. */
export interface QuantileInterval {
  /** Share of outcomes that it promises to hold. */
  confidence: number;
  lower: string;
  upper: string;
  /** Share of actuals inside, ends included. */
  coverage: Measure;
  /** Coverage less what was promised. */
  gap: Measure;
  meanWidth: Measure;
  /** Coverage by terciles of the volatility that was known. */
  regimes: RegimeMeasure[];
  christoffersen: CoverageBySymbol | Missing;
}

/** Whether intervals are wide where outcomes are. */
export interface QuantileDispersion {
  /** std(width) / mean(width) of the outermost interval: 0 where every interval is as wide as the next. */
  variation: Measure;
  /** Slope of |actual - centre| on the width, times mean width over mean |actual - centre|: 1 is calibrated. */
  elasticity: Measure;
  /** std / mean of |actual - centre| / width: 0.76 for normal outcomes of known volatility, more with fat tails. */
  residualVariation: Measure;
  spread: SpreadJudgement;
}

/** What quantiles are worth. A plain object without NaN, ready for JSON. */
export interface QuantileCard extends KindCard {
  schema: "ai-stocks-lab/quantiles/1";
  kind: "quantile";
  settings: KindSettings & { quantiles: QuantileColumn[]; windowOutcomes: number };
  levels: QuantileLevel[];
  intervals: QuantileInterval[];
  /** Rows on which a higher level has the lower quantile. */
  crossing: { rows: number; share: Measure };
  /** Mean pinball loss of all levels: half of the CRPS where there are many. */
  pinball: Measure;
  dispersion: QuantileDispersion | Missing;
  /** Rank IC of the median (mean of days, or of all rows). */
  medianRankIc: Measure;
  /** By mean pinball loss. */
  baselines: LossBaseline[];
  /** Sign of the median over the width of the outermost interval, absolute weights of a day summing to 1. */
  book: BookScore | Missing;
}

/**
 * Judges quantiles by what came true: are they where they claim to be, in calm and in turbulent times; do they cross; do
 * they lose less than quantiles that need no model; are intervals wide where outcomes are?
 *
 * A row is judged where all quantiles and the actual are finite. The verdict is about the pinball loss, meaned over
 * levels, that is saved against the best baseline: the last known outcomes of the symbol ({@linkcode trailingQuantiles}),
 * plain, and scaled by {@linkcode ewmaVolatility} and by {@linkcode harVolatility}. Coverage is a condition besides, in
 * each volatility regime. Intervals are percentiles of a stationary bootstrap of days, as in `scorecard`.
 *
 * @example Quantiles of the right width where nothing changes
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
 * const normal = normalRandom(seededRandom(4));
 * const date = weekdays("2020-01-01", 400);
 * const fill = (value: number) => new Float64Array(400).fill(value);
 * const columns = { q10: fill(-0.012816), q90: fill(0.012816), actual: Float64Array.from(date, () => 0.01 * normal()) };
 * const card = judgeQuantiles(Panel.fromRows({ symbol: date.map(() => "A"), date, columns }), { draws: 200 });
 * assert.ok(Math.abs(card.intervals[0].coverage.value! - 0.8) < 0.05);
 * assert.equal(card.crossing.rows, 0);
 * ```
 *
 * @throws {RangeError} If an option is out of range, no quantile is found or a column does not exist.
 */
export function judgeQuantiles(panel: Panel, options: JudgeQuantilesOptions = {}): QuantileCard {
  return assessQuantiles(panel, options).card;
}

/**
 * {@linkcode judgeQuantiles} as a claim: the look is recorded in the ledger, weighed by all that was tried on its rows,
 * and held against the final block. Only so can it pass.
 *
 * @throws As {@linkcode judgeQuantiles}, and if the ledger's chain is broken.
 */
export function judgeQuantilesClaim(
  panel: Panel,
  options: JudgeQuantilesOptions & KindClaimOptions,
): Promise<QuantileCard> {
  return claimed(assessQuantiles(panel, options), options);
}

function assessQuantiles(panel: Panel, options: JudgeQuantilesOptions): Assessed<QuantileCard> {
  const action = "judge quantiles";
  const { windowOutcomes = 250 } = options;
  checkInteger(action, "windowOutcomes", windowOutcomes, { least: 60 });
  const quantiles = (options.quantiles ?? namedQuantiles(panel.names)).toSorted((a, b) => a.level - b.level);
  checkInteger(action, "the number of quantiles", quantiles.length, { least: 1 });
  quantiles.forEach(({ level }, place) => {
    const least = place === 0 ? 0 : quantiles[place - 1].level;
    checkNumber(action, "level (each once)", level, { least: least + 1e-9, most: 1 - 1e-9 });
  });
  const settings = { ...kindSettings(action, options), quantiles, windowOutcomes };
  const { horizonDays } = settings;
  const levels = quantiles.map(({ level }) => level);
  const columns = quantiles.map(({ column }) => column);
  const whole = panel.with({ actual: finite(panel.column(settings.actual)) });
  const volatility = ewmaVolatility(whole, { horizonDays });
  const trailing = (scale?: Float64Array) => trailingQuantiles(whole, levels, { horizonDays, windowOutcomes, scale });
  const baselines = [
    { name: "trailing quantiles", values: trailing() },
    { name: "trailing quantiles scaled by EWMA", values: trailing(volatility) },
    { name: "trailing quantiles scaled by HAR", values: trailing(harVolatility(whole, { horizonDays })) },
    ...(options.baselines ?? []).map(({ name, columns }) => {
      checkInteger(action, `number of columns of ${name}`, columns.length, {
        least: levels.length,
        most: levels.length,
      });
      return { name, values: columns.map((column) => finite(panel.column(column))) };
    }),
  ];
  const extra = baselines.flatMap(({ name, values }) =>
    values.map((own, place) => [`${name} ${levels[place]}`, own] as const)
  );
  const { judged, data } = judgedRows(whole.with({ "known volatility": volatility, ...Object.fromEntries(extra) }), {
    columns,
    actual: "actual",
    isPossible: () => true,
  });
  const head = {
    schema: "ai-stocks-lab/quantiles/1",
    kind: "quantile",
    settings,
    data,
    ...openParts(options),
  } as const;
  const assessed = (rest: Omit<QuantileCard, keyof typeof head | "verdict">, daily: Float64Array) => {
    const card = { ...head, ...rest };
    return { card: { ...card, verdict: quantileGate(card) }, gate: quantileGate, judged, columns, daily };
  };
  if (judged.rows === 0) {
    const nothing = missing("no row has all quantiles and an actual");
    const headline = { what: "pinball loss saved", value: nothing, neutral: 0, byCosines: nothing, z: nothing };
    const none = { levels: [], intervals: [], baselines: [], crossing: { rows: 0, share: nothing } };
    const parts = { pinball: nothing, dispersion: nothing, medianRankIc: nothing, book: nothing };
    return assessed({ headline, ...none, ...parts }, new Float64Array(0));
  }
  const { daily, ...parts } = scoreQuantiles(judged, baselines.map(({ name }) => name), settings);
  return assessed(parts, daily);
}

/** Columns that are named after their level in per cent. */
function namedQuantiles(names: readonly string[]): QuantileColumn[] {
  return names.flatMap((column) => {
    const percent = Number(/^q(?:uantile)?_?(\d{1,2}(?:\.\d+)?)$/i.exec(column)?.[1]);
    return percent > 0 ? [{ level: percent / 100, column }] : [];
  });
}
