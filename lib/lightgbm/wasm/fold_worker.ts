import "./_dispose_symbol.ts";
import { growTrees } from "../grow_trees.ts";
import { LightgbmBooster } from "../lightgbm_booster.ts";
import { LightgbmDataset } from "../lightgbm_dataset.ts";
import type { LightgbmInterface } from "../lightgbm_interface.ts";
import { loadWasmLightgbm } from "./load_wasm_lightgbm.ts";
import type { LightgbmFold, TrainedFold } from "./train_folds.ts";

/** What a worker is asked. */
export interface FoldRequest {
  readonly module: WebAssembly.Module;
  readonly fold: LightgbmFold;
}

/** What it answers. */
export type FoldAnswer = TrainedFold | { readonly failure: string };

let lightgbm: Promise<LightgbmInterface> | undefined;

async function answer({ module, fold }: FoldRequest): Promise<FoldAnswer> {
  try {
    return await trainFold(await (lightgbm ??= loadWasmLightgbm(module)), fold);
  } catch (error) {
    return { failure: (error as Error).message };
  }
}

async function trainFold(lightgbm: LightgbmInterface, fold: LightgbmFold): Promise<TrainedFold> {
  const { parameters, categorical, earlyStoppingRounds } = fold;
  using train = new LightgbmDataset(lightgbm, fold.train, { parameters, categorical });
  using stop = fold.stop && new LightgbmDataset(lightgbm, fold.stop, { parameters, categorical, reference: train });
  using booster = LightgbmBooster.onData(train, parameters, stop ? [stop] : []);
  const rounds = await growTrees(booster, { rounds: fold.rounds, earlyStoppingRounds });
  const forecast = fold.forecast ? booster.predict(fold.forecast, { rounds }) : new Float64Array(0);
  return { text: booster.text(rounds), rounds, forecast };
}

/** The thread that started this one, as browsers and Deno show it. */
interface Scope {
  onmessage: (event: { data: FoldRequest }) => void;
  postMessage(answer: FoldAnswer): void;
}

if (typeof (globalThis as { WorkerGlobalScope?: unknown }).WorkerGlobalScope === "function") {
  const scope = globalThis as unknown as Scope;
  scope.onmessage = async ({ data }) => scope.postMessage(await answer(data));
} else {
  const threads = "node:worker_threads"; // not written where bundlers for browsers would look for it
  const { parentPort } = await import(threads);
  parentPort.on("message", async (request: FoldRequest) => parentPort.postMessage(await answer(request)));
}
