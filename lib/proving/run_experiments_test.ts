import assert from "node:assert/strict";
import { join } from "node:path";
import { ALL_EXPERIMENTS } from "./all_experiments.ts";
import type { Experiment } from "./experiment.ts";
import { repeatExperiment } from "./repeat_experiment.ts";
import { type ExperimentsProgress, runExperiments } from "./run_experiments.ts";

const named = (name: string): Experiment => ALL_EXPERIMENTS.find((each) => each.name === name)!;
const experiments = ["Clark-West", "Best of many"]
  .map((name) => ({ ...named(name), repetitions: 25, repetitionsPerPart: 10 }));

async function partsIn(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name: own } of Deno.readDir(folder)) {
    for await (const { name } of Deno.readDir(join(folder, own))) paths.push(join(folder, own, name));
  }
  return paths.sort();
}

Deno.test("`runExperiments()` gives the same with two workers, with one, and after a cut", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const clock = () => 0;
    const first = await runExperiments(experiments, { folder, workers: 2, clock });
    const alone = await Promise.all(experiments.map((each) => repeatExperiment(each, { count: 25 })));
    assert.deepEqual([...first.values()], alone);

    const parts = await partsIn(folder);
    assert.equal(parts.length, 6);
    await Deno.remove(parts[0]);
    await Deno.writeTextFile(parts[3], "{ half a part");
    const heard: ExperimentsProgress[] = [];
    const again = await runExperiments(experiments, { folder, workers: 1, clock, onProgress: (p) => heard.push(p) });
    assert.deepEqual(again, first);
    assert.deepEqual(heard.map(({ partsDone, partsKept }) => [partsDone, partsKept]), [[5, 4], [6, 4]]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("`runExperiments()` ends when it is told to, and says which experiment nobody knows", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await assert.rejects(
      runExperiments([{ ...experiments[0], name: "unknown" }], { folder }),
      /its name must be one of all experiments, current value is unknown/,
    );
    const signal = AbortSignal.abort(new Error("enough"));
    await assert.rejects(runExperiments(experiments, { folder, signal }), /enough/);
    await assert.rejects(runExperiments(experiments, { folder, workers: 0 }), /workers must be an integer/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
