import { repositoryPath, writeAtomically } from "@lib/core";
import { failureList, fillMarked, leaderboard, readStudyRecords, resultTable } from "@lib/study";
import { limitsPage } from "./f4/limits_page.ts";
import { cataloguePage } from "./features/catalogue_page.ts";

/** The pages that are made from the records, the ledger, the limits of the judge and the catalogue of features: path and text, as they should be. */
export async function resultPages(): Promise<{ path: string; text: string }[]> {
  const records = await readStudyRecords(repositoryPath("experiments"));
  const readme = repositoryPath("README.md");
  const results = [resultTable(records).trimEnd(), failureList(records)].join("\n\n");
  return [
    { path: repositoryPath("experiments", "LEADERBOARD.md"), text: leaderboard(records) },
    { path: readme, text: fillMarked(await Deno.readTextFile(readme), "results", results) },
    await limitsPage(),
    cataloguePage(),
  ];
}

/** Writes those pages. */
export async function writeResultPages(): Promise<void> {
  for (const { path, text } of await resultPages()) await writeAtomically(path, text);
}
