import { join } from "node:path";
import { StepStore } from "@lib/cache";
import { CURVES_FILE, writeAtomically } from "@lib/core";
import { type BegunManifest, StepManifests } from "@lib/manifest";
import { readRun, type RunFile } from "@lib/notebook";
import {
  htmlPage,
  type NotebookJob,
  readNotebook,
  refuseFaultyCells,
  runNotebooks,
  type RunNotebooksOptions,
} from "@lib/runner";
import { takeOver } from "./_take_over.ts";
import { folderOf, madeFrom, nameOf, notebookOf, type Task, withOverrides } from "./_task.ts";
import { Attempt } from "./attempt.ts";
import type { Parameter, Study } from "./study.ts";

/** File in the folder of a step in which curves are told as they come. */
export const CURVES = "curves.jsonl";

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
  /** Whether it was finished before, when the attempt was cut off, and was not run again. */
  isTakenOver?: boolean;
}

/** Options of {@linkcode runStudies}. Those of `runNotebooks` limit, stop and show the runs. */
export interface RunStudiesOptions extends Omit<RunNotebooksOptions, "onEnd"> {
  /** Root of the repository; notebooks are looked for in its folder `notebooks`. */
  root: string;
  /** Folder of the runs, from the root: a step leaves its files in `<folder>/<study>/<step>`. */
  runsFolder: string;
  /** Values that replace parameters of the spec, in the steps that have them. Default: none. */
  overrides?: Record<string, Parameter>;
  /** Whether to go on with an attempt that was cut off instead of computing everything again. Default false. */
  resume?: boolean;
  /** Called for each study that goes on with an attempt, with the steps that need not be run again. */
  onResume?: (study: string, begunAt: Date, steps: string[]) => void;
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
 * What is computed is kept until all studies have gone through, and a call with `resume` goes on from there: steps whose
 * files are whole, and which would be made from the same code, parameters, packages and data, are not run again; of
 * others, the steps within their notebooks are not. With overrides every notebook is run.
 *
 * @returns One entry a step, in the order of the specs.
 * @throws {SyntaxError} If the code of a notebook is faulty. Nothing runs then.
 */
export async function runStudies(studies: readonly Study[], options: RunStudiesOptions): Promise<StepRun[]> {
  const { root, historyPath = join(root, "data", "derived", "durations.json") } = options;
  const tasks = studies.flatMap((study) => Object.keys(study.steps).map((step) => ({ study, step })));
  const done = new Map<string, StepRun>();
  const manifests = new StepManifests(root, options.environment);
  const leftBy = new Map<string, RunFile>();
  const attempts = await openAttempts(studies, options);
  const studyEnded = (study: Study) => {
    const ofStudy = tasks.filter((task) => task.study === study).map((task) => done.get(nameOf(task)));
    if (ofStudy.every((step) => step !== undefined)) options.onStudyEnd?.(ofStudy);
  };
  for (const task of tasks) await takeOver(task, { attempts, done, leftBy, options });
  for (const study of studies) {
    const steps = tasks.filter((task) => task.study === study && done.has(nameOf(task))).map(({ step }) => step);
    if (steps.length > 0) options.onResume?.(study.name, attempts.get(study)!.begunAt, steps);
    if (steps.length === Object.keys(study.steps).length) studyEnded(study);
  }
  const open = tasks.filter((task) => !done.has(nameOf(task)));
  await refuseFaultyCells(open.map((task) => notebookOf(task, options)), options.signal);
  const jobs: NotebookJob[] = open.map((task) => stepJob(task, options, manifests, leftBy, attempts.get(task.study)!));
  await runNotebooks(jobs.map((job) => ({ ...job, after: job.after?.filter((name) => !done.has(name)) })), {
    ...options,
    historyPath,
    onEnd: (ended) => {
      const at = jobs.findIndex(({ name }) => name === ended.name);
      const { study, step } = open[at];
      const { status, startedAt, seconds, failure } = ended;
      const folder = folderOf(open[at], options);
      done.set(ended.name, { study, step, status, folder, startedAt, seconds, run: leftBy.get(ended.name), failure });
      studyEnded(study);
    },
  });
  const ended = tasks.map((task) => done.get(nameOf(task))!);
  await removeStale(ended, root);
  if (ended.every(({ status }) => status === "ok")) await endAttempts(attempts, root);
  return ended;
}

/** Of studies by the names of their steps. */
type Attempts = ReadonlyMap<Study, Attempt>;

async function openAttempts(studies: readonly Study[], options: RunStudiesOptions): Promise<Attempts> {
  const { root, runsFolder, resume = false } = options;
  const opened = studies.map(async (study) =>
    [study, await Attempt.open(join(root, runsFolder, study.name), { resume })] as const
  );
  return new Map(await Promise.all(opened));
}

async function endAttempts(attempts: Attempts, root: string): Promise<void> {
  const store = new StepStore(join(root, "data", "derived", "steps"));
  for (const attempt of attempts.values()) {
    await attempt.end();
    await store.forget(attempt.id);
  }
}

/** The notebook of a step as a job, which notes what it left once it went through. */
function stepJob(
  task: Task,
  options: RunStudiesOptions,
  manifests: StepManifests,
  leftBy: Map<string, RunFile>,
  attempt: Attempt,
): NotebookJob {
  const { root, overrides } = options;
  const spec = task.study.steps[task.step];
  const folder = folderOf(task, options);
  const absolute = join(root, folder);
  const executedPath = join(absolute, "notebook.ipynb");
  const path = notebookOf(task, options);
  let manifest: BegunManifest | undefined;
  let [from, startedAt] = ["", new Date()];
  return {
    name: nameOf(task),
    path,
    after: spec.after.map((step) => nameOf({ ...task, step })),
    parameters: { ...withOverrides(spec, overrides), outputFolder: folder },
    executedPath,
    check: "none", // all have been checked together
    environment: { LAB_ATTEMPT: attempt.id, [CURVES_FILE]: join(absolute, CURVES) },
    prepare: async () => {
      startedAt = new Date();
      await Deno.remove(absolute, { recursive: true }).catch(ignoreMissing);
      manifest = await manifests.begin(path);
      from = madeFrom(task, manifest.sources, options, leftBy);
    },
    finish: async ({ status, parameters }) => {
      await writeAtomically(join(absolute, "notebook.html"), await htmlPage(await readNotebook(executedPath)));
      const run = status === "ok" ? await readRun(absolute) : undefined;
      const before = spec.after.map((step) => [step, leftBy.get(nameOf({ ...task, step }))!]);
      const written = manifest?.write(absolute, { parameters, run, before: Object.fromEntries(before) });
      if (run === undefined) return await written?.then(() => {}, () => {}); // it failed for a reason of its own
      await written;
      leftBy.set(nameOf(task), run);
      await attempt.note(task.step, { madeFrom: from, startedAt, seconds: (Date.now() - startedAt.getTime()) / 1000 });
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

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
