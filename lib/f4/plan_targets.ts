import type { BookScore } from "./_book_score.ts";
import { costOfVerdict } from "./gate_book.ts";
import type { ClassifierCard } from "./kinds/judge_classifier.ts";
import type { QuantileCard } from "./kinds/judge_quantiles.ts";
import { LIMITS } from "./limits.ts";
import { isEstimate, type Measure, type Missing, missing } from "./measure.ts";
import type { Scorecard } from "./scorecard.ts";

/** One target of the plan, answered. */
export interface PlanTargetAnswer {
  /** As the plan has it: `IC above 0.7`. */
  target: string;
  /** The number that the plan asks for, here. */
  asked: Measure;
  /** Whether it lies where the plan wants it; null where it is not known. */
  reached: boolean | null;
  /** What to ask instead, and why. */
  counterpart: string;
  /** The answer to that, here. */
  value: Measure;
  /** Whether the honest question is answered with yes, chance excluded; null where it is not known. */
  met: boolean | null;
}

/** What else {@linkcode answerPlanTargets} may be given. */
export interface PlanTargetsOptions {
  /** The book that was made of the forecasts. Default: the book of ranks (or of signs) of the scorecard. */
  book?: BookScore;
  classifier?: ClassifierCard;
  quantiles?: QuantileCard;
}

/**
 * The targets of the original plan, one by one: what each asks for, the honest counterpart, and where a scorecard stands.
 *
 * Some targets no honest daily forecast can reach (an IC of 0.7); some every one can (a Brier score of 0.25 is that of
 * always saying one half); some punish calibration (a floor on the spread of forecasts). The counterpart asks what was
 * meant: skill beyond chance, beyond rules that need no model, and after costs.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { normalRandom, Panel, seededRandom, weekdays } from "@lib/core";
 * import { scorecard } from "@lib/f4";
 * const normal = normalRandom(seededRandom(4));
 * const [symbol, date] = [[], []] as string[][];
 * for (const day of weekdays("2020-01-01", 500)) for (const name of "ABCDEFGHIJKL") symbol.push(name), date.push(day);
 * const forecast = Float64Array.from(symbol, () => 0.0012 * normal());
 * const actual = forecast.map((value) => value + 0.02 * normal());
 * const card = scorecard(Panel.fromRows({ symbol, date, columns: { forecast, actual } }), { draws: 200 });
 * const [ic] = answerPlanTargets(card);
 * assert.deepEqual([ic.target, ic.reached, ic.met], ["IC above 0.7", false, true]);
 * ```
 */
export function answerPlanTargets(
  card: Scorecard,
  { book, classifier, quantiles }: PlanTargetsOptions = {},
): PlanTargetAnswer[] {
  return [
    ...ofForecasts(card),
    ...ofBook(card, book),
    positiveShare(card),
    coverage(quantiles),
    ...ofProbabilities(classifier),
  ];
}

const isAbove = (measure: Measure, limit: number) => isEstimate(measure) ? measure.value > limit : null;
const isSurelyAbove = (measure: Measure, limit: number) =>
  isEstimate(measure) && measure.low !== null ? measure.low > limit : null;
const part = <Part extends object, Name extends keyof Part>(whole: Part | Missing, name: Name): Part[Name] | Missing =>
  "reason" in whole ? missing(String(whole.reason)) : whole[name];

function ofForecasts({ headline, pooled, verdict }: Scorecard): PlanTargetAnswer[] {
  const [ic, rSquared, hitRate, slope] = (["ic", "rSquaredZero", "hitRate", "calibrationSlope"] as const)
    .map((name) => part(pooled, name));
  const beyond = part(pooled, "hitRateBeyondAlwaysUp");
  const spread = part(pooled, "spread");
  const isCalibrated = "verdict" in spread && spread.verdict !== "not applicable"
    ? spread.verdict === "calibrated"
    : null;
  const isClear = verdict.verdict !== "suspected leak";
  const z = isAbove(headline.z, LIMITS.leastZ.value);
  return [
    {
      target: "IC above 0.7",
      asked: ic,
      reached: isAbove(ic, 0.7),
      counterpart:
        "is the rank IC above 0 beyond chance, without a sign of a leak? Published daily models reach 0.02 " +
        "to 0.05; 0.7 out of sample is a leak",
      value: headline.rankIc,
      met: !isClear ? false : z === null ? null : z && isSurelyAbove(headline.byBootstrap, 0) === true,
    },
    {
      target: "R2 above 0",
      asked: rSquared,
      reached: isAbove(rSquared, 0),
      counterpart:
        "is R2 against a forecast of 0 above 0 beyond chance? It can be no more than the square of the IC: " +
        "0.0004 for 0.02",
      value: rSquared,
      met: isSurelyAbove(rSquared, 0),
    },
    ...[0.01, 0.005].map((floor): PlanTargetAnswer => ({
      target: `"variance" of the forecasts (a standard deviation) above ${floor}`,
      asked: missing("a floor in units of return says nothing of skill: it is not computed"),
      reached: null,
      counterpart: "do the forecasts vary as much as their skill supports (calibration slope near 1)? A calibrated " +
        "forecast varies by IC times the spread of outcomes: with 0.03 and 0.018 by 0.0005, and this floor rejects it",
      value: slope,
      met: isCalibrated,
    })),
    ...[0.52, 0.58].map((share): PlanTargetAnswer => ({
      target: `accuracy above ${Math.round(100 * share)} %`,
      asked: hitRate,
      reached: isAbove(hitRate, share),
      counterpart: "are more signs right than by always saying up, on the same rows, beyond chance? Rises are more " +
        "frequent than falls, so that a constant already has an accuracy above one half",
      value: beyond,
      met: isSurelyAbove(beyond, 0),
    })),
  ];
}

