import { LIMITS } from "../limits.ts";
import { sharedRows } from "./row_sketch.ts";
import type { AdmittedRecord, Judged, LedgerRecord, TrialRecord } from "./trial.ts";

/** What {@linkcode Ledger.standing} needs to know of a trial, recorded or not yet. */
export interface StandingOf {
  judged: Pick<Judged, "what" | "rowSketch">;
  source: { data: readonly { digest: string }[] };
  /** Identity, for looks that were admitted for this trial alone. */
  trial?: string;
  /** Of its record, which is told where branches have brought several of the same trial. */
  hash?: string;
}

/** What has been tried on the rows of a trial. */
export interface Standing {
  /** Looks: recorded and admitted, on development days and final ones. */
  trials: number;
  recorded: number;
  admitted: number;
  /** Looks that reached into the final block, admitted ones included. */
  final: number;
  /** The recorded ones, each trial once, in the order of the ledger. */
  metrics: TrialRecord[];
  /** Of those that left daily values, those. */
  series: { record: TrialRecord; dates: readonly string[]; values: Float64Array }[];
  /** Hash of the newest record that was counted; of several loose ends all, joined by `+`; empty for none. */
  head: string;
}

/**
 * Counts the family of a trial: the records of its kind that share rows or data with it, and what was admitted.
 *
 * @param counted The records up to which it is counted.
 * @param all All records, of which looks admitted for this trial alone count wherever they stand.
 */
export function countFamily(
  of: StandingOf,
  counted: readonly LedgerRecord[],
  all: readonly LedgerRecord[],
): Omit<Standing, "series" | "head"> {
  const { judged: { what, rowSketch }, source: { data }, trial: own } = of;
  const digests = new Set(data.map(({ digest }) => digest));
  const isRelated = (others: readonly { digest: string }[], sketch?: string) =>
    others.some(({ digest }) => digests.has(digest)) ||
    sketch !== undefined && sharedRows(rowSketch, sketch) >= LIMITS.sharedRows.value;
  const metrics = trialsOf(counted, of.hash).filter(({ judged, source }) =>
    judged.what === what && isRelated(source.data, judged.rowSketch)
  );
  const early = new Set(counted);
  const admissions = admissionsOf(all).filter((record) =>
    record.what === what &&
    (own !== undefined && record.trial === own || early.has(record) && isRelated(record.data, record.rowSketch))
  );
  const looks = (records: { trials: number }[]) => records.reduce((sum, { trials }) => sum + trials, 0);
  const admitted = looks(admissions);
  return {
    trials: metrics.length + admitted,
    recorded: metrics.length,
    admitted,
    final: metrics.filter(({ tier }) => tier === "final").length +
      looks(admissions.filter(({ tier }) => tier === "final")),
    metrics,
  };
}

/** The trials among records, each once: where branches brought several of one, the wanted record, or the oldest. */
export function trialsOf(records: readonly LedgerRecord[], wanted?: string): TrialRecord[] {
  const trials = records.filter((record) => record.kind === "trial");
  const told = new Map<string, TrialRecord>();
  for (const record of trials) {
    const known = told.get(record.trial);
    if (known === undefined || record.hash === wanted || known.hash !== wanted && order(record) < order(known)) {
      told.set(record.trial, record);
    }
  }
  return trials.filter((record) => told.get(record.trial) === record);
}

const order = ({ when, hash }: TrialRecord) => `${when} ${hash}`;

/** The admitted looks among records. */
export function admissionsOf(records: readonly LedgerRecord[]): AdmittedRecord[] {
  return records.filter((record) => record.kind === "admitted");
}
