import { type Experiment, type Outcome, repetitionSeed } from "./experiment.ts";

/** Some repetitions of an experiment, counted from 0. */
export interface RepeatExperimentOptions {
  first?: number;
  count: number;
}

/**
 * Repeats an experiment in this thread.
 *
 * @throws {Error} If a repetition fails: with its number, so that it can be looked at alone.
 */
export async function repeatExperiment(
  experiment: Experiment,
  { first = 0, count }: RepeatExperimentOptions,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let repetition = first; repetition < first + count; repetition++) {
    try {
      outcomes.push(await experiment.run(repetitionSeed(experiment.name, repetition)));
    } catch (cause) {
      const words = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`Cannot repeat ${experiment.name}: repetition ${repetition} must end, it said: ${words}`, {
        cause,
      });
    }
  }
  return outcomes;
}
