import { freeMemoryMb } from "./_free_memory.ts";
import { checkJobs } from "./_job_queue.ts";
import { Jobs } from "./_jobs.ts";
import { RunHistory } from "./_run_history.ts";
import type { CellProgress, NotebookRun, RunNotebookOptions } from "./run_notebook.ts";

/** A notebook to run, with what it takes and what it waits for. */
export interface NotebookJob extends Omit<RunNotebookOptions, "onKernel" | "onProgress" | "signal"> {
  /** Unique among the jobs. */
  name: string;
  /** Path of the notebook. */
  path: string;
  /** Names of jobs that must have gone through before this one starts. Default: none. */
  after?: readonly string[];
  /** Cores that it keeps busy. Default 1. */
  cores?: number;
  /**
   * Most memory that it needs. Default: a tenth more than it took in earlier runs; of a notebook that never ran, the
   * limit divided by the cores.
   */
  memoryMb?: number;
  /** Called before it starts. What it throws fails the job. */
  prepare?: () => void | Promise<void>;
  /** Called with the ended run, failed ones too; the job lasts until it returns. What it throws fails the job. */
  finish?: (run: NotebookRun) => void | Promise<void>;
}

/** How a job ended: `failed` where a cell did or nothing could run, `skipped` where it was not started. */
export type JobStatus = "ok" | "failed" | "skipped";

/** A job that has ended. */
export interface JobRun {
  name: string;
  status: JobStatus;
  /** Missing where nothing could run. */
  run?: NotebookRun;
  /** Why it is not `ok`, in one sentence. */
  failure?: string;
  startedAt: Date;
  seconds: number;
  /** Most memory that the kernel and its programs held; missing where it cannot be measured. */
  memoryMb?: number;
}

/** How far a job is. */
export interface JobProgress {
  name: string;
  status: "waiting" | "running" | JobStatus;
  /** The cell that started or ended last. */
  cell?: CellProgress;
  /** Part of its time that is over, 0 to 1: by the times of an earlier run, else by cells done. */
  share: number;
  /** Since it started. */
  seconds: number;
  /** Until it ends; missing while nothing tells. */
  secondsLeft?: number;
  failure?: string;
}

/** How far all jobs are. */
export interface JobsProgress {
  jobs: JobProgress[];
  /** Since the first started. */
  seconds: number;
  /** Until the last ends; missing while nothing tells. */
  secondsLeft?: number;
  /** Whether `secondsLeft` rests on more than earlier runs of the same notebooks with the same parameters. */
  isAbout: boolean;
}

/** Options of {@linkcode runNotebooks}. */
export interface RunNotebooksOptions {
  /** Cores that jobs may keep busy together. Default: all that this process may use. */
  cores?: number;
  /** Memory that jobs may hold together. Default: nine tenths of what is free now, in this container. */
  memoryMb?: number;
  /** Environment variables for all kernels; those of a job come on top. */
  environment?: Record<string, string>;
  /** File that keeps time and memory of runs, from which the next ones are estimated. Default: none. */
  historyPath?: string;
  /** Called when a job starts or ends, and with each of its cells. `progress` tells how far all are, at any time. */
  onProgress?: (changed: JobProgress, progress: () => JobsProgress) => void;
  /** Called when a job has ended, skipped ones too. */
  onEnd?: (ended: JobRun) => void;
  /** Stops all that runs when aborted: each leaves its notebook as far as it came. What waits is skipped. */
  signal?: AbortSignal;
}

const FREE_SHARE = 0.9;

/**
 * Runs notebooks several at a time, each in a kernel of its own, as many as cores and memory allow.
 *
 * The one with the longest way to the end starts first; one that does not fit beside those that run waits, and one that
 * is alone runs whatever it takes. A job counts with the memory that it declares or took earlier, or with what it holds
 * already if that is more. One that fails stops those that wait for it and no other.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(await runNotebooks([]), []);
 * await assert.rejects(runNotebooks([{ name: "a", path: "a.ipynb", after: ["b"] }]), RangeError);
 * ```
 *
 * @returns One entry a job, in the order given. Jobs that fail are in there; nothing is thrown for them.
 * @throws {RangeError} If names are not unique, a job waits for an unknown one or itself, or a limit cannot be.
 */
export async function runNotebooks(
  jobs: readonly NotebookJob[],
  options: RunNotebooksOptions = {},
): Promise<JobRun[]> {
  const { cores = navigator.hardwareConcurrency, memoryMb = FREE_SHARE * freeMemoryMb(), historyPath } = options;
  if (!(cores >= 1 && memoryMb > 0)) {
    throw new RangeError(
      `Cannot run notebooks: cores must be at least 1 and memoryMb above 0, current values are ${cores} and ${memoryMb}`,
    );
  }
  checkJobs(jobs.map(({ name, after = [] }) => ({ name, after })));
  const history = await RunHistory.open(historyPath);
  return await (await Jobs.of(jobs, { ...options, cores, memoryMb, history })).run();
}
