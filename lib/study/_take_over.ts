import { join } from "node:path";
import { CodeGraph } from "@lib/code";
import { readSources } from "@lib/manifest";
import { readRun, type RunFile } from "@lib/notebook";
import { folderOf, madeFrom, nameOf, type Task } from "./_task.ts";
import type { Attempt, FinishedStep } from "./attempt.ts";
import type { RunStudiesOptions, StepRun } from "./run_studies.ts";
import type { Study } from "./study.ts";

/** Notes a step as done if the attempt finished it before, and those that it waits for. */
export async function takeOver(
  task: Task,
  { attempts, done, leftBy, options }: {
    attempts: ReadonlyMap<Study, Attempt>;
    done: Map<string, StepRun>;
    leftBy: Map<string, RunFile>;
    options: RunStudiesOptions;
  },
): Promise<void> {
  const { root, resume, overrides = {} } = options;
  const spec = task.study.steps[task.step];
  if (!resume || Object.keys(overrides).length > 0 || done.has(nameOf(task))) return;
  for (const step of spec.after) {
    await takeOver({ ...task, step }, { attempts, done, leftBy, options });
    if (!done.has(nameOf({ ...task, step }))) return;
  }
  const folder = folderOf(task, options);
  let finished: FinishedStep | undefined;
  try {
    const sources = await readSources(join("notebooks", `${spec.notebook}.ipynb`), new CodeGraph(root));
    finished = await attempts.get(task.study)!.finished(task.step, madeFrom(task, sources, options, leftBy));
    if (finished === undefined) return;
    leftBy.set(nameOf(task), await readRun(join(root, folder)));
  } catch {
    return; // a step that cannot be read is run again, which says what is wrong
  }
  const { startedAt, seconds } = finished;
  const run = leftBy.get(nameOf(task));
  done.set(nameOf(task), { ...task, status: "ok", folder, startedAt, seconds, run, isTakenOver: true });
}
