import { repositoryPath, writeAtomically } from "@lib/core";
import { failureList, fillMarked, leaderboard, readStudyRecords, resultTable } from "@lib/study";

/** The pages that are made from the records and the ledger: path and text, as they should be. */
export async function resultPages(): Promise<{ path: string; text: string }[]> {
  const records = await readStudyRecords(repositoryPath("experiments"));
  const readme = repositoryPath("README.md");
  const results = [resultTable(records).trimEnd(), failureList(records)].join("\n\n");
  return [
    { path: repositoryPath("experiments", "LEADERBOARD.md"), text: leaderboard(records) },
    { path: readme, text: fillMarked(await Deno.readTextFile(readme), "results", results) },
  ];
}

/** Writes those pages. */
export async function writeResultPages(): Promise<void> {
  for (const { path, text } of await resultPages()) await writeAtomically(path, text);
}
