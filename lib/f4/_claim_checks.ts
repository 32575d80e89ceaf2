import type { FinalScore } from "./_final_block.ts";
import { LIMITS } from "./limits.ts";
import { isEstimate, type Missing } from "./measure.ts";
import { roadCheckWords, type RoadReport } from "./road_report.ts";
import type { TrialsScore } from "./weigh_trials.ts";

/** One question that was asked of a scorecard or a book. */
export interface Check {
  question: string;
  /** `note` says something worth knowing that decides nothing; without a count of trials nothing passes. */
  outcome: "met" | "not met" | "leak" | "uncounted" | "note" | "not applicable";
  words: string;
}

/** The question whose answer belongs to every pass. */
export const DEFLATED = "Is it more than the best of all trials without skill would show?";

/** That it is one claim of many must be paid for, whichever came first. */
export const ANY_CLAIM = "Is it rarer than any of so many claims on these rows would be without skill?";

/** Whether a claim stands after all that was tried, and what else the trials say. */
export function deflated(trials: TrialsScore | Missing): Check[] {
  if ("reason" in trials) {
    return [{ question: DEFLATED, outcome: "uncounted", words: `${trials.reason}, so that nothing can pass` }];
  }
  const { deflated, z, expectedBest, anyClaimP, overfitting, falseDiscovery, years } = trials;
  const least = LIMITS.deflatedProbability.value;
  const isMet = isEstimate(deflated) && deflated.value >= least;
  const count = `${trials.trials} ${trials.trials === 1 ? "trial" : "trials"}` +
    (trials.admitted > 0 ? ` (${trials.admitted} admitted)` : "");
  const checks: Check[] = [{
    question: DEFLATED,
    outcome: isMet ? "met" : "not met",
    words: isEstimate(deflated) && isEstimate(z)
      ? `after ${count} the best without skill would show z ${expectedBest.z.toFixed(2)}, this shows ${
        z.value.toFixed(2)
      }: deflated probability ${deflated.value.toFixed(4)}, ${isMet ? "at least" : "below"} ${least}`
      : `after ${count}: ${isEstimate(deflated) ? "no z" : deflated.reason}`,
  }];
  const most = LIMITS.anyClaim.value;
  const isRare = isEstimate(anyClaimP) && anyClaimP.value <= most;
  checks.push({
    question: ANY_CLAIM,
    outcome: isRare ? "met" : "not met",
    words: isEstimate(anyClaimP)
      ? `p times N (N + 1) for look ${trials.trials} is ${anyClaimP.value.toPrecision(2)}, ${
        isRare ? "at most" : "above"
      } ${most}`
      : `look ${trials.trials} has no p: ${anyClaimP.reason}`,
  });
  const note = (question: string, words: string) => checks.push({ question, outcome: "note", words });
  if (!("reason" in overfitting)) {
    const { probability, trials: compared, lossProbability } = overfitting;
    note(
      "How often is the best of the trials on one half of the days below the median on the other?",
      `in ${(100 * probability).toFixed(0)} % of the splits of ${compared} trials, and below 0 in ${
        (100 * lossProbability).toFixed(0)
      } %`,
    );
  }
  if (!("reason" in falseDiscovery)) {
    const { p, adjusted, tests } = falseDiscovery;
    note(
      "What is left of its p-value among all tests?",
      `p ${p.toPrecision(2)}, among ${tests} tests ${adjusted.toPrecision(2)} (Benjamini and Hochberg)`,
    );
  }
  if (isEstimate(years.needed)) {
    note(
      "Are there enough years for so many trials?",
      `${years.atHand.toFixed(1)} years at hand; at this value a day a pass needs ${years.needed.value.toFixed(1)}`,
    );
  }
  return checks;
}

/** Whether days that nobody chose by say the same. */
export function finalBlock(final: FinalScore | Missing): Check[] {
  const question = "Does the final block say the same?";
  if ("reason" in final) return [{ question, outcome: "note", words: `no final block: ${final.reason}` }];
  const { from, days, value, z, difference, looks, what } = final;
  const block = `the final block from ${from}`;
  if (days === 0) {
    const words = `no judged day lies in ${block}: what was chosen on the days before cannot be shown by them`;
    return [{ question, outcome: "not met", words }];
  }
  if (!isEstimate(value) || !isEstimate(z)) {
    const words = `${block} has ${days} judged days, too few: ${isEstimate(z) ? "no value" : z.reason}`;
    return [{ question, outcome: "not met", words }];
  }
  const isPositive = value.value > LIMITS.finalValue.value;
  const drop = LIMITS.finalAgreement.value;
  const agrees = !isEstimate(difference) || difference.value > drop;
  const against = isEstimate(difference)
    ? `, ${difference.value.toFixed(1)} joint standard errors from the days before`
    : "";
  const words =
    `${what} on the ${days} days of ${block} is ${value.value.toFixed(4)} (z ${
      z.value.toFixed(2)
    }, look ${looks})${against}` + (!isPositive ? ": not above 0" : !agrees ? ": the days before promised more" : "");
  return [{ question, outcome: isPositive && agrees ? "met" : "not met", words }];
}

/** What an inspection of the road found: one check for each leak, or one that says that there is none. */
export function inspected(road: RoadReport | Missing): Check[] {
  const question = "Is the road behind the forecasts clear of leaks?";
  if ("reason" in road) return [{ question, outcome: "note", words: `the road was not seen: ${road.reason}` }];
  const of = (outcome: string) => road.checks.filter((check) => check.outcome === outcome);
  const open = of("not checked");
  const tail = open.length === 0 ? "" : `; not checked: ${open.map(({ check }) => check).join(", ")}`;
  const found = of("found");
  if (found.length > 0) {
    return found.map((check) => ({ question, outcome: "leak", words: roadCheckWords(check) }));
  }
  return [{ question, outcome: "met", words: `${of("clear").length} checks of the road found no leak${tail}` }];
}
