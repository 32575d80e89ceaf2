import { LIMITS } from "../limits.ts";
import { sharedDays, sharedRows } from "./row_sketch.ts";
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
 * Counts the family of a trial: the records that share rows or data with it, and what was admitted. A book is what was
 * made of forecasts, and the best of many of these makes a good book; so looks at forecasts and at books count for each
 * other. They share no rows that could be told, but days.
 *
 * @param counted The records up to which it is counted.
 * @param all All records, of which looks admitted for this trial alone count wherever they stand.
 */
export function countFamily(
  of: StandingOf,
  counted: readonly LedgerRecord[],
  all: readonly LedgerRecord[],
): Omit<Standing, "series" | "head"> {
  const { judged, source, trial: own } = of;
  const digests = new Set(source.data.map(({ digest }) => digest));
  const isRelated = (data: readonly { digest: string }[], what: Judged["what"], sketch?: string) => {
    if (data.some(({ digest }) => digests.has(digest))) return true;
    if (sketch === undefined) return false;
    const shared = what === judged.what ? sharedRows : sharedDays;
    return shared(judged.rowSketch, sketch) >= LIMITS.sharedRows.value;
  };
  const metrics = trialsOf(counted, of.hash).filter(({ judged: { what, rowSketch }, source: { data } }) =>
    isRelated(data, what, rowSketch)
  );
  const early = new Set(counted);
  const admissions = admissionsOf(all).filter((record) =>
    own !== undefined && record.trial === own ||
    early.has(record) && isRelated(record.data, record.what, record.rowSketch)
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
