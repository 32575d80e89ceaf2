import { join } from "node:path";
import { writeAtomically } from "@lib/core";
import { readRun, type RunFile } from "@lib/notebook";
import { htmlPage, type NotebookJob, readNotebook, runNotebooks, type RunNotebooksOptions } from "@lib/runner";
import { type BegunManifest, StepManifests } from "./step_manifests.ts";
import type { Parameter, Step, Study } from "./study.ts";

/** A step that was run. */
export interface StepRun {
  study: Study;
  step: string;
  /** `failed` where a cell failed, `skipped` where a step before it did. */
  status: "ok" | "failed" | "skipped";
  /** Where its files are, from the root of the repository. */
  folder: string;
  startedAt: Date;
  seconds: number;
  /** What it left; only if it went through. */
  run?: RunFile;
  failure?: string;
}

/** Options of {@linkcode runStudies}. Those of `runNotebooks` limit, stop and show the runs. */
export interface RunStudiesOptions extends Omit<RunNotebooksOptions, "onEnd"> {
  /** Root of the repository; notebooks are looked for in its folder `notebooks`. */
  root: string;
  /** Folder of the runs, from the root: a step leaves its files in `<folder>/<study>/<step>`. */
  runsFolder: string;
  /** Values that replace parameters of the spec, in the steps that have them. Default: none. */
  overrides?: Record<string, Parameter>;
  /** File that keeps what runs took. Default: `data/derived/durations.json` under the root. */
  historyPath?: string;
  /** Called with the steps of a study when the last of them has ended, while others still run. */
  onStudyEnd?: (steps: StepRun[]) => void;
}

/**
 * Runs the steps of studies, as many at a time as cores and memory allow, each as soon as the steps before it have
 * ended. In progress and failures a step is called `<study>/<step>`.
 *
 * A step's folder is emptied first, so that no file of an earlier run can pass for one of this. A failed step stops
 * those that wait for it, and no other; what earlier runs left of those is removed.
 *
 * @returns One entry a step, in the order of the specs.
 */
export async function runStudies(studies: readonly Study[], options: RunStudiesOptions): Promise<StepRun[]> {
  const { root, historyPath = join(root, "data", "derived", "durations.json") } = options;
  const tasks = studies.flatMap((study) => Object.keys(study.steps).map((step) => ({ study, step })));
  const done = new Map<string, StepRun>();
  const manifests = new StepManifests(root, options.environment);
  const leftBy = new Map<string, RunFile>();
  const jobs: NotebookJob[] = tasks.map((task) => stepJob(task, options, manifests, leftBy));
  await runNotebooks(jobs, {
    ...options,
    historyPath,
    onEnd: (ended) => {
      const at = jobs.findIndex(({ name }) => name === ended.name);
      const { study, step } = tasks[at];
      const { status, startedAt, seconds, failure } = ended;
      const folder = folderOf(tasks[at], options);
      done.set(ended.name, { study, step, status, folder, startedAt, seconds, run: leftBy.get(ended.name), failure });
      const ofStudy = tasks.filter((task) => task.study === study).map((task) => done.get(nameOf(task)));
      if (ofStudy.every((other) => other !== undefined)) options.onStudyEnd?.(ofStudy);
    },
  });
  const ended = tasks.map((task) => done.get(nameOf(task))!);
  await removeStale(ended, root);
  return ended;
}

interface Task {
  study: Study;
  step: string;
}

function nameOf({ study, step }: Task): string {
  return `${study.name}/${step}`;
}

function folderOf({ study, step }: Task, { runsFolder }: RunStudiesOptions): string {
  return join(runsFolder, study.name, step);
}

/** The notebook of a step as a job, which notes what it left once it went through. */
function stepJob(
  task: Task,
  { root, overrides, ...options }: RunStudiesOptions,
  manifests: StepManifests,
  leftBy: Map<string, RunFile>,
): NotebookJob {
  const spec = task.study.steps[task.step];
  const folder = join(options.runsFolder, task.study.name, task.step);
  const absolute = join(root, folder);
  const executedPath = join(absolute, "notebook.ipynb");
  const path = join(root, "notebooks", `${spec.notebook}.ipynb`);
  let manifest: BegunManifest | undefined;
  return {
    name: nameOf(task),
    path,
    after: spec.after.map((step) => nameOf({ ...task, step })),
    parameters: { ...withOverrides(spec, overrides), outputFolder: folder },
    executedPath,
    prepare: async () => {
      await Deno.remove(absolute, { recursive: true }).catch(ignoreMissing);
      manifest = await manifests.begin(path);
    },
    finish: async ({ status, parameters }) => {
      await writeAtomically(join(absolute, "notebook.html"), await htmlPage(await readNotebook(executedPath)));
      const run = status === "ok" ? await readRun(absolute) : undefined;
      const before = spec.after.map((step) => [step, leftBy.get(nameOf({ ...task, step }))!]);
      const written = manifest?.write(absolute, { parameters, run, before: Object.fromEntries(before) });
      if (run === undefined) return await written?.then(() => {}, () => {}); // it failed for a reason of its own
      await written;
      leftBy.set(nameOf(task), run);
    },
  };
}

/** Removes what earlier runs left of the skipped steps of a study that did run: old and new make no result together. */
async function removeStale(steps: readonly StepRun[], root: string): Promise<void> {
  for (const { study, status, folder } of steps) {
    if (status !== "skipped" || steps.every((other) => other.study !== study || other.status === "skipped")) continue;
    await Deno.remove(join(root, folder), { recursive: true }).catch(ignoreMissing);
  }
}

function withOverrides({ parameters }: Step, overrides: Record<string, Parameter> = {}): Record<string, Parameter> {
  const known = Object.entries(overrides).filter(([name]) => Object.hasOwn(parameters, name));
  return { ...parameters, ...Object.fromEntries(known) };
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
