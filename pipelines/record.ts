/**
 * Accepts what the last `make reproduce` left as the recorded result: writes experiments/<study>/recorded.json and the
 * tables made from it, and prints every value that changes. Seconds.
 *
 *   make record                 all studies
 *   make record STUDY=panel     one of them
 */
import { parseArgs } from "node:util";
import { repositoryPath, stableJson, writeAtomically } from "@lib/core";
import { readRun } from "@lib/notebook";
import { readRecorded, readStudies, recordChanges, type Recorded, recordedStep } from "@lib/study";
import { provenance } from "@lib/tracking";
import { writeResultPages } from "./result_pages.ts";

const { values } = parseArgs({ options: { study: { type: "string" } } });
// what a result depends on; the machine does not belong to it
const made = Object.fromEntries(
  Object.entries(await provenance()).filter(([name]) => /^(git\.(commit|tree)|lock\.|source\.|version\.)/.test(name)),
);
for (const study of await readStudies(repositoryPath("experiments"), values.study?.split(","))) {
  const path = repositoryPath("experiments", study.name, "recorded.json");
  const recorded: Recorded = { format: 1, provenance: made, steps: {} };
  for (const step of Object.keys(study.steps)) {
    const folder = repositoryPath("experiments", "runs", study.name, step);
    const run = await readRun(folder).catch((error: Error) => {
      console.error(
        `Cannot record ${study.name}: step ${step} must have been run, make reproduce does it; ${error.message}`,
      );
      Deno.exit(1);
    });
    recorded.steps[step] = await recordedStep(run, folder);
  }
  const changes = recordChanges(await readRecorded(path), recorded);
  console.log(changes.length === 0 ? `${study.name}: nothing changes` : `${study.name}:\n  ${changes.join("\n  ")}`);
  if (changes.length > 0) await writeAtomically(path, stableJson(recorded));
}
await writeResultPages();
