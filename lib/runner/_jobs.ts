import { JobClock } from "./_job_clock.ts";
import { byUrgency, type Demand, nextJob, secondsToEnd } from "./_job_queue.ts";
import { peakMemoryMb } from "./_process_memory.ts";
import type { Expectation, RunHistory } from "./_run_history.ts";
import { readNotebook } from "./notebook_file.ts";
import { type ParameterValue, readParameters, resolveParameters } from "./parameters.ts";
import { type CellProgress, type NotebookRun, runNotebook } from "./run_notebook.ts";
import type { JobProgress, JobRun, JobsProgress, NotebookJob, RunNotebooksOptions } from "./run_notebooks.ts";

interface JobState {
  job: NotebookJob;
  /** Undefined where they cannot be read: the run will say why. */
  parameters: Record<string, ParameterValue> | undefined;
  status: JobProgress["status"];
  clock?: JobClock;
  cell?: CellProgress;
  /** Of its kernel, while there is one. */
  processId?: number;
  /** Most that it held so far. */
  memoryMb?: number;
  ended?: JobRun;
}

type JobsOptions = RunNotebooksOptions & { cores: number; memoryMb: number; history: RunHistory };

/** A job that runs counts with a little more memory than it took last time. */
const MEMORY_MARGIN = 1.1;
const MEMORY_EVERY_MS = 1000;

/** The jobs of one call of `runNotebooks`, from the first start to the last end. */
export class Jobs {
  #states: readonly JobState[];
  #options: JobsOptions;
  #startedAt = now();
  #finished = Promise.withResolvers<void>();

  private constructor(states: readonly JobState[], options: JobsOptions) {
    this.#states = states;
    this.#options = options;
  }

  static async of(jobs: readonly NotebookJob[], options: JobsOptions): Promise<Jobs> {
    const states = jobs.map(async (job): Promise<JobState> => {
      const parameters = await readNotebook(job.path)
        .then((notebook) => resolveParameters(readParameters(notebook), job.parameters ?? {})).catch(() => undefined);
      return { job, parameters, status: "waiting" };
    });
    return new Jobs(await Promise.all(states), options);
  }

