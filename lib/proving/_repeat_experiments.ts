/** The inside of a worker: takes names and numbers of repetitions, answers with their outcomes. */
import type { Repetitions, WorkerAnswer } from "./_experiment_worker.ts";
import { ALL_EXPERIMENTS } from "./all_experiments.ts";
import { repeatExperiment } from "./repeat_experiment.ts";

interface WorkerScope {
  onmessage: (event: MessageEvent<Repetitions>) => void;
  postMessage: (answer: WorkerAnswer) => void;
}

const scope = globalThis as unknown as WorkerScope;

async function answerOf({ name, first, count }: Repetitions): Promise<WorkerAnswer> {
  const experiment = ALL_EXPERIMENTS.find((each) => each.name === name);
  if (experiment === undefined) {
    return { error: `Cannot repeat an experiment: its name must be one of all experiments, current value is ${name}` };
  }
  try {
    return { outcomes: await repeatExperiment(experiment, { first, count }) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

scope.onmessage = async ({ data }) => scope.postMessage(await answerOf(data));
