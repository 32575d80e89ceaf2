import type { Explanation } from "@lib/difference";
import { stepResult, type StepRun } from "@lib/study";
import type { RecordOutcome } from "@lib/tracking";
import { chalk } from "zx";
import type { StepComparison } from "./compare_with_recorded.ts";
import { printTable } from "./print_table.ts";

/** Prints one line a step: its headline with interval, trials and verdict; then why those that did not pass did not. */
export function showResults(steps: readonly StepRun[]): void {
  const rows = steps.map((stepRun) => {
    const { study, step, run, status, failure } = stepRun;
    if (run === undefined) return [`${study.name}/${step}`, status, "", "", "", "", chalk.red(failure ?? "")];
    const { headline: wanted } = study.steps[step];
    if (run.metrics[wanted] === undefined) { // on data of one's own there may be nothing to measure
      const measure = wanted.replaceAll("_", " ");
      return [`${study.name}/${step}`, measure, "none", "none", "none", "none", run.tags.verdict ?? "not judged"];
    }
    const { headline, value, interval, trials, deflated, verdict } = stepResult(study, step, run);
    return [`${study.name}/${step}`, headline, value, interval, trials, deflated, verdict];
  });
  printTable(["study/step", "measure", "value", "95 % interval", "trials", "deflated", "verdict"], rows);
  for (const { study, step, run } of steps) {
    const { verdict = "pass", reasons = "no reason was left" } = run?.tags ?? {};
    if (verdict !== "pass") console.log(`${chalk.bold(`${study.name}/${step}`)} ${verdict}: ${reasons}`);
  }
}

/** Prints how the artifacts stand to the record: a count a step, every one that is not identical, and why. */
export function showComparisons(compared: readonly StepComparison[]): void {
  if (compared.length === 0) return;
  const rows = compared.map(({ study, step, comparisons }) => {
    const count = (state: string) => String(comparisons.filter((comparison) => comparison.state === state).length);
    const counts = ["identical", "within tolerance", "differs", "missing", "new"].map(count);
    return [`${study}/${step}`, ...counts];
  });
  printTable(["artifacts", "identical", "within tolerance", "differ", "missing", "new"], rows);
  for (const { study, step, comparisons, explanation } of compared) {
    const others = comparisons.filter(({ state }) => state !== "identical");
    if (others.length === 0) continue;
    console.log(`\n${chalk.bold(`${study}/${step}`)}`);
    for (const { artifact, state, detail } of others) console.log(`  ${artifact}: ${state}: ${detail}`);
    if (explanation !== undefined) showExplanation(explanation, others.length);
    else if (others.some(({ state }) => state === "differs")) {
      console.log("  cause: not known, there is no manifest of the recorded run or of this one");
    }
  }
}

function showExplanation({ earliest, causes }: Explanation, differing: number): void {
  if (earliest !== undefined) console.log(`  earliest difference: ${earliest}`);
  for (const { sentence, artifacts } of causes) {
    const only = artifacts.length < differing ? ` (of ${artifacts.join(", ")} only)` : "";
    console.log(chalk.yellow(`  ${causes.length > 1 ? "possible cause" : "cause"}: ${sentence}${only}`));
  }
}

/** Says how many runs MLflow has, and what became of the others. */
export function showTracking(outcomes: readonly RecordOutcome[]): void {
  const kept = outcomes.flatMap((outcome) => outcome.outcome === "recorded" ? [] : [outcome]);
  console.log(`\nMLflow: ${outcomes.length - kept.length} runs recorded; make mlflow shows them.`);
  if (kept.length === 0) return;
  console.log(chalk.yellow(`${kept.length} runs are kept on disk until the server takes them: ${kept[0].reason}`));
}
