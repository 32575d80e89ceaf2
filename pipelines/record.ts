/**
 * Accepts what the last `make reproduce` left as the recorded result: writes experiments/<study>/recorded.json and
 * fingerprints.json and the tables made from them, and prints every value that changes. Seconds.
 *
 *   make record                 all studies
 *   make record STUDY=panel     one of them
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { repositoryPath } from "@lib/core";
import { FINGERPRINT_FILE, type Fingerprints, runFingerprints, writeFingerprints } from "@lib/difference";
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
import { recordedFiles } from "./compare_with_recorded.ts";
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
    await keepForComparison(study);
  }
  await recordedFiles.keepOnly(await recordedHashes());
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

/** Keeps by what a later run can be told apart: fingerprints in the repository, the artifacts themselves on this machine. */
async function keepForComparison(study: Study): Promise<void> {
  const fingerprints: Fingerprints = {};
  for (const step of Object.keys(study.steps)) {
    const folder = repositoryPath("experiments", "runs", study.name, step);
    const run = await readRun(folder);
    fingerprints[step] = await runFingerprints(run, folder);
    for (const { path, sha256 } of run.artifacts) await recordedFiles.keep(join(folder, path), sha256);
  }
  await writeFingerprints(repositoryPath("experiments", study.name, FINGERPRINT_FILE), fingerprints);
}

async function recordedHashes(): Promise<Set<string>> {
  const studies = await readStudies(repositoryPath("experiments"));
  const records = await Promise.all(
    studies.map(({ name }) => readRecorded(repositoryPath("experiments", name, "recorded.json"))),
  );
  const steps = records.flatMap((recorded) => Object.values(recorded?.steps ?? {}));
  return new Set(steps.flatMap(({ artifacts }) => Object.values(artifacts).map(({ sha256 }) => sha256)));
}

if (import.meta.main) {
  await record().catch((error: Error) => {
    console.error(chalk.red(error.message));
    Deno.exit(1);
  });
}
