import { join } from "node:path";
import { sha256, stableJson } from "@lib/core";
import type { Sources } from "@lib/manifest";
import type { RunFile } from "@lib/notebook";
import type { RunStudiesOptions } from "./run_studies.ts";
import type { Parameter, Step, Study } from "./study.ts";

/** A step of a study that is to be run. */
export interface Task {
  study: Study;
  step: string;
}

/** How the step is called in progress and failures. */
export function nameOf({ study, step }: Task): string {
  return `${study.name}/${step}`;
}

/** Where its notebook is. */
export function notebookOf({ study, step }: Task, { root }: RunStudiesOptions): string {
  return join(root, "notebooks", `${study.steps[step].notebook}.ipynb`);
}

/** Where it leaves its files, from the root of the repository. */
export function folderOf({ study, step }: Task, { runsFolder }: RunStudiesOptions): string {
  return join(runsFolder, study.name, step);
}

/** The parameters of a step, with those that replace them. */
export function withOverrides(
  { parameters }: Step,
  overrides: Record<string, Parameter> = {},
): Record<string, Parameter> {
  const known = Object.entries(overrides).filter(([name]) => Object.hasOwn(parameters, name));
  return { ...parameters, ...Object.fromEntries(known) };
}

/** Hash of all that a step is made from. */
export function madeFrom(
  task: Task,
  sources: Sources,
  { overrides }: RunStudiesOptions,
  leftBy: ReadonlyMap<string, RunFile>,
): string {
  const spec = task.study.steps[task.step];
  const before = spec.after.map((step) => leftBy.get(nameOf({ ...task, step }))!.artifacts);
  return sha256(stableJson({ sources, parameters: withOverrides(spec, overrides), before, deno: Deno.version }));
}
