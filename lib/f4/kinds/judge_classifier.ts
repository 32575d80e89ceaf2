import { checkInteger, checkNumber, type Panel } from "@lib/core";
import type { BookScore } from "../_book_score.ts";
import { type Measure, type Missing, missing } from "../measure.ts";
import { finite } from "../_known_rows.ts";
import { trailingMean } from "../known_outcomes.ts";
import type { SpreadJudgement } from "../spread.ts";
import { scoreClassifier } from "./_classifier_scores.ts";
import { classifierGate } from "./_classifier_gate.ts";
import { claimed, type KindClaimOptions } from "./_kind_claim.ts";
import { type Assessed, judgedRows, kindSettings, openParts } from "./_kind_judging.ts";
import { knownBaseRate } from "./base_rates.ts";
import type { KindCard, KindOptions, KindSettings, LossBaseline } from "./kind_card.ts";

/** Options of {@linkcode judgeClassifier}. */
export interface JudgeClassifierOptions extends KindOptions {
  /** Column of probabilities of the event. Default `probability`. */
  probability?: string;
  /** The event is an actual above this: 0 for returns, and for labels of 0 and 1. Default 0. */
  threshold?: number;
  /** Column of what a unit long earned over the horizon. Default: the actual, unless that holds labels of 0 and 1. */
  returns?: string;
  /** The book is long where the probability lies above this. Default 0.5. */
  longAbove?: number;
  /** The book is short where the probability lies below this. Default 0.5. */
  shortBelow?: number;
  /** Other columns of probabilities, to be beaten on the same rows. The known base rates always are. Default none. */
  baselines?: readonly string[];
  /** Groups of the reliability table. Default 10. */
  bins?: number;
}

/** How well probabilities order the names of a day. */
export interface ClassifierAcross {
  /** Days with enough names and both outcomes. */
  days: number;
  /** Mean over days of the area under the curve across names. */
  area: Measure;
  areaT: Measure;
  /** Share of days with an area above 1/2. */
  positiveDays: Measure;
}

/** All rows together. */
export interface ClassifierPooled {
  rows: number;
  /** Share of rows with the event. */
  baseRate: Measure;
  meanProbability: Measure;
  /** Mean probability less base rate. */
  bias: Measure;
  /** Area under the curve; placements are taken as given when days are resampled. */
  area: Measure;
  areaT: Measure;
  brier: Measure;
  /** 1 - Brier score over that of the base rate, which nobody knew before: what the probabilities add to it. */
  brierSkillInHindsight: Measure;
  logLoss: Measure;
  /** Rows on which a probability of exactly 0 or 1 was wrong: the log loss takes them as 2.2e-16. */
  surelyWrong: number;
  /** Share of rows on which the side of 1/2 was right. */
  accuracy: Measure;
  /** Accuracy less that of always naming the more frequent outcome, known with hindsight. */
  accuracyBeyondMajority: Measure;
  /** std(probability) / std(event). */
  spreadRatio: Measure;
  /** Slope of the event on the probability: 1 is calibrated. */
  calibrationSlope: Measure;
  spread: SpreadJudgement;
}

/** Whether events were as frequent as was said. */
export interface ClassifierReliability {
  bins: { rows: number; meanProbability: number; observedRate: Measure }[];
  reliability: number;
  resolution: number;
  uncertainty: number;
  withinBins: number;
  /** Mean over rows of |observed rate - mean probability| of their group. Biased upwards. */
  expectedCalibrationError: number;
  /** The calibration error that a calibrated forecast would show on these days by chance alone; null without intervals. */
  calibrationErrorByChance: number | null;
}

/** What probabilities are worth. A plain object without NaN, ready for JSON. */
export interface ClassifierCard extends KindCard {
  schema: "ai-stocks-lab/classifier/1";
  kind: "classifier";
  settings: KindSettings & {
    probability: string;
    threshold: number;
    returns: string | null;
    longAbove: number;
    shortBelow: number;
    bins: number;
  };
  crossSectional: ClassifierAcross | Missing;
  pooled: ClassifierPooled | Missing;
  reliability: ClassifierReliability | Missing;
  /** By Brier score. */
  baselines: LossBaseline[];
  /** Equal amounts, long above `longAbove`, short below `shortBelow`, set anew every `horizonDays` days. */
  book: BookScore & { positions: Measure } | Missing;
}

