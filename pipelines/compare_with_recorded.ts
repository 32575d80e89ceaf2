import { repositoryPath } from "@lib/core";
import { compareStep, type Comparison, readRecorded, recordedStep, type StepRun } from "@lib/study";

/** A comparison, and the step it belongs to. */
export type StepComparison = Comparison & { study: string; step: string };

/** Compares each step that went through with experiments/<study>/recorded.json. */
export async function compareWithRecorded(steps: readonly StepRun[]): Promise<StepComparison[]> {
  const comparisons: StepComparison[] = [];
  for (const { study, step, run, folder } of steps) {
    if (run === undefined) continue;
    const recorded = await readRecorded(repositoryPath("experiments", study.name, "recorded.json"));
    const actual = await recordedStep(run, repositoryPath(folder));
    const before = recorded?.steps[step];
    const found = before === undefined
      ? [
        {
          artifact: "everything",
          state: "new",
          detail: `not recorded; make record STUDY=${study.name} accepts it`,
        } as const,
      ]
      : compareStep(actual, before, study.tolerances);
    comparisons.push(...found.map((comparison) => ({ study: study.name, step, ...comparison })));
  }
  return comparisons;
}
