import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { repositoryPath } from "@lib/core";
import { readRun, type RunFile } from "@lib/notebook";
import type { Study } from "@lib/study";

/** What is killed without warning: the kernels, the program that runs them, or all of them in the same moment. */
export type Victim = "kernels" | "runner" | "all";

/** What came of a run that was killed and begun again. */
export interface Resumed {
  /** Steps of the study and of its notebooks that were finished when the first run had ended. */
  finished: string[];
  /** Those of them that were done again all the same. */
  doneAgain: string[];
  /** Artifacts that are not as in the undisturbed run. */
  different: string[];
}

/** Hashes of the artifacts of a study by step and path. */
export type Artifacts = Record<string, string>;

const PROGRAM = fileURLToPath(new URL("run_study.ts", import.meta.url));
const STORE = repositoryPath("data", "derived", "steps", "attempts");

/** Runs a study to its end in a folder, undisturbed. */
export async function undisturbed(study: Study, folder: string): Promise<Artifacts> {
  const { success } = await start(study, folder).status;
  if (!success) throw new Error(`Cannot measure: the study ${study.name} must go through undisturbed`);
  return artifactsOf(await runsOf(study, folder));
}

/**
 * Runs a study in an empty folder, kills what `victim` says as soon as `moment` has come, and runs it again to its end.
 */
export async function killAndResume(
  study: Study,
  { folder, victim, moment, expected }: {
    folder: string;
    victim: Victim;
    moment: (folder: string) => Promise<unknown>;
    expected: Artifacts;
  },
): Promise<Resumed> {
  const first = start(study, folder);
  const ended = first.status.then(() => true);
  await Promise.race([moment(folder), ended]);
  const processes = await descendants(first.pid);
  kill(victim === "runner" ? [first.pid] : victim === "kernels" ? processes.kernels : [first.pid, ...processes.all]);
  await ended;
  while (processes.kernels.some(isAlive)) await pause(10); // its watcher ends a kernel that lost its runner
  const before = await finishedSteps(study, folder);
  const { success } = await start(study, folder).status;
  if (!success) throw new Error(`Cannot go on: the study ${study.name} must go through after it was killed`);
  const runs = await runsOf(study, folder);
  const doneAgain = Object.entries(runs).flatMap(([step, run]) =>
    run.steps.filter(({ key, outcome }) => before.keys.has(key) && outcome !== "kept" && !before.steps.has(step))
      .map(({ name }) => `${step}: ${name}`)
  );
  for (const [step, written] of before.steps) {
    if ((await writtenAt(folder, study, step)) !== written) doneAgain.push(step);
  }
  const artifacts = artifactsOf(runs);
  const different = [...new Set([...Object.keys(expected), ...Object.keys(artifacts)])]
    .filter((path) => expected[path] !== artifacts[path]);
  return { finished: [...before.steps.keys(), ...before.keys], doneAgain, different };
}

/** How many steps of notebooks the attempt of a study has noted as done. */
export async function notedSteps(study: Study, folder: string): Promise<number> {
  return (await finishedSteps(study, folder)).keys.size;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function start(study: Study, folder: string): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", PROGRAM, JSON.stringify(study), relative(repositoryPath(), folder)],
    cwd: repositoryPath(),
    stdout: "null",
    stderr: "null",
    detached: true,
  }).spawn();
}

async function runsOf(study: Study, folder: string): Promise<Record<string, RunFile>> {
  const runs = Object.keys(study.steps).map(async (step) => [step, await readRun(join(folder, study.name, step))]);
  return Object.fromEntries(await Promise.all(runs));
}

function artifactsOf(runs: Record<string, RunFile>): Artifacts {
  return Object.fromEntries(
    Object.entries(runs).flatMap(([step, { artifacts }]) =>
      artifacts.map(({ path, sha256 }) => [`${step}/${path}`, sha256])
    ),
  );
}

/** Steps of the study with the time at which they were written, and keys of steps of notebooks. */
async function finishedSteps(study: Study, folder: string): Promise<{ steps: Map<string, number>; keys: Set<string> }> {
  const text = await Deno.readTextFile(join(folder, study.name, "attempt.json")).catch(() => undefined);
  if (text === undefined) return { steps: new Map(), keys: new Set() };
  const attempt: { id: string; steps: Record<string, unknown> } = JSON.parse(text);
  const steps = Object.keys(attempt.steps).map(async (step) => [step, await writtenAt(folder, study, step)] as const);
  const keys = await Array.fromAsync(Deno.readDir(join(STORE, attempt.id)), ({ name }) => name).catch(() => []);
  return { steps: new Map(await Promise.all(steps)), keys: new Set(keys.filter((name) => !name.endsWith(".part"))) };
}

async function writtenAt(folder: string, study: Study, step: string): Promise<number> {
  return (await Deno.stat(join(folder, study.name, step, "run.json"))).mtime!.getTime();
}

/** The processes below one, and the kernels among them. */
async function descendants(processId: number): Promise<{ all: number[]; kernels: number[] }> {
  const parents = new Map<number, number>();
  for await (const { name } of Deno.readDir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const state = await Deno.readTextFile(`/proc/${name}/stat`).catch(() => "");
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(state)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (id: number): boolean => {
    const parent = parents.get(id);
    return parent !== undefined && (parent === processId || isBelow(parent));
  };
  const all = [...parents.keys()].filter(isBelow);
  const kernels = [];
  for (const id of all) {
    const command = await Deno.readTextFile(`/proc/${id}/cmdline`).catch(() => "");
    if (["jupyter", "--kernel"].every((argument) => command.split("\0").includes(argument))) kernels.push(id);
  }
  return { all, kernels };
}

/** Stops all before it kills the first, so that none can see another end. */
function kill(processIds: readonly number[]): void {
  for (const signal of ["SIGSTOP", "SIGKILL"] as const) {
    for (const id of processIds) {
      try {
        Deno.kill(id, signal);
      } catch { // it has ended by itself
      }
    }
  }
}

function isAlive(processId: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(Deno.readTextFileSync(`/proc/${processId}/stat`));
  } catch {
    return false;
  }
}
