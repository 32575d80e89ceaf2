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

/**
 * Judges, and where the owner admits looks that no ledger has, writes them down for this trial and judges again with
 * them. The first judgement is shown to nobody. What was admitted with the same file before is not admitted twice.
 *
 * @param judge Puts the look into the ledger and weighs it.
 */
export async function withAdmitted<Card extends { trials: TrialsScore | Missing }>(
  file: string,
  { admitted, ledger: folder }: Options,
  judge: (ledger: Ledger) => Promise<Card>,
): Promise<Card> {
  const ledger = await Ledger.open(folder);
  const card = await judge(ledger);
  if (admitted === 0 || "reason" in card.trials) return card;
  const words = `looks before this one, told by who brought ${file}`;
  const records = await ledger.records();
  const place = records.findIndex(({ hash }) => hash === (card.trials as TrialsScore).record);
  const own = records[place] as TrialRecord;
  const missing = admitted - alreadyTold(records, { own, place, words });
  if (missing <= 0) return card;
  const { judged: { what, rowSketch }, trial, tier } = own;
  await ledger.admit({ what, data: [], rowSketch, trial, tier, trials: missing, words });
  return await judge(ledger);
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
