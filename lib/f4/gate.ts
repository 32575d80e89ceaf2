import { type Check, DEFLATED, deflated, finalBlock, inspected } from "./_claim_checks.ts";
import { modelChecks } from "./kinds/model_report.ts";
import { LIMITS } from "./limits.ts";
import { type Estimate, isEstimate, type Measure } from "./measure.ts";
import { neutralChecks } from "./neutral_checks.ts";
import type { Scorecard } from "./scorecard.ts";

export type { Check };

/**
 * What a scorecard amounts to. `fail` says that no skill was shown, which is a result like any other; `uncounted`, that
 * all else holds, but nobody counted what was tried: only {@linkcode judge} can pass.
 */
export interface Verdict {
  verdict: "pass" | "fail" | "suspected leak" | "uncounted";
  /** The checks that decided, in a sentence or two. */
  summary: string;
  checks: Check[];
}

/**
 * The verdict on a scorecard: a pass needs every condition, one sign of a leak outweighs them all.
 *
 * Every number compared with stands in {@linkcode LIMITS}, with its argument.
 */
export function gate(card: Omit<Scorecard, "verdict">): Verdict {
  const checks = [
    enoughDays(card),
    lowerEnd(card),
    secondRoad(card),
    beatsBaselines(card),
    ...neutralChecks(card),
    ...deflated(card.trials),
    ...finalBlock(card.final),
    plausible(card),
    ...consistent(card),
    ...inspected(card.road),
    ...modelChecks(card.model),
    ...notes(card),
  ];
  const of = (outcome: Check["outcome"]) => checks.filter((check) => check.outcome === outcome);
  const leaks = of("leak");
  const unmet = of("not met");
  const uncounted = of("uncounted");
  const deciding = [leaks, unmet, [...of("met").slice(1, 2), ...uncounted]].find(({ length }) => length > 0)!;
  const verdict = leaks.length > 0
    ? "suspected leak"
    : unmet.length > 0
    ? "fail"
    : uncounted.length > 0
    ? "uncounted"
    : "pass";
  const also = verdict === "pass" ? checks.filter(({ question }) => question === DEFLATED) : [];
  return { verdict, summary: [...deciding, ...also].map(({ words }) => words).join("; "), checks };
}

const signed = (value: number) => (value < 0 ? "-" : "+") + Math.abs(value).toFixed(4);

function interval(measure: Estimate): string {
  if (measure.low === null || measure.high === null) return signed(measure.value);
  return `${signed(measure.value)} [${signed(measure.low)}, ${signed(measure.high)}]`;
}

function enoughDays({ data, settings }: Omit<Scorecard, "verdict">): Check {
  const question = "Are there enough days?";
  const least = LIMITS.leastDays.value;
  const leastOfHorizon = LIMITS.leastHorizons.value * settings.horizonDays;
  if (data.days >= least && data.days < leastOfHorizon) {
    const words = `${data.days} judged days, below the ${leastOfHorizon} that a verdict on a horizon of ` +
      `${settings.horizonDays} days needs: their outcomes overlap`;
    return { question, outcome: "not met", words };
  }
  return {
    question,
    outcome: data.days >= least ? "met" : "not met",
    words: `${data.days} judged days, ${data.days >= least ? "at least" : "below"} the ${least} that a verdict needs`,
  };
}

function lowerEnd({ headline }: Omit<Scorecard, "verdict">): Check {
  const { rankIc, what } = headline;
  const isAbove = isEstimate(rankIc) && rankIc.low !== null && rankIc.low > LIMITS.rankIcLow.value;
  return {
    question: "Does the interval of the rank IC lie above 0?",
    outcome: isAbove ? "met" : "not met",
    words: isEstimate(rankIc)
      ? `${what} is ${interval(rankIc)}, ${isAbove ? "above 0" : "not told apart from 0 or below"}`
      : `there is no ${what}: ${rankIc.reason}`,
  };
}

