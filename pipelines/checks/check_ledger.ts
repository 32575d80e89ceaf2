/**
 * Fails where the ledger of trials is not whole, has lost a record that is committed, or lacks the trial of a recorded
 * study. Seconds; writes nothing.
 */
import { repositoryPath } from "@lib/core";
import { readRecorded, readStudies } from "@lib/study";
import { ledgerFaults } from "./ledger_faults.ts";

const studies = await readStudies(repositoryPath("experiments"));
const recorded = await Promise.all(studies.map(async ({ name }) => {
  const file = await readRecorded(repositoryPath("experiments", name, "recorded.json"));
  return file === undefined ? [] : [[name, file] as const];
}));
const faults = await ledgerFaults(repositoryPath(), Object.fromEntries(recorded.flat()));
for (const fault of faults) console.error(fault);
Deno.exit(faults.length === 0 ? 0 : 1);