function ofBook({ crossSectional, pooled, trials }: Scorecard, given?: BookScore): PlanTargetAnswer[] {
  const own = "reason" in crossSectional ? part(pooled, "signBook") : crossSectional.book;
  const book = given ?? own;
  const at = LIMITS.bookCostBps.value;
  const isCosted = !("reason" in book) && book.costs.some(({ costBps }) => costBps === at);
  const cost = "reason" in book || !isCosted ? missing(`the book was not judged at ${at} bp a side`) : costOfVerdict(
    book.costs,
  );
  const free = "reason" in book ? book : book.costs.find(({ costBps }) => costBps === 0) ?? missing("only after costs");
  const [sharpe, drawdown] = [part(cost, "sharpe"), part(cost, "maximumDrawdown")];
  const asked = part(free, "sharpe");
  const count = "reason" in trials ? "nobody counted" : `${trials.trials} counted`;
  return [
    {
      target: "Sharpe ratio above 1.5",
      asked,
      reached: isAbove(asked, 1.5),
      counterpart:
        `is the Sharpe ratio above 0 beyond chance after ${at} bp a side? And is it more than the best of all ` +
        `trials without skill would show (${count})?`,
      value: sharpe,
      met: isSurelyAbove(sharpe, LIMITS.bookSharpeLow.value),
    },
    {
      target: "drawdown below 15 %",
      asked: drawdown,
      reached: isEstimate(drawdown) ? drawdown.value < 0.15 : null,
      counterpart:
        "is the drawdown below 15 % beyond chance, after costs? One path is one draw: its interval counts. A " +
        "smaller book has a smaller drawdown, so that it says nothing without the Sharpe ratio",
      value: drawdown,
      met: isEstimate(drawdown) && drawdown.high !== null ? drawdown.high < 0.15 : null,
    },
  ];
}

function positiveShare({ pooled }: Scorecard): PlanTargetAnswer {
  const asked = part(pooled, "positiveShare");
  const value = part(pooled, "positiveBeyondBaseRate");
  const isNear = (measure: Measure, centre: number) =>
    isEstimate(measure) ? Math.abs(measure.value - centre) <= 0.05 : null;
  return {
    target: "share of positive forecasts from 45 to 55 %",
    asked,
    reached: isNear(asked, 0.5),
    counterpart: "is the share of positive forecasts within 5 points of the share of rises, on the same rows? Where " +
      "54 % of days rise, 50 % of forecasts are too few",
    value,
    met: isNear(value, 0),
  };
}

function coverage(quantiles: QuantileCard | undefined): PlanTargetAnswer {
  const nothing = missing("no quantiles were judged");
  const limit = LIMITS.coverageGap.value;
  const gaps = quantiles?.levels.map(({ gap }) => gap).filter(isEstimate) ?? [];
  const asked = gaps.length === 0
    ? nothing
    : gaps.reduce((one, other) => Math.abs(one.value) >= Math.abs(other.value) ? one : other);
  const value = quantiles?.intervals.at(0)?.gap ?? nothing;
  const check = quantiles?.verdict.checks.find(({ question }) => /outcomes lie inside/.test(question));
  return {
    target: "coverage within 15 points",
    asked,
    reached: isEstimate(asked) ? Math.abs(asked.value) <= 0.15 : null,
    counterpart: `is coverage within ${100 * limit} points of what was promised, in calm and in turbulent times? 15 ` +
      "points let a 90 % interval be one of 75 %",
    value,
    met: check === undefined ? null : check.outcome === "met",
  };
}

function ofProbabilities(classifier: ClassifierCard | undefined): PlanTargetAnswer[] {
  const nothing = missing("no probabilities were judged");
  const known = classifier?.baselines.flatMap(({ advantage }) => isEstimate(advantage) ? [advantage] : []) ?? [];
  const advantage: Measure = known.length === 0
    ? nothing
    : known.reduce((one, other) => one.value <= other.value ? one : other);
  const brier = classifier === undefined ? nothing : part(classifier.pooled, "brier");
  const table = classifier?.reliability ?? nothing;
  const rows = "reason" in table ? 0 : table.bins.reduce((sum, bin) => sum + bin.rows, 0);
  const counted = (value: number): Measure => ({ value, low: null, high: null, n: rows, method: "rows; counted" });
  const error = "reason" in table ? nothing : counted(table.expectedCalibrationError);
  const byChance = "reason" in table ? null : table.calibrationErrorByChance;
  const beyond = byChance === null || !isEstimate(error)
    ? missing("what chance alone gives is not known")
    : counted(error.value - byChance);
  return [
    {
      target: "Brier score below 0.25",
      asked: brier,
      reached: isEstimate(brier) ? brier.value < 0.25 : null,
      counterpart: "is the Brier score below that of the base rate known at the close, beyond chance? 0.25 is what " +
        "always saying one half gets",
      value: advantage,
      met: isSurelyAbove(advantage, 0),
    },
    {
      target: "calibration error below 0.10",
      asked: error,
      reached: isEstimate(error) ? error.value < 0.1 : null,
      counterpart:
        "is the calibration error no more than chance alone gives on these days? Honest daily probabilities " +
        "lie so near to the base rate that any of them is below 0.10",
      value: beyond,
      met: isEstimate(beyond) ? beyond.value <= 0 : null,
    },
  ];
}
