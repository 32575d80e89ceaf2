import { type Check, DEFLATED, deflated, finalBlock } from "./_claim_checks.ts";
import type { CostScore } from "./_book_score.ts";
import type { FinalScore } from "./_final_block.ts";
import type { JudgedBookScore } from "./judge_book.ts";
import { LIMITS } from "./limits.ts";
import { isEstimate, type Missing, missing } from "./measure.ts";
import { bookNeutralCheck } from "./neutral_checks.ts";
import type { TrialsScore } from "./weigh_trials.ts";

/**
 * What a judged book amounts to. `fail` says that nothing sure was earned after costs, a result like any other;
 * `uncounted`, that all else holds, but nobody counted what was tried: only {@linkcode judgeBookClaim} can pass.
 */
export interface BookVerdict {
  verdict: "pass" | "fail" | "suspected leak" | "uncounted";
  /** The numbers that decided. */
  summary: string;
  checks: Check[];
}

/** What {@linkcode judgeBookClaim} knows beyond the book. */
export interface BookClaimParts {
  trials: TrialsScore | Missing;
  final: FinalScore | Missing;
}

/**
 * The verdict on a book: a Sharpe ratio that no honest book has is called a leak; a pass needs enough days, an interval of the Sharpe ratio above 0 at the costs of
 * {@linkcode LIMITS}, and more than the best of all that was tried would show without skill.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { judgeBook } from "@lib/f4";
 * const returns = Float64Array.from({ length: 500 }, (_, day) => day % 2 === 0 ? 0.01 : -0.01);
 * const turnover = new Float64Array(500);
 * const score = judgeBook({ gross: returns, turnover, net: [{ costBps: 5, returns }] }, { draws: 100 });
 * assert.equal(gateBook(score).verdict, "fail");
 * ```
 *
 * @throws {RangeError} If the book was not judged at those costs.
 */
export function gateBook(
  { costs, days, loads }: JudgedBookScore,
  { trials, final }: BookClaimParts = {
    trials: missing("nobody counted what was tried on these days"),
    final: missing("no final block was told"),
  },
): BookVerdict {
  const checks = [
    lowerEnd(costOfVerdict(costs)),
    enoughDays(days),
    plausible(costOfVerdict(costs)),
    bookNeutralCheck({ costs, loads }),
    ...deflated(trials),
    ...finalBlock(final),
  ];
  const of = (outcome: Check["outcome"]) => checks.filter((check) => check.outcome === outcome);
  const [leaks, unmet, uncounted] = [of("leak"), of("not met"), of("uncounted")];
  const verdict = leaks.length > 0
    ? "suspected leak"
    : unmet.length > 0
    ? "fail"
    : uncounted.length > 0
    ? "uncounted"
    : "pass";
  const deciding = leaks.length > 0
    ? leaks
    : unmet.length > 0
    ? unmet
    : [checks[0], ...uncounted, ...checks.filter((check) => check.question === DEFLATED && check.outcome === "met")];
  return { verdict, summary: deciding.map(({ words }) => words).join("; "), checks };
}

/** The score at the costs that the verdict is about. @throws {RangeError} If there is none. */
export function costOfVerdict(costs: readonly CostScore[]): CostScore {
  const wanted = LIMITS.bookCostBps.value;
  const judged = costs.find(({ costBps }) => costBps === wanted);
  if (judged !== undefined) return judged;
  throw new RangeError(
    `Cannot gate a book: it must be judged at ${wanted} bp a side, current costs are ${
      costs.map(({ costBps }) => costBps).join(", ")
    }`,
  );
}

function lowerEnd({ sharpe, costBps }: CostScore): Check {
  const question = "Does the interval of the Sharpe ratio after costs lie above 0?";
  if (!isEstimate(sharpe)) {
    return { question, outcome: "not met", words: `no Sharpe ratio at ${costBps} bp a side: ${sharpe.reason}` };
  }
  const { value, low, high } = sharpe;
  const interval = low === null || high === null ? "no interval" : `${low.toFixed(2)} to ${high.toFixed(2)}`;
  const isAbove = low !== null && low > LIMITS.bookSharpeLow.value;
  return {
    question,
    outcome: isAbove ? "met" : "not met",
    words: `Sharpe ratio ${value.toFixed(2)} (${interval}) at ${costBps} bp a side, ` +
      (isAbove ? "above 0" : "not told apart from 0 or below"),
  };
}

function plausible({ sharpe, costBps }: CostScore): Check {
  const question = "Is the Sharpe ratio one that an honest book could have?";
  const [limit, least] = [LIMITS.leakSharpe.value, LIMITS.leakSharpeLow.value];
  const isLeak = isEstimate(sharpe) && sharpe.value > limit && sharpe.low !== null && sharpe.low > least;
  return {
    question,
    outcome: isLeak ? "leak" : "met",
    words: isLeak
      ? `Sharpe ratio ${
        sharpe.value.toFixed(2)
      } at ${costBps} bp a side is above ${limit}, which no published book of ` +
        "daily forecasts sustains: look for a future row in what its weights saw"
      : `no Sharpe ratio above ${limit} that its interval would sustain`,
  };
}

function enoughDays(days: number): Check {
  const least = LIMITS.leastDays.value;
  const isMet = days >= least;
  return {
    question: "Are there enough days?",
    outcome: isMet ? "met" : "not met",
    words: `${days} judged days, ${isMet ? "at least" : "below"} the ${least} that a verdict needs`,
  };
}
