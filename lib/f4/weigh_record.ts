import { sharpeEvidence } from "./_sharpe_evidence.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { normalProbability } from "./normal_distribution.ts";
import { type TrialsScore, weighTrials } from "./weigh_trials.ts";

/**
 * What a recorded claim is worth after all that has been tried on its rows until today. Its own scorecard says what it
 * was worth when it was made, and says so for ever; whoever quotes the best of what has been tried since needs this.
 *
 * Everything is read from the ledger: a book's Sharpe ratio is deflated by the moments of its daily returns, the rank IC
 * of forecasts by its normal deviate.
 *
 * @example A second trial makes the first one dearer
 * ```ts
 * import assert from "node:assert/strict";
 * import { weekdays } from "@lib/core";
 * import { judgeBookClaim, Ledger } from "@lib/f4";
 * const counting = { ledger: Ledger.inMemory(), trial: { source: "an example", parameters: {}, data: [] }, draws: 100 };
 * const dates = weekdays("2020-01-01", 500);
 * const book = (pace: number) => {
 *   const gross = Float64Array.from(dates, (_, day) => 0.002 + 0.01 * Math.sin(pace * day * day));
 *   return { name: `${pace}`, dates, gross, turnover: new Float64Array(500), net: [{ costBps: 5, returns: gross }] };
 * };
 * const { trials } = await judgeBookClaim(book(1), counting);
 * assert.equal((await weighRecord(counting.ledger, trials.record)).deflated.value, trials.deflated.value);
 * await judgeBookClaim(book(2), counting);
 * const today = await weighRecord(counting.ledger, trials.record);
 * assert.ok(today.trials === 2 && today.deflated.value! < trials.deflated.value!);
 * ```
 *
 * @param hash Of the claim's record, `trials.record` of its card.
 * @throws {RangeError} If the ledger has no such trial, or its chain is broken.
 */
export async function weighRecord(ledger: Ledger, hash: string): Promise<TrialsScore> {
  const record = (await ledger.records()).find((known) => known.hash === hash);
  if (record?.kind !== "trial") {
    throw new RangeError(`Cannot weigh a claim: its record must be in the ledger, current hash is ${hash}`);
  }
  const standing = await ledger.standing(record);
  const { judged, metric, series } = record;
  const z = metric.t ?? NaN;
  const own = standing.series.find(({ record: told }) => told.series === series);
  const isBook = judged.what === "book" && own !== undefined;
  return weighTrials({
    record: hash,
    z,
    value: metric.value ?? NaN,
    dates: own?.dates ?? [],
    values: own?.values ?? new Float64Array(),
    metric: metric.name,
    horizonDays: judged.horizonDays,
    periodsPerYear: 252,
    probabilityAbove: isBook
      ? sharpeEvidence(own.values).probabilityAbove
      : (benchmark) => normalProbability(z - benchmark),
  }, standing);
}
