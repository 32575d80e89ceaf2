/**
 * Accepts what the last `make reproduce` left as the recorded result: writes experiments/<study>/recorded.json and the
 * tables made from it, and prints every value that changes. Seconds.
 *
 *   make record                 all studies
 *   make record STUDY=panel     one of them
 */
import { parseArgs } from "node:util";
import { repositoryPath } from "@lib/core";
import { readRun } from "@lib/notebook";
import {
  readRecorded,
  readStudies,
  recordChanges,
  type Recorded,
  type RecordedStep,
  recordedStep,
  staleParameters,
  type Study,
  writeRecorded,
} from "@lib/study";
import { chalk } from "zx";
import { writeResultPages } from "./result_pages.ts";

async function record(): Promise<void> {
  const { values } = parseArgs({ options: { study: { type: "string" } } });
  const wanted = values.study?.split(",").map((name) => name.trim());
  const studies = await readStudies(repositoryPath("experiments"), wanted);
  const records = await Promise.all(studies.map(async (study) => ({ study, steps: await stepsOf(study) })));
  for (const { study, steps } of records) {
    const path = repositoryPath("experiments", study.name, "recorded.json");
    const recorded: Recorded = { steps };
    const changes = recordChanges(await readRecorded(path), recorded);
    console.log(changes.length === 0 ? `${study.name}: nothing changes` : `${study.name}:\n  ${changes.join("\n  ")}`);
    if (changes.length > 0) await writeRecorded(path, recorded);
  }
  await writeResultPages();
}

/** What the last run of each step left; refused where a step is missing, or was run with other settings. */
async function stepsOf(study: Study): Promise<Record<string, RecordedStep>> {
  const steps: Record<string, RecordedStep> = {};
  for (const [step, spec] of Object.entries(study.steps)) {
    const refuse = (why: string): never => {
      throw new Error(
        `Cannot record ${study.name}: step ${step} must have been run as its spec says, ` +
          `make reproduce STUDY=${study.name} does it; ${why}`,
      );
    };
    const folder = repositoryPath("experiments", "runs", study.name, step);
    const run = await readRun(folder).catch((error: Error) => refuse(error.message));
    const stale = staleParameters(spec, run.parameters);
    if (stale.length > 0) refuse(stale.join("; "));
    steps[step] = await recordedStep(run, folder);
    if (steps[step].manifest === undefined) refuse("it left no manifest");
  }
  return steps;
}

if (import.meta.main) {
  await record().catch((error: Error) => {
    console.error(chalk.red(error.message));
    Deno.exit(1);
  });
}