/**
 * Judges probabilities of an event by what came true: do they order names and days, are events as frequent as was said,
 * do they lose less than a base rate, and what would a position that follows from them have earned?
 *
 * A row is judged where the probability lies in [0, 1] and the actual is finite; the others are counted. The verdict is
 * about the area under the curve, across the names of each day where there are enough, else over all rows: an area says
 * what is known, whatever the market's base rate does; that the probabilities are also right in size is asked by the
 * Brier score, which has to be below that of the base rates known at the close (of all symbols, and of the symbol).
 * Intervals are percentiles of a stationary bootstrap of days, as in `scorecard`.
 *
 * @example Probabilities that know nothing
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, seededRandom, weekdays } from "@lib/core";
 * const random = seededRandom(4);
 * const [symbol, date] = [[], []] as string[][];
 * for (const day of weekdays("2020-01-01", 100)) for (const name of "ABCDEF") symbol.push(name), date.push(day);
 * const draw = (shift: number) => Float64Array.from(symbol, () => random() + shift);
 * const panel = Panel.fromRows({ symbol, date, columns: { probability: draw(0), actual: draw(-0.5) } });
 * const { verdict, pooled } = judgeClassifier(panel, { draws: 200 });
 * assert.equal(verdict.verdict, "fail");
 * assert.ok("brier" in pooled && pooled.brier.value! > 0.25);
 * ```
 *
 * @throws {RangeError} If an option is out of range or a column does not exist.
 */
export function judgeClassifier(panel: Panel, options: JudgeClassifierOptions = {}): ClassifierCard {
  return assessClassifier(panel, options).card;
}

/** {@linkcode judgeClassifier} with the rows and daily values that a ledger wants. */
export function assessClassifier(panel: Panel, options: JudgeClassifierOptions): Assessed<ClassifierCard> {
  const action = "judge a classifier";
  const { probability = "probability", threshold = 0, longAbove = 0.5, shortBelow = 0.5, bins = 10 } = options;
  checkNumber(action, "threshold", threshold);
  checkNumber(action, "longAbove", longAbove, { least: 0, most: 1 });
  checkNumber(action, "shortBelow", shortBelow, { least: 0, most: longAbove });
  checkInteger(action, "bins", bins, { least: 2 });
  const common = kindSettings(action, options);
  const actual = finite(panel.column(common.actual));
  const isLabel = actual.every((value) => Number.isNaN(value) || value === 0 || value === 1);
  const settings = {
    ...common,
    probability,
    threshold,
    returns: options.returns ?? (isLabel ? null : common.actual),
    longAbove,
    shortBelow,
    bins,
  };
  const said = panel.column(probability);
  const withEvents = panel.with({
    probability: said,
    returns: settings.returns === null
      ? new Float64Array(panel.rows).fill(NaN)
      : finite(panel.column(settings.returns)),
    event: actual.map((value) => Number.isNaN(value) ? NaN : Number(value > threshold)),
    ...Object.fromEntries((options.baselines ?? []).map((name) => [name, finite(panel.column(name))])),
  });
  const { horizonDays } = settings;
  const known = withEvents.with({
    "base rate": knownBaseRate(withEvents, "event", { horizonDays }),
    ...(panel.symbols.length > 1
      ? { "base rate of the symbol": trailingMean(withEvents, { actual: "event", horizonDays }) }
      : {}),
  });
  const { judged, data } = judgedRows(known, {
    columns: ["probability"],
    actual: common.actual,
    isPossible: (row) => said[row] >= 0 && said[row] <= 1,
  });
  const head = {
    schema: "ai-stocks-lab/classifier/1",
    kind: "classifier",
    settings,
    data,
    ...openParts(options),
  } as const;
  const assessed = (rest: Omit<ClassifierCard, keyof typeof head | "verdict">, daily: Float64Array) => {
    const card = { ...head, ...rest };
    return {
      card: { ...card, verdict: classifierGate(card) },
      gate: classifierGate,
      judged,
      columns: ["probability"],
      daily,
    };
  };
  if (judged.rows === 0) {
    const nothing = missing("no row has both a probability and an actual");
    const headline = { what: "area under the curve", value: nothing, neutral: 0.5, byCosines: nothing, z: nothing };
    const parts = { crossSectional: nothing, pooled: nothing, reliability: nothing, baselines: [], book: nothing };
    return assessed({ headline, ...parts }, new Float64Array(0));
  }
  const names = ["base rate", "base rate of the symbol", ...(options.baselines ?? [])].filter((name) =>
    judged.has(name)
  );
  const { daily, ...parts } = scoreClassifier(judged, names, settings);
  return assessed(parts, daily);
}

/**
 * {@linkcode judgeClassifier} as a claim: the look is recorded in the ledger, weighed by all that was tried on its rows,
 * and held against the final block. Only so can it pass.
 *
 * @throws As {@linkcode judgeClassifier}, and if the ledger's chain is broken.
 */
export function judgeClassifierClaim(
  panel: Panel,
  options: JudgeClassifierOptions & KindClaimOptions,
): Promise<ClassifierCard> {
  return claimed(assessClassifier(panel, options), options);
}
