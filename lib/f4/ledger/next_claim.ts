import { expectedMaximum } from "../expected_best_sharpe.ts";
import { normalProbability } from "../normal_distribution.ts";
import { neededDeviate, weighTrials } from "../weigh_trials.ts";
import type { Standing } from "./ledger.ts";
import type { TrialRecord } from "./trial.ts";

/** What the next claim on the rows of a family has to answer for, as normal deviates and annual Sharpe ratios. */
export interface NextClaim {
  /** Looks so far, and those of them that reached into the final block. */
  trials: number;
  admitted: number;
  final: number;
  /** What the best of so many trials and one more shows on average, when none has any skill. */
  best: { z: number; sharpe: number };
  /** What the next claim must show: {@linkcode neededDeviate}. */
  needed: { z: number; sharpe: number };
  /** The same on the days of the final block alone, where looks at earlier days do not count. */
  finalBlock: { best: number; needed: number };
}

/** Options of {@linkcode nextClaim}. */
export interface NextClaimOptions {
  /** Days of a year. Default 252. */
  periodsPerYear?: number;
}

/**
 * What has been tried costs the next claim: how large a t of the rank IC, or an annual Sharpe ratio over as many days,
 * the best trial without skill shows, and how large the next one must be. By {@linkcode weighTrials}, with one trial more
 * than the ledger has; Sharpe ratios for normal returns, z sqrt(periodsPerYear / days).
 *
 * @param like A trial of the family, whose metric, horizon and days the next claim shares.
 * @param standing Of its family.
 *
 * @example The second trial of a family
 * ```ts
 * import assert from "node:assert/strict";
 * import { describeBook, Ledger } from "@lib/f4";
 * const ledger = Ledger.inMemory();
 * const { record } = await ledger.append({
 *   source: { source: "by hand", parameters: {}, data: [] },
 *   judged: describeBook("momentum", { dates: ["2020-01-02", "2020-01-03"], values: Float64Array.of(0.01, -0.01) }),
 *   tier: "development",
 *   metric: { name: "annual Sharpe ratio", value: 0, t: 0 },
 * });
 * const { trials, best, needed } = nextClaim(record, await ledger.standing(record));
 * assert.deepEqual([trials, best.z.toFixed(2), needed.z.toFixed(2)], [1, "0.52", "2.39"]);
 * ```
 */
export function nextClaim(
  { metric, judged: { horizonDays, days } }: Pick<TrialRecord, "metric" | "judged">,
  standing: Standing,
  { periodsPerYear = 252 }: NextClaimOptions = {},
): NextClaim {
  const { trials, recorded, admitted, final } = standing;
  const { expectedBest: { z }, spread } = weighTrials({
    record: "",
    z: 1,
    value: 1,
    dates: [],
    values: new Float64Array(0),
    metric: metric.name,
    horizonDays,
    periodsPerYear,
    probabilityAbove: (benchmark) => normalProbability(1 - benchmark),
  }, { ...standing, trials: trials + 1, recorded: recorded + 1, series: [] });
  const asClaim = (deviate: number) => ({ z: deviate, sharpe: deviate * Math.sqrt(periodsPerYear / days) });
  return {
    trials,
    admitted,
    final,
    best: asClaim(z),
    needed: asClaim(neededDeviate(trials + 1, spread.value)),
    finalBlock: { best: expectedMaximum(final + 1), needed: neededDeviate(final + 1) },
  };
}
