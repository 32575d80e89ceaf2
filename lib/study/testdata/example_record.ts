import { join } from "node:path";
import { writeManifest, type WriteManifestOptions } from "@lib/manifest";
import { exampleOptions, exampleRun, RUN_FOLDER } from "../../manifest/testdata/example_project.ts";
import { recordedStep } from "../recorded_step.ts";
import type { Study } from "../study.ts";

/** The study whose only step has just been run in the example project. */
export const exampleStudy: Study = {
  name: "demo",
  title: "",
  question: "",
  universe: "",
  tolerances: {},
  steps: { one: { notebook: "n", after: [], headline: "score", parameters: { value: 4 } } },
};

/** Writes the manifest of that run, and gives its record. */
export async function recordExample(root: string, options: Partial<WriteManifestOptions> = {}) {
  await writeManifest(join(root, RUN_FOLDER), { ...await exampleOptions(root), ...options });
  return { steps: { one: await recordedStep(exampleRun, join(root, RUN_FOLDER)) } };
}
