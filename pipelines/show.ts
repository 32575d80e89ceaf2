import { stepResult, type StepRun } from "@lib/study";
import type { RecordOutcome } from "@lib/tracking";
import { chalk } from "zx";
import type { StepComparison } from "./compare_with_recorded.ts";
import { printTable } from "./print_table.ts";

/** Prints one line a step: its headline with interval, and the verdict. */
export function showResults(steps: readonly StepRun[]): void {
  const rows = steps.map((stepRun) => {
    const { study, step, run, status, failure } = stepRun;
    if (run === undefined) return [`${study.name}/${step}`, status, "", "", chalk.red(failure ?? "")];
    const { headline: wanted } = study.steps[step];
    if (run.metrics[wanted] === undefined) { // on data of one's own there may be nothing to measure
      return [`${study.name}/${step}`, wanted.replaceAll("_", " "), "none", "none", run.tags.verdict ?? "not judged"];
    }
    const { headline, value, interval, verdict } = stepResult(study, step, run);
    return [`${study.name}/${step}`, headline, value, interval, verdict];
  });
  printTable(["study/step", "measure", "value", "95 % interval", "verdict"], rows);
}

/** Prints how the artifacts stand to the record: a count a step, and every one that is not identical. */
export function showComparisons(comparisons: readonly StepComparison[]): void {
  if (comparisons.length === 0) return;
  const steps = [...new Set(comparisons.map(({ study, step }) => `${study}/${step}`))];
  const rows = steps.map((name) => {
    const own = comparisons.filter(({ study, step }) => `${study}/${step}` === name);
    const count = (state: string) => String(own.filter((comparison) => comparison.state === state).length);
    return [name, count("identical"), count("within tolerance"), count("differs"), count("missing"), count("new")];
  });
  printTable(["artifacts", "identical", "within tolerance", "differ", "missing", "new"], rows);
  for (const { study, step, artifact, state, detail } of comparisons) {
    if (state !== "identical") console.log(`${study}/${step} ${artifact}: ${state}: ${detail}`);
  }
}

/** Says how many runs MLflow has, and what became of the others. */
export function showTracking(outcomes: readonly RecordOutcome[]): void {
  const kept = outcomes.flatMap((outcome) => outcome.outcome === "recorded" ? [] : [outcome]);
  console.log(`\nMLflow: ${outcomes.length - kept.length} runs recorded; make mlflow shows them.`);
  if (kept.length === 0) return;
  console.log(chalk.yellow(`${kept.length} runs are kept on disk until the server takes them: ${kept[0].reason}`));
}