  async run(): Promise<JobRun[]> {
    const { signal } = this.#options;
    const advance = () => this.#advance();
    signal?.addEventListener("abort", advance);
    const measuring = setInterval(() => this.#measure(this.#with("running")), MEMORY_EVERY_MS);
    try {
      this.#advance();
      await this.#finished.promise;
    } finally {
      clearInterval(measuring);
      signal?.removeEventListener("abort", advance);
    }
    return this.#states.map(({ ended }) => ended!);
  }

  /** Ends what can no longer start, and starts what can. */
  #advance(): void {
    for (let blocked = this.#blocked(); blocked !== undefined; blocked = this.#blocked()) {
      const { state, failure } = blocked;
      this.#end(state, { name: state.job.name, status: "skipped", failure, startedAt: new Date(), seconds: 0 });
    }
    const next = () => nextJob(byUrgency(this.#demands("waiting")), this.#demands("running"), this.#options);
    for (let job = next(); job !== undefined; job = next()) void this.#start(this.#state(job.name));
    if (this.#states.every(({ ended }) => ended !== undefined)) this.#finished.resolve();
  }

  #blocked(): { state: JobState; failure: string } | undefined {
    for (const state of this.#with("waiting")) {
      if (this.#options.signal?.aborted) return { state, failure: "the run was stopped" };
      const other = state.job.after?.find((name) => ["failed", "skipped"].includes(this.#state(name).status));
      if (other !== undefined) return { state, failure: `it waits for ${other}, which ${this.#state(other).status}` };
    }
  }

  async #start(state: JobState): Promise<void> {
    const startedAt = new Date();
    state.status = "running";
    state.clock = new JobClock(this.#expectation(state), now());
    this.#tell(state);
    const { run, failure } = await this.#execute(state, state.clock);
    const seconds = now() - state.clock.startedAt;
    const status = failure === undefined ? "ok" : "failed";
    if (status === "ok") await this.#remember(state, run!);
    this.#end(state, { name: state.job.name, status, run, failure, startedAt, seconds, memoryMb: state.memoryMb });
    this.#advance();
  }

  async #execute(state: JobState, clock: JobClock): Promise<{ run?: NotebookRun; failure?: string }> {
    const { job } = state;
    let run: NotebookRun | undefined;
    try {
      await job.prepare?.();
      run = await runNotebook(job.path, {
        ...job,
        environment: { ...this.#options.environment, ...job.environment },
        signal: this.#options.signal,
        onKernel: (processId) => state.processId = processId,
        onProgress: (cell) => {
          state.cell = cell;
          clock.tell(cell, now());
          if (cell.status !== "running") this.#measure([state]);
          this.#tell(state);
        },
      });
      await job.finish?.(run);
      return { run, failure: run.failedCell && inWords(run.failedCell) };
    } catch (error) {
      return { run, failure: (error as Error).message };
    } finally {
      state.processId = undefined; // its number may be another program's soon
    }
  }

  #end(state: JobState, ended: JobRun): void {
    state.status = ended.status;
    state.ended = ended;
    this.#tell(state);
    this.#options.onEnd?.(ended);
  }

  async #remember({ job, parameters, memoryMb }: JobState, { seconds, cells }: NotebookRun): Promise<void> {
    const past = { seconds, memoryMb, cells: Object.fromEntries(cells.map(({ id, seconds }) => [id, seconds])) };
    if (parameters) await this.#options.history.add(job.path, parameters, past);
  }

  #measure(states: readonly JobState[]): void {
    const groups = new Set(states.flatMap(({ processId }) => processId ?? []));
    if (groups.size === 0) return;
    const peaks = peakMemoryMb(groups);
    for (const state of states) {
      const peak = state.processId === undefined ? undefined : peaks.get(state.processId);
      if (peak !== undefined) state.memoryMb = Math.max(peak, state.memoryMb ?? 0);
    }
  }

  #tell(state: JobState): void {
    this.#options.onProgress?.(this.#progressOf(state), () => this.#progress());
  }

  #progress(): JobsProgress {
    const open = [...this.#with("waiting"), ...this.#with("running")];
    const typical = this.#typicalSeconds();
    const isKnown = open.every((state) => this.#secondsLeft(state, typical) !== undefined);
    const left = () => secondsToEnd(this.#demands("waiting"), this.#demands("running"), this.#options);
    return {
      jobs: this.#states.map((state) => this.#progressOf(state)),
      seconds: now() - this.#startedAt,
      secondsLeft: isKnown ? left() : undefined,
      isAbout: open.some((state) => !(state.clock?.estimate(now()) ?? this.#expectation(state))?.isSame),
    };
  }

  #progressOf({ job, status, cell, clock, ended }: JobState): JobProgress {
    const estimate = status === "running" ? clock?.estimate(now()) : undefined;
    return {
      name: job.name,
      status,
      cell,
      share: ended?.status === "ok" ? 1 : estimate?.share ?? 0,
      seconds: ended?.seconds ?? (clock ? now() - clock.startedAt : 0),
      secondsLeft: estimate?.secondsLeft,
      failure: ended?.failure,
    };
  }

  #demands(status: JobState["status"]): Demand[] {
    const typical = this.#typicalSeconds();
    const { cores: allCores, memoryMb: allMemoryMb } = this.#options;
    return this.#with(status).map((state) => {
      const { name, after = [], cores = 1, memoryMb: declaredMb } = state.job;
      const pastMb = this.#expectation(state)?.memoryMb;
      const expectedMb = declaredMb ?? (pastMb === undefined ? allMemoryMb / allCores : pastMb * MEMORY_MARGIN);
      const memoryMb = Math.max(expectedMb, state.memoryMb ?? 0);
      return { name, after, cores, memoryMb, seconds: this.#secondsLeft(state, typical) ?? 1 };
    });
  }

  /** By what it took earlier or by its cells, else as the others do. */
  #secondsLeft(state: JobState, typical: number | undefined): number | undefined {
    return state.clock?.estimate(now()).secondsLeft ?? this.#expectation(state)?.seconds ?? typical;
  }

  /** Mean of the jobs that ended and of those that are far enough to tell. */
  #typicalSeconds(): number | undefined {
    const known = this.#states.flatMap(({ status, clock, ended }) => {
      if (ended?.status === "ok") return [ended.seconds];
      const left = status === "running" ? clock?.estimate(now()).secondsLeft : undefined;
      return left === undefined ? [] : [now() - clock!.startedAt + left];
    });
    return known.length > 0 ? known.reduce((sum, each) => sum + each, 0) / known.length : undefined;
  }

  #expectation({ job, parameters }: JobState): Expectation | undefined {
    return parameters && this.#options.history.find(job.path, parameters);
  }

  #with(status: JobState["status"]): JobState[] {
    return this.#states.filter((state) => state.status === status);
  }

  #state(name: string): JobState {
    return this.#states.find(({ job }) => job.name === name)!;
  }
}

function inWords({ number, errorName, errorMessage }: NonNullable<NotebookRun["failedCell"]>): string {
  return `cell ${number}, ${errorName}: ${errorMessage}`;
}

function now(): number {
  return performance.now() / 1000;
}
