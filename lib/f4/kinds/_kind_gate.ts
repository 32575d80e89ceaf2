import { type Check, DEFLATED, deflated, finalBlock, inspected } from "../_claim_checks.ts";
import type { Verdict } from "../gate.ts";
import { LIMITS } from "../limits.ts";
import { type Estimate, isEstimate, type Measure } from "../measure.ts";
import type { SpreadJudgement } from "../spread.ts";
import type { KindCard, KindData, KindHeadline, KindSettings, LossBaseline } from "./kind_card.ts";
import { modelChecks } from "./model_report.ts";

const signed = (value: number) => (value < 0 ? "-" : "+") + Math.abs(value).toPrecision(3);

/** A measure with its interval, in words. */
export function inWords(measure: Estimate): string {
  if (measure.low === null || measure.high === null) return signed(measure.value);
  return `${signed(measure.value)} [${signed(measure.low)}, ${signed(measure.high)}]`;
}

/** The verdict that checks amount to: a pass needs every condition, one sign of a leak outweighs them all. */
export function verdictOf(checks: Check[]): Verdict {
  const of = (outcome: Check["outcome"]) => checks.filter((check) => check.outcome === outcome);
  const [leaks, unmet, uncounted] = [of("leak"), of("not met"), of("uncounted")];
  const words = (deciding: Check[]) => deciding.map(({ words }) => words).join("; ");
  if (leaks.length > 0) return { verdict: "suspected leak", summary: words(leaks), checks };
  if (unmet.length > 0) return { verdict: "fail", summary: words(unmet), checks };
  const [, headline] = of("met");
  if (uncounted.length > 0) return { verdict: "uncounted", summary: words([headline, ...uncounted]), checks };
  const counted = checks.filter(({ question }) => question === DEFLATED);
  return { verdict: "pass", summary: words([headline, ...counted]), checks };
}

/** What every kind is asked alike: days, headline, trials, final block, road and saved model. */
export function commonChecks(
  { data, settings, headline, trials, final, road, model }: Omit<KindCard, "verdict">,
): Check[] {
  return [
    daysCheck(data, settings),
    ...headlineChecks(headline),
    ...deflated(trials),
    ...finalBlock(final),
    ...inspected(road),
    ...modelChecks(model),
  ];
}

/** Do the judged days bear a verdict? */
function daysCheck({ days }: KindData, { horizonDays }: KindSettings): Check {
  const least = Math.max(LIMITS.leastDays.value, LIMITS.leastHorizons.value * (horizonDays === 1 ? 0 : horizonDays));
  const words = `${days} judged days, ${days >= least ? "at least" : "below"} the ${least} that a verdict needs`;
  return { question: "Are there enough days?", outcome: days >= least ? "met" : "not met", words };
}

/** Is every forecast one that its kind can have? */
export function rangeCheck({ impossibleForecasts }: KindData, wanted: string): Check {
  const question = "Is every forecast possible?";
  if (impossibleForecasts === 0) return { question, outcome: "met", words: `every forecast is ${wanted}` };
  return {
    question,
    outcome: "not met",
    words: `${impossibleForecasts} forecasts are not ${wanted}: they are not judged`,
  };
}

/** Does the interval of the headline lie above what nothing known would give, and does the test agree? */
function headlineChecks({ what, value, neutral, z }: KindHeadline): Check[] {
  const isAbove = isEstimate(value) && value.low !== null && value.low > neutral;
  const least = LIMITS.leastZ.value;
  const isMet = isEstimate(z) && z.value >= least;
  return [
    {
      question: `Does the interval of the ${what} lie above ${neutral}?`,
      outcome: isAbove ? "met" : "not met",
      words: isEstimate(value)
        ? `${what} is ${inWords(value)}, ${isAbove ? `above ${neutral}` : `not told apart from ${neutral} or below`}`
        : `there is no ${what}: ${value.reason}`,
    },
    {
      question: "Does a test agree that keeps its size where days depend on each other?",
      outcome: isMet ? "met" : "not met",
      words: isEstimate(z)
        ? `z of the ${what} by cosine transforms is ${z.value.toFixed(2)}, ${isMet ? "at least" : "below"} ${least}`
        : `there is no z of the ${what}: ${z.reason}`,
    },
  ];
}

/** The baseline that does best against the judged forecast; undefined where none is known. */
export function closestBaseline(
  baselines: readonly LossBaseline[],
): (LossBaseline & { advantage: Estimate }) | undefined {
  const known = baselines.filter((baseline): baseline is LossBaseline & { advantage: Estimate } =>
    isEstimate(baseline.advantage)
  );
  return known.length === 0 ? undefined : known.reduce((a, b) => a.advantage.value <= b.advantage.value ? a : b);
}

/** Is the loss below that of every baseline? */
export function baselinesCheck(baselines: readonly LossBaseline[], loss: string): Check {
  const question = `Is the ${loss} below that of every baseline?`;
  const closest = closestBaseline(baselines);
  if (closest === undefined) {
    return { question, outcome: "not applicable", words: "no baseline is known on the judged rows" };
  }
  const isMet = closest.advantage.value > LIMITS.baselineAdvantage.value;
  const isSure = closest.advantage.low !== null && closest.advantage.low > LIMITS.baselineAdvantage.value;
  return {
    question,
    outcome: isMet ? "met" : "not met",
    words: `${loss} below that of the best of ${baselines.length} baselines (${closest.name}) is ` +
      inWords(closest.advantage) +
      (!isMet ? ": the baseline does as well or better" : isSure ? "" : ", which chance alone may explain"),
  };
}

/** Does the spread of the forecasts fit what they know? Collapse fails by the relative measure alone. */
export function spreadCheck({ verdict, words }: SpreadJudgement): Check {
  const question = "Does the spread of the forecasts fit what they know?";
  if (verdict === "not applicable") return { question, outcome: "not applicable", words };
  return { question, outcome: "note", words: `${verdict}: ${words}` };
}

/** A note on a number, where there is one. */
export function noteOn(question: string, measure: Measure, words: (measure: Estimate) => string): Check[] {
  return isEstimate(measure) ? [{ question, outcome: "note", words: words(measure) }] : [];
}
