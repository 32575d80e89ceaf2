import { join } from "node:path";
import { writeAtomically } from "@lib/core";
import { readRun, type RunFile } from "@lib/notebook";
import { type FailedCell, htmlPage, readNotebook, runNotebook } from "@lib/runner";
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

/** Options of {@linkcode runStudies}. */
export interface RunStudiesOptions {
  /** Root of the repository; notebooks are looked for in its folder `notebooks`. */
  root: string;
  /** Folder of the runs, from the root: a step leaves its files in `<folder>/<study>/<step>`. */
  runsFolder: string;
  /** Values that replace parameters of the spec, in the steps that have them. Default: none. */
  overrides?: Record<string, Parameter>;
  /** Notebooks at a time. Default 2. */
  parallel?: number;
  /** Called when a step starts, with each cell, and when it ends. */
  onProgress?: (study: string, step: string, message: string) => void;
  /** Called with the steps of a study when the last of them has ended, while others still run. */
  onStudyEnd?: (steps: StepRun[]) => void;
  /** Stops all that runs when aborted. */
  signal?: AbortSignal;
}

/**
 * Runs the steps of studies, several at a time, each as soon as the steps before it have ended.
 *
 * A step's folder is emptied first, so that no file of an earlier run can pass for one of this. A failed step stops
 * those that wait for it, and no other; what earlier runs left of those is removed.
 *
 * @returns One entry a step, in the order of the specs.
 */
export async function runStudies(studies: readonly Study[], options: RunStudiesOptions): Promise<StepRun[]> {
  const { parallel = 2, signal } = options;
  const tasks: Task[] = studies.flatMap((study) => Object.keys(study.steps).map((step) => ({ study, step })));
  const done = new Map<string, StepRun>();
  const key = (study: Study, step: string) => `${study.name}/${step}`;
  const waiting = [...tasks];
  // what others wait for goes first
  const waiters = ({ study, step }: Task) =>
    Object.values(study.steps).filter(({ after }) => after.includes(step)).length;
  waiting.sort((a, b) => waiters(b) - waiters(a));
  const ready = () =>
    waiting.findIndex(({ study, step }) => study.steps[step].after.every((other) => done.has(key(study, other))));

  let wake = Promise.withResolvers<void>();
  const worker = async () => {
    while (waiting.length > 0) {
      const next = ready();
      if (next < 0) {
        await wake.promise;
        continue;
      }
      const [{ study, step }] = waiting.splice(next, 1);
      const blocked = study.steps[step].after.find((other) => done.get(key(study, other))!.status !== "ok");
      const run = blocked === undefined && !signal?.aborted
        ? await runStep(study, step, options)
        : skipped(study, step, options, blocked === undefined ? "the run was stopped" : `step ${blocked} failed`);
      done.set(key(study, step), run);
      const ended = tasks.filter((task) => task.study === study).map((task) => done.get(key(study, task.step)));
      if (ended.every((other) => other !== undefined)) options.onStudyEnd?.(ended);
      wake.resolve();
      wake = Promise.withResolvers<void>();
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  const ended = tasks.map(({ study, step }) => done.get(key(study, step))!);
  await removeStale(ended, options.root);
  return ended;
}

/** Removes what earlier runs left of the skipped steps of a study that did run: old and new make no result together. */
async function removeStale(steps: readonly StepRun[], root: string): Promise<void> {
  for (const { study, status, folder } of steps) {
    if (status !== "skipped" || steps.every((other) => other.study !== study || other.status === "skipped")) continue;
    await Deno.remove(join(root, folder), { recursive: true }).catch(ignoreMissing);
  }
}

interface Task {
  study: Study;
  step: string;
}

function skipped(study: Study, step: string, { runsFolder }: RunStudiesOptions, failure: string): StepRun {
  const folder = join(runsFolder, study.name, step);
  return { study, step, status: "skipped", folder, startedAt: new Date(), seconds: 0, failure };
}

async function runStep(study: Study, step: string, options: RunStudiesOptions): Promise<StepRun> {
  const { root, runsFolder, signal, onProgress = () => {} } = options;
  const folder = join(runsFolder, study.name, step);
  const absolute = join(root, folder);
  const startedAt = new Date();
  const ended = (rest: Pick<StepRun, "status" | "run" | "failure">): StepRun => {
    const seconds = (Date.now() - startedAt.getTime()) / 1000;
    onProgress(study.name, step, rest.status === "ok" ? `done in ${seconds.toFixed(1)} s` : `failed: ${rest.failure}`);
    return { study, step, folder, startedAt, seconds, ...rest };
  };
  onProgress(study.name, step, "started");
  await Deno.remove(absolute, { recursive: true }).catch(ignoreMissing);
  const executedPath = join(absolute, "notebook.ipynb");
  try {
    const result = await runNotebook(join(root, "notebooks", `${study.steps[step].notebook}.ipynb`), {
      parameters: { ...withOverrides(study.steps[step], options.overrides), outputFolder: folder },
      executedPath,
      signal,
      onProgress: ({ number, count, title, status }) => {
        if (status === "running") onProgress(study.name, step, `cell ${number} of ${count}: ${title}`);
      },
    });
    await writeAtomically(join(absolute, "notebook.html"), await htmlPage(await readNotebook(executedPath)));
    if (result.failedCell) return ended({ status: "failed", failure: inWords(result.failedCell) });
    return ended({ status: "ok", run: await readRun(absolute) });
  } catch (error) {
    return ended({ status: "failed", failure: (error as Error).message });
  }
}

function withOverrides({ parameters }: Step, overrides: Record<string, Parameter> = {}): Record<string, Parameter> {
  const known = Object.entries(overrides).filter(([name]) => Object.hasOwn(parameters, name));
  return { ...parameters, ...Object.fromEntries(known) };
}

function inWords({ number, errorName, errorMessage }: FailedCell): string {
  return `cell ${number}, ${errorName}: ${errorMessage}`;
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
