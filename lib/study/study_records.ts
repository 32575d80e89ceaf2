import { join } from "node:path";
import { Ledger, type TrialsScore, weighRecord } from "@lib/f4";
import { readRecorded, type Recorded } from "./record.ts";
import { readStudies, type Study } from "./study.ts";

/** A study with what is recorded of it. */
export interface StudyRecord {
  study: Study;
  recorded: Recorded;
  /** What each step's claim is worth after all that has been tried until today; none for steps that claim nothing. */
  claims: Record<string, TrialsScore>;
}

/**
 * The studies in a folder that have a record, with what their claims are worth by the ledger beside them.
 *
 * @param folder `experiments` of the repository: `<study>/study.yaml`, `<study>/recorded.json`, `ledger`.
 * @throws {SyntaxError} If a spec or record cannot be read.
 * @throws {RangeError} If a recorded claim is not in the ledger, or the ledger's chain is broken.
 */
export async function readStudyRecords(folder: string): Promise<StudyRecord[]> {
  const ledger = await Ledger.open(join(folder, "ledger"));
  const records: StudyRecord[] = [];
  for (const study of await readStudies(folder)) {
    const recorded = await readRecorded(join(folder, study.name, "recorded.json"));
    if (recorded === undefined) continue;
    const claims: StudyRecord["claims"] = {};
    for (const [step, { tags }] of Object.entries(recorded.steps)) {
      if (tags.trial !== undefined) claims[step] = await weighRecord(ledger, tags.trial);
    }
    records.push({ study, recorded, claims });
  }
  return records;
}