function secondRoad({ headline }: Omit<Scorecard, "verdict">): Check {
  const { z, t, byBootstrap } = headline;
  const least = LIMITS.leastZ.value;
  const isAbove = isEstimate(byBootstrap) && byBootstrap.low !== null && byBootstrap.low > LIMITS.rankIcLow.value;
  const isMet = isEstimate(z) && z.value >= least;
  return {
    question: "Do the z of that interval and the bootstrap of days agree?",
    outcome: isMet && isAbove ? "met" : "not met",
    words: isEstimate(z) && isEstimate(byBootstrap)
      ? `z of the rank IC by cosine transforms is ${z.value.toFixed(2)}, ${isMet ? "at least" : "below"} ${least}` +
        (isEstimate(t) ? ` (Newey-West t ${t.value.toFixed(2)})` : "") +
        (isAbove ? "" : `; by the bootstrap it is ${interval(byBootstrap)}, not above 0 for sure`)
      : `there is no z of the rank IC: ${isEstimate(z) ? "no bootstrap" : z.reason}`,
  };
}

function beatsBaselines({ baselines }: Omit<Scorecard, "verdict">): Check {
  const question = "Is the rank IC above that of every baseline?";
  const known = baselines.flatMap(({ name, advantage }) => isEstimate(advantage) ? [{ name, advantage }] : []);
  if (known.length === 0) {
    return { question, outcome: "not applicable", words: "no baseline with a rank IC was given" };
  }
  const closest = known.reduce((a, b) => a.advantage.value <= b.advantage.value ? a : b);
  const isMet = closest.advantage.value > LIMITS.baselineAdvantage.value;
  const isSure = closest.advantage.low !== null && closest.advantage.low > LIMITS.baselineAdvantage.value;
  const tail = isSure ? "" : ", which chance alone may explain";
  return {
    question,
    outcome: isMet ? "met" : "not met",
    words: `rank IC beyond the best of ${known.length} baselines (${closest.name}) is ${interval(closest.advantage)}` +
      (isMet ? tail : ": the baseline does as well or better"),
  };
}

function plausible({ crossSectional, pooled, headline }: Omit<Scorecard, "verdict">): Check {
  const candidates: [string, Measure][] = "reason" in crossSectional
    ? [["rank IC", headline.rankIc], ...("reason" in pooled ? [] : [["IC", pooled.ic] as [string, Measure]])]
    : [["mean daily rank IC", crossSectional.rankIc], ["mean daily IC", crossSectional.ic]];
  const [limit, low] = [LIMITS.leakIc.value, LIMITS.leakIcLow.value];
  const leaks = candidates.flatMap(([name, measure]) =>
    isEstimate(measure) && measure.value > limit && measure.low !== null && measure.low > low ? [{ name, measure }] : []
  );
  return {
    question: "Is the IC one that an honest forecast could have?",
    outcome: leaks.length > 0 ? "leak" : "met",
    words: leaks.length > 0
      ? leaks.map(({ name, measure }) => `${name} ${interval(measure)}`).join(", ") +
        ` above ${limit}, which no published system sustains: look for a future row in what the forecasts saw`
      : `no IC above ${limit} that its interval would sustain`,
  };
}

function consistent({ pooled }: Omit<Scorecard, "verdict">): Check[] {
  if ("reason" in pooled || pooled.consistency.length === 0) {
    const words = "too few rows to hold the numbers against each other";
    return [{ question: "Do the numbers of the record fit each other?", outcome: "not applicable", words }];
  }
  return pooled.consistency.map(({ quantity, observed, implied, standardError, contradicts }) => ({
    question: `Does the ${quantity} fit the IC?`,
    outcome: contradicts ? "leak" : "met",
    words: `${quantity} is ${observed.toFixed(4)}, the IC implies ${implied.toFixed(4)}, joint standard error ${
      standardError.toFixed(4)
    }${contradicts ? ": they cannot both be right" : ""}`,
  }));
}

function notes({ pooled }: Omit<Scorecard, "verdict">): Check[] {
  if ("reason" in pooled) return [];
  const notes: Check[] = [];
  const note = (question: string, words: string) => notes.push({ question, outcome: "note", words });
  if (pooled.spread.verdict !== "not applicable") {
    note("Does the spread of the forecasts fit their skill?", `${pooled.spread.verdict}: ${pooled.spread.words}`);
  }
  const { rSquaredZero, hitRateBeyondAlwaysUp } = pooled;
  if (isEstimate(rSquaredZero)) {
    const side = rSquaredZero.value > 0 ? "better" : "no better";
    note("Do the forecasts beat a forecast of 0?", `R2 against 0 is ${interval(rSquaredZero)}: ${side} than 0`);
  }
  if (isEstimate(hitRateBeyondAlwaysUp)) {
    note("Does the sign beat always up?", `hit rate beyond always up is ${interval(hitRateBeyondAlwaysUp)}`);
  }
  return notes;
}
