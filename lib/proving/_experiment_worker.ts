import type { Outcome } from "./experiment.ts";

/** Some repetitions of an experiment, found by its name. */
export interface Repetitions {
  name: string;
  first: number;
  count: number;
}

/** What a worker answers. */
export type WorkerAnswer = { outcomes: Outcome[] } | { error: string };

/** A thread of its own that repeats experiments, one request at a time. Ends with `using`. */
export class ExperimentWorker implements Disposable {
  readonly #worker = new Worker(new URL("./_repeat_experiments.ts", import.meta.url), { type: "module" });

  /** Asks for repetitions; an abort leaves the thread computing until it is disposed of. */
  async repeat(repetitions: Repetitions, signal: AbortSignal): Promise<Outcome[]> {
    const { promise, resolve, reject } = Promise.withResolvers<Outcome[]>();
    const abort = () => reject(signal.reason);
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) =>
      "error" in data ? reject(new Error(data.error)) : resolve(data.outcomes);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(`Cannot repeat ${repetitions.name}: ${event.message}`));
    };
    signal.addEventListener("abort", abort, { once: true });
    try {
      this.#worker.postMessage(repetitions);
      return await promise;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  }

  [Symbol.dispose](): void {
    this.#worker.terminate();
  }
}
