import { repositoryPath, writeAtomically } from "@lib/core";
import { fillMarked, leaderboard, readRecorded, readStudies, resultTable, type StudyRecord } from "@lib/study";

/** The pages that are made from the records: path and text, as they should be. */
export async function resultPages(): Promise<{ path: string; text: string }[]> {
  const records: StudyRecord[] = [];
  for (const study of await readStudies(repositoryPath("experiments"))) {
    const recorded = await readRecorded(repositoryPath("experiments", study.name, "recorded.json"));
    if (recorded !== undefined) records.push({ study, recorded });
  }
  const readme = repositoryPath("README.md");
  return [
    { path: repositoryPath("experiments", "LEADERBOARD.md"), text: leaderboard(records) },
    { path: readme, text: fillMarked(await Deno.readTextFile(readme), "results", resultTable(records)) },
  ];
}

/** Writes those pages. */
export async function writeResultPages(): Promise<void> {
  for (const { path, text } of await resultPages()) await writeAtomically(path, text);
}
