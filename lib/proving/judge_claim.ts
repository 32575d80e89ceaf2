import type { Panel } from "@lib/core";
import { isEstimate, judge, type Ledger, LIMITS, type Scorecard } from "@lib/f4";

/** What came of a claim before the judge. */
export interface JudgedClaim {
  passes: boolean;
  isSuspected: boolean;
  /** Whether it would look like skill to somebody who counts no trials and keeps no final block. */
  isShown: boolean;
  /** Normal deviate of the rank IC; -Infinity where there is none. */
  z: number;
  card: Scorecard;
}

/** Options of {@linkcode judgeClaim}. */
export interface JudgeClaimOptions {
  /** Where the looks of this person are counted. */
  ledger: Ledger;
  /** Column that is claimed. Default `forecast`. */
  forecast?: string;
  horizonDays: number;
  /** Seed of the market, by which its data are known, and of the bootstrap. */
  seed: number;
  /** First day of the final block. Default: none. */
  finalFrom?: string;
  /** Draws of the bootstrap. Default 200: the ends of an interval are rougher than in a study, not shifted. */
  draws?: number;
}

/**
 * Brings a forecast before the judge as anybody would, but without baselines and without an inspection of the road:
 * they could only make a pass harder.
 */
export async function judgeClaim(
  panel: Panel,
  { ledger, forecast = "forecast", horizonDays, seed, finalFrom, draws = 200 }: JudgeClaimOptions,
): Promise<JudgedClaim> {
  const trial = { source: "make f4-audit", parameters: { seed }, data: [marketOf(seed)] };
  const card = await judge(panel, { ledger, trial, forecast, horizonDays, seed, draws, finalFrom });
  const { byBootstrap, z } = card.headline;
  const isSuspected = card.verdict.verdict === "suspected leak";
  const isAbove = isEstimate(byBootstrap) && byBootstrap.low !== null && byBootstrap.low > LIMITS.rankIcLow.value;
  return {
    passes: card.verdict.verdict === "pass",
    isSuspected,
    isShown: !isSuspected && isAbove && isEstimate(z) && z.value >= LIMITS.leastZ.value,
    z: isEstimate(z) ? z.value : -Infinity,
    card,
  };
}

/** How a ledger knows the market of a seed: all trials on it are of one family. */
export function marketOf(seed: number): { name: string; digest: string } {
  return { name: "market", digest: `seed ${seed}` };
}
