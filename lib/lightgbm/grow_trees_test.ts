import assert from "node:assert/strict";
import { growTrees } from "./grow_trees.ts";
import { LightgbmBooster } from "./lightgbm_booster.ts";
import { LightgbmDataset } from "./lightgbm_dataset.ts";
import { nativeLightgbm } from "./native_lightgbm.ts";
import type { LightgbmSettings } from "./parameter_text.ts";

const values = Float64Array.from({ length: 120 }, (_, row) => (row * 47) % 120);
const features = { values, rows: 120, columns: ["rank"] };
const target = values.map((value) => Number(value > 60));

/** A model on the rows above, to stop by the same rows or the opposite. */
function start(change: LightgbmSettings, stopTarget = target): LightgbmBooster {
  const parameters = { verbosity: -1, seed: 1, min_data_in_leaf: 5, ...change };
  const train = new LightgbmDataset(nativeLightgbm(), { features, target }, { parameters });
  const stop = new LightgbmDataset(nativeLightgbm(), { features, target: stopTarget }, {
    parameters,
    reference: train,
  });
  return LightgbmBooster.onData(train, parameters, [stop]);
}

Deno.test("growTrees() grows all rounds unless it is to stop", async () => {
  using model = start({});
  const seen: string[] = [];
  const pause = () => Promise.resolve(seen.push("pause"));
  const rounds = await growTrees(model, {
    rounds: 3,
    progress: (done, planned) => seen.push(`${done}/${planned}`),
    pause,
  });
  assert.deepEqual([rounds, model.rounds], [3, 3]);
  assert.deepEqual(seen, ["1/3", "pause", "2/3", "pause", "3/3", "pause"]);
});

Deno.test("growTrees() knows which metrics are to be large", async () => {
  const opposite = target.map((value) => 1 - value);
  for (
    const [metric, stopTarget, kept] of [
      ["auc", opposite, 1], // never better than at first
      ["binary_logloss", opposite, 1],
      ["binary_logloss", target, 8],
    ] as const
  ) {
    using model = start({ objective: "binary", metric }, stopTarget);
    assert.equal(await growTrees(model, { rounds: 8, earlyStoppingRounds: 3 }), kept, metric);
    assert.equal(model.rounds, kept === 1 ? 4 : 8, metric);
  }
  // separated by the first tree, the area is as large as can be: nothing improves
  using separated = start({ objective: "binary", metric: "auc" });
  assert.equal(await growTrees(separated, { rounds: 8, earlyStoppingRounds: 3 }), 1);
});

Deno.test("growTrees() takes a loss of its own, and derivatives", async () => {
  using model = start({ objective: "custom" });
  let called = 0;
  const derivatives = (scores: Float64Array) => ({
    gradient: scores.map((score, row) => score - target[row]),
    hessian: new Float64Array(120).fill(1),
  });
  const loss = () => Math.abs(++called - 2);
  assert.equal(await growTrees(model, { rounds: 9, derivatives, earlyStoppingRounds: 2, loss }), 2);
  assert.deepEqual([called, model.rounds], [4, 4]);
});

Deno.test("growTrees() refuses to stop by nothing, and ends when told to", async () => {
  using model = start({ metric: "none" });
  await assert.rejects(growTrees(model, { earlyStoppingRounds: 2 }), {
    name: "RangeError",
    message: /must be a metric/,
  });
  const abort = new AbortController();
  const pause = () => Promise.resolve(abort.abort(new Error("enough")));
  await assert.rejects(growTrees(model, { signal: abort.signal, pause }), { message: "enough" });
  assert.equal(model.rounds, 1);
});
