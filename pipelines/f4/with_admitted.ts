import {
  Ledger,
  type LedgerRecord,
  LIMITS,
  type Missing,
  sharedRows,
  type TrialRecord,
  type TrialsScore,
} from "@lib/f4";
import type { Options } from "./options.ts";

/** What a judgement that is shown to nobody may save: none of it has a part in what the ledger keeps. */
export const REHEARSAL = { draws: 100, returns: undefined, factors: undefined };

/**
 * Judges, where the owner admits looks that no ledger has after writing them down for this trial. What was admitted with
 * the same file before is not admitted twice.
 *
 * @param judge Puts the look into the ledger and weighs it; with {@linkcode REHEARSAL} to learn its record, to which
 *   what is admitted belongs.
 */
export async function withAdmitted<Card extends { trials: TrialsScore | Missing }>(
  file: string,
  { admitted, ledger: folder }: Options,
  judge: (ledger: Ledger, settings: Partial<typeof REHEARSAL>) => Promise<Card>,
): Promise<Card> {
  const ledger = await Ledger.open(folder);
  if (admitted === 0) return await judge(ledger, {});
  const { trials } = await judge(ledger, REHEARSAL);
  if ("reason" in trials) return await judge(ledger, {});
  const words = `looks before this one, told by who brought ${file}`;
  const records = await ledger.records();
  const place = records.findIndex(({ hash }) => hash === trials.record);
  const own = records[place] as TrialRecord;
  const missing = admitted - alreadyTold(records, { own, place, words });
  const { judged: { what, rowSketch }, trial, tier } = own;
  if (missing > 0) await ledger.admit({ what, data: [], rowSketch, trial, tier, trials: missing, words });
  return await judge(ledger, {});
}

/** Looks admitted in the same words that count for a record: for it alone, or on its rows before it was written. */
function alreadyTold(
  records: readonly LedgerRecord[],
  { own, place, words }: { own: TrialRecord; place: number; words: string },
): number {
  return records.reduce((sum, record, line) => {
    if (record.kind !== "admitted" || record.words !== words || record.what !== own.judged.what) return sum;
    const isBefore = line < place &&
      sharedRows(record.rowSketch ?? "", own.judged.rowSketch) >= LIMITS.sharedRows.value;
    return record.trial === own.trial || isBefore ? sum + record.trials : sum;
  }, 0);
}
