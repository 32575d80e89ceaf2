/**
 * Runs a step of a study again and again in other circumstances, in each from the start, and says whether it leaves the
 * same bytes: on one core and with many threads, with other locales, time zones, folders, file orders, memory, and on
 * other processors as far as they can be had by masking features and by emulation (`qemu-x86_64`, if it is installed).
 *
 * Reads the study's spec; leaves nothing but what it prints. Some minutes. A step that reads the files of others cannot
 * be chosen.
 *
 *   make elsewhere                          bars/horizon_5
 *   make elsewhere STEP=in_sample_trap/trap
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { repositoryPath } from "@lib/core";
import { readStudies } from "@lib/study";
import { chalk } from "zx";
import { anotherFolder, orderedFiles } from "./elsewhere/other_folders.ts";
import { runScene } from "./elsewhere/run_scene.ts";
import { emulated, type Scene, scenes } from "./elsewhere/scene.ts";
import { showScenes } from "./elsewhere/show_scenes.ts";

const MEMORY_FOLDER = "/dev/shm";

async function elsewhere(): Promise<number> {
  const { values } = parseArgs({
    options: { step: { type: "string", default: "bars/horizon_5" }, parallel: { type: "string", default: "2" } },
  });
  const [studyName, stepName] = values.step.split("/");
  const [study] = await readStudies(repositoryPath("experiments"), [studyName]);
  const step = study.steps[stepName];
  if (step === undefined || step.after.length > 0) {
    const known = Object.entries(study.steps).flatMap(([name, { after }]) => after.length === 0 ? [name] : []);
    throw new RangeError(
      `Cannot run elsewhere: STEP must be a step that reads no other's files, such as ` +
        `${known.map((name) => `${studyName}/${name}`).join(", ")}, current value is ${values.step}`,
    );
  }
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => stop.abort());
  const folder = await Deno.makeTempDir({ prefix: "elsewhere-" });
  const inMemory = await Deno.makeTempDir({ dir: MEMORY_FOLDER, prefix: "elsewhere-" }).catch(() => undefined);
  try {
    const wanted: Scene[] = [...scenes, await anotherFolder(folder)];
    if (step.parameters.market === "bars" && inMemory !== undefined) wanted.push(...await orderedFiles(inMemory));
    const results = await inLanes([emulated, ...wanted], Number(values.parallel), async (scene, i) => {
      const result = await runScene(scene, {
        notebook: `notebooks/${step.notebook}.ipynb`,
        parameters: step.parameters,
        outputFolder: join(folder, `run ${i}`),
        signal: stop.signal,
      });
      console.log(chalk.dim(`${scene.name}: ${result.seconds.toFixed(0)} s`));
      return result;
    });
    const same = showScenes(values.step, [...results.slice(1), results[0]]);
    return stop.signal.aborted ? 130 : same ? 0 : 1;
  } finally {
    for (const used of [folder, inMemory]) if (used !== undefined) await Deno.remove(used, { recursive: true });
  }
}

/** The results of tasks in their order, several at a time; the long one goes first. */
async function inLanes<Task, Result>(
  tasks: readonly Task[],
  lanes: number,
  run: (task: Task, i: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = tasks.entries();
  await Promise.all(Array.from({ length: lanes }, async () => {
    for (const [i, task] of queue) results[i] = await run(task, i);
  }));
  return results;
}

if (import.meta.main) {
  const code = await elsewhere().catch((error: Error) => {
    console.error(chalk.red(error.message));
    return 1;
  });
  Deno.exit(code);
}
