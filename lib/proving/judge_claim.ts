import type { Panel } from "@lib/core";
import { isEstimate, LIMITS, type Scorecard, scorecard } from "@lib/f4";

/** What came of a claim before the judge. */
export interface JudgedClaim {
  passes: boolean;
  isSuspected: boolean;
  /** Whether it would look like skill to somebody who counts no trials: interval above 0, t large enough, no leak. */
  isShown: boolean;
  /** Newey-West t of the rank IC; NaN where there is none. */
  t: number;
  card: Scorecard;
}

/** Options of {@linkcode judgeClaim}. */
export interface JudgeClaimOptions {
  /** Column that is claimed. */
  forecast: string;
  horizonDays: number;
  /** Seed of the bootstrap. */
  seed: number;
  /** Draws of the bootstrap. Default 200: the ends of an interval are rougher than in a study, not shifted. */
  draws?: number;
}

/** Brings a forecast before the judge, without baselines: they could only make a pass harder. */
export function judgeClaim(
  panel: Panel,
  { forecast, horizonDays, seed, draws = 200 }: JudgeClaimOptions,
): JudgedClaim {
  const card = scorecard(panel, { forecast, horizonDays, seed, draws });
  const { rankIc, t } = card.headline;
  const isSuspected = card.verdict.verdict === "suspected leak";
  const isAbove = isEstimate(rankIc) && rankIc.low !== null && rankIc.low > LIMITS.rankIcLow.value;
  return {
    passes: card.verdict.verdict === "pass" || card.verdict.verdict === "uncounted",
    isSuspected,
    isShown: !isSuspected && isAbove && isEstimate(t) && t.value >= LIMITS.leastT.value,
    t: isEstimate(t) ? t.value : NaN,
    card,
  };
}
