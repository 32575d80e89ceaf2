import { relative } from "node:path";
import { clockText, describeFault, type JobRun, type SweepJob } from "@lib/runner";
import { chalk } from "zx";
import { printTable } from "./print_table.ts";

/** Says how notebooks ended: what failed with its error, then where the pages are; of several, in a table. */
export function showRuns(jobs: readonly SweepJob[], runs: readonly JobRun[]): void {
  for (const [i, ended] of runs.entries()) if (ended.status === "failed") showFailure(jobs[i].path, ended);
  const found = runs.flatMap(({ run }) => run?.faults ?? []).filter(({ kind }) => kind === "lint").map(describeFault);
  for (const finding of new Set(found)) console.error(chalk.yellow(`lint: ${finding}`));
  if (jobs.length === 1) {
    const [{ path, executedPath, pagePath }] = jobs;
    const [{ status, run }] = runs;
    if (status === "ok") console.log(chalk.green(`\n${path}: all cells ran in ${run!.seconds.toFixed(1)} s`));
    if (run) console.log(`${relative(".", executedPath)}\n${relative(".", pagePath)}`);
    return;
  }
  const names = [...new Set(jobs.flatMap(({ swept }) => Object.keys(swept)))];
  const rows = jobs.map(({ path, pagePath, swept }, i) => {
    const { status, run, seconds, memoryMb, failure = "" } = runs[i];
    const left = status === "skipped" ? failure : run ? relative(".", pagePath) : "";
    const mark = status === "ok" ? chalk.green(status) : chalk.red(run?.status ?? status);
    const memory = memoryMb === undefined ? "" : `${memoryMb.toFixed(0)} MB`;
    return [path, ...names.map((name) => swept[name] ?? ""), mark, clockText(seconds), memory, left];
  });
  printTable(["notebook", ...names, "ended", "time", "memory", "page"], rows);
}

function showFailure(path: string, { run, failure }: JobRun): void {
  if (run?.failedCell === undefined) return console.error(chalk.red(`\n${path}: ${failure}`));
  const { number, id, errorName, errorMessage, traceback } = run.failedCell;
  console.error(chalk.red(`\n${path}: ${run.status} in cell ${number} (id ${id}): ${errorName}: ${errorMessage}`));
  const text = traceback.join("\n");
  if (text !== "") console.error(chalk.dim(text));
}
