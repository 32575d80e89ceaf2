import { join } from "node:path";
import { checkInteger, sha256, stableJson, writeAtomically } from "@lib/core";
import type { Experiment, Outcome } from "./experiment.ts";
import { ExperimentWorker } from "./_experiment_worker.ts";

/** How far a run of experiments is. */
export interface ExperimentsProgress {
  partsDone: number;
  parts: number;
  /** Of the parts done, those that an earlier run had left. */
  partsKept: number;
  secondsLeft: number | undefined;
  /** Name of the experiment of which a part has just ended. */
  experiment: string;
}

/** Options of {@linkcode runExperiments}. */
export interface RunExperimentsOptions {
  /** Where finished parts are kept. What is found there is believed: it must belong to the same code. */
  folder: string;
  /** Processes side by side. Default 2. */
  workers?: number;
  /** Called when a part has ended. */
  onProgress?: (progress: ExperimentsProgress) => void;
  /** Ends the run; the parts that are finished stay. */
  signal?: AbortSignal;
  /** Milliseconds of a clock, for the time left only. Default `performance.now`. */
  clock?: () => number;
}

interface Part {
  experiment: Experiment;
  first: number;
  count: number;
  path: string;
}

/**
 * Runs every repetition of experiments in workers, part by part, and keeps each finished part: a run that was cut off
 * goes on where it was. What comes out does not depend on the number of workers, nor on cuts.
 *
 * @param experiments Members of `ALL_EXPERIMENTS`, perhaps with other numbers of repetitions: workers find them by name.
 * @returns The outcomes of each experiment by its name, in the order of the repetitions.
 * @throws {Error} If a repetition fails, in its words; or the signal's reason.
 */
export async function runExperiments(
  experiments: readonly Experiment[],
  { folder, workers = 2, onProgress, signal, clock = () => performance.now() }: RunExperimentsOptions,
): Promise<Map<string, Outcome[]>> {
  checkInteger("run experiments", "workers", workers, { least: 1 });
  const parts = experiments.flatMap((experiment) => partsOf(experiment, folder));
  const outcomes = new Map<Part, Outcome[]>();
  for (const part of parts) {
    const kept = await readPart(part);
    if (kept !== undefined) outcomes.set(part, kept);
  }
  const partsKept = outcomes.size;
  const waiting = parts.filter((part) => !outcomes.has(part));
  const costOf = (some: readonly Part[]) =>
    some.reduce((sum, { experiment, count }) => sum + experiment.milliseconds * count, 0);
  const [started, whole] = [clock(), costOf(waiting)];

  const stop = new AbortController();
  const stopped = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])]);
  const queue = [...waiting];
  const work = async () => {
    using worker = new ExperimentWorker();
    for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
      stopped.throwIfAborted();
      const { experiment: { name }, first, count, path } = part;
      const done = await worker.repeat({ name, first, count }, stopped);
      await writeAtomically(path, stableJson({ experiment: name, first, outcomes: done }));
      outcomes.set(part, done);
      const left = costOf(waiting.filter((each) => !outcomes.has(each)));
      const secondsLeft = left === 0 ? 0 : (clock() - started) / 1000 * left / (whole - left);
      onProgress?.({ partsDone: outcomes.size, parts: parts.length, partsKept, secondsLeft, experiment: name });
    }
  };
  const lanes = Array.from({ length: Math.min(workers, waiting.length) }, async () => {
    try {
      await work();
    } catch (error) {
      stop.abort(error); // the other lanes have no reason to go on
      throw error;
    }
  });
  const ended = await Promise.allSettled(lanes);
  signal?.throwIfAborted();
  for (const lane of ended) if (lane.status === "rejected") throw lane.reason;
  return new Map(experiments.map((experiment) => [
    experiment.name,
    parts.filter((part) => part.experiment === experiment).flatMap((part) => outcomes.get(part)!),
  ]));
}

function partsOf(experiment: Experiment, folder: string): Part[] {
  const { name, repetitions, repetitionsPerPart } = experiment;
  return Array.from({ length: Math.ceil(repetitions / repetitionsPerPart) }, (_, part) => {
    const first = part * repetitionsPerPart;
    const count = Math.min(repetitionsPerPart, repetitions - first);
    return { experiment, first, count, path: join(folder, sha256(name).slice(0, 12), `${first}_${count}.json`) };
  });
}

/** A kept part; undefined where there is none, or what is there is not one. */
async function readPart({ experiment, first, count, path }: Part): Promise<Outcome[] | undefined> {
  const text = await Deno.readTextFile(path).catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const kept = JSON.parse(text);
    const fits = kept.experiment === experiment.name && kept.first === first && kept.outcomes.length === count;
    return fits ? kept.outcomes : undefined;
  } catch {
    return undefined;
  }
}
