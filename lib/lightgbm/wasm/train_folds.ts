import type { LightgbmMatrix } from "../lightgbm_matrix.ts";
import type { FoldAnswer, FoldRequest } from "./fold_worker.ts";
import type { LightgbmRows } from "../lightgbm_dataset.ts";
import type { LightgbmSettings } from "../parameter_text.ts";

/** One model to train: what a worker is told, so that it holds data and no functions. */
export interface LightgbmFold {
  /** Rows to train on. */
  readonly train: LightgbmRows;
  /** Rows to stop by. Default: none. */
  readonly stop?: LightgbmRows;
  /** Settings of LightGBM. */
  readonly parameters: LightgbmSettings;
  /** Columns whose values are kinds. Default: none. */
  readonly categorical?: readonly string[];
  /** Rounds, at most. Default 100. */
  readonly rounds?: number;
  /** Stop when the metric on `stop` has not improved for so many rounds. Default: grow all. */
  readonly earlyStoppingRounds?: number;
  /** Rows to forecast with the trained model. Default: none. */
  readonly forecast?: LightgbmMatrix;
}

/** What became of a {@linkcode LightgbmFold}. */
export interface TrainedFold {
  /** The model as text, of the rounds to keep. */
  readonly text: string;
  /** Rounds to keep. */
  readonly rounds: number;
  /** Forecasts of the rows asked for, shape (rows, outputs); empty without. */
  readonly forecast: Float64Array<ArrayBuffer>;
}

/** Options of {@linkcode trainFolds}. */
export interface TrainFoldsOptions {
  /** Workers, each on a thread with a module and memory of its own. Default: one for each processor. */
  workers?: number;
  /** Called after each model with the number done and the number planned. */
  progress?: (done: number, planned: number) => void;
  /** Aborts at once: the workers are ended. */
  signal?: AbortSignal;
}

/**
 * Trains several models at once, each in a worker: folds, seeds, parameter sets. One model uses one thread, so that its
 * bytes do not depend on how many there are.
 *
 * @param module The bytes of `lightgbm.wasm`, or what `WebAssembly.compile` made of them: compiled once for all workers.
 * @returns The models in the order of the folds.
 * @throws {Error} If a fold fails: the first such, with the index of the fold; the others are ended.
 * @throws The signal's reason, if it aborts.
 */
export async function trainFolds(
  module: BufferSource | WebAssembly.Module,
  folds: readonly LightgbmFold[],
  options: TrainFoldsOptions = {},
): Promise<TrainedFold[]> {
  const { workers = await processors(), progress, signal } = options;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RangeError(`Cannot train folds: workers must be an integer of at least 1, current value is ${workers}`);
  }
  signal?.throwIfAborted();
  const compiled = module instanceof WebAssembly.Module ? module : await WebAssembly.compile(module);
  const trained: TrainedFold[] = new Array(folds.length);
  const threads = await Promise.all(Array.from({ length: Math.min(workers, folds.length) }, openThread));
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => stop = () => reject(signal!.reason));
  signal?.addEventListener("abort", stop);
  let [next, done] = [0, 0];
  const work = async (thread: Thread) => {
    while (next < folds.length) {
      const index = next++;
      const answer = await thread.ask({ module: compiled, fold: folds[index] });
      if ("failure" in answer) throw new Error(`Cannot train fold ${index}: ${answer.failure}`);
      trained[index] = answer;
      progress?.(++done, folds.length);
    }
  };
  try {
    await Promise.race([Promise.all(threads.map(work)), stopped]);
    return trained;
  } finally {
    signal?.removeEventListener("abort", stop);
    for (const thread of threads) thread.end();
  }
}

interface Thread {
  ask(request: FoldRequest): Promise<FoldAnswer>;
  end(): void;
}

// A package holds the worker as JavaScript.
const workerUrl = new URL(import.meta.url.endsWith(".ts") ? "./fold_worker.ts" : "./fold_worker.js", import.meta.url);

/** A worker of the browser and of Deno, or where there is none, of Node. */
async function openThread(): Promise<Thread> {
  let settle: { resolve: (answer: FoldAnswer) => void; reject: (error: Error) => void };
  const ask = (post: (request: FoldRequest) => void) => (request: FoldRequest) => {
    const answered = new Promise<FoldAnswer>((resolve, reject) => settle = { resolve, reject });
    post(request);
    return answered;
  };
  if (typeof Worker === "function") {
    const worker = new Worker(workerUrl, { type: "module" });
    worker.onmessage = ({ data }) => settle.resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      settle.reject(new Error(`Cannot train folds: the worker must run, it says "${event.message}"`));
    };
    return { ask: ask((request) => worker.postMessage(request)), end: () => worker.terminate() };
  }
  const { Worker: NodeWorker } = await import(nodeModules.workers);
  const worker = new NodeWorker(workerUrl);
  worker.on("message", (answer: FoldAnswer) => settle.resolve(answer));
  worker.on("error", (error: Error) => settle.reject(error));
  return { ask: ask((request) => worker.postMessage(request)), end: () => void worker.terminate() };
}

// Not written where bundlers for browsers would look for them.
const nodeModules = { workers: "node:worker_threads", system: "node:os" };

async function processors(): Promise<number> {
  return globalThis.navigator?.hardwareConcurrency ?? (await import(nodeModules.system)).availableParallelism();
}
