/**
 * Fits one engine on the rows in a folder and prints what it took, as JSON. Called by engines.ts, each time in a process
 * of its own, so that peaks of memory are its own too: deno run -A one_engine.ts ENGINE FOLDER
 */
import { join } from "node:path";
import { sha256 } from "@lib/core";
import type { Matrix, TrainingRows } from "@lib/dataset";
import {
  fitLightgbm,
  fitRidge,
  fitXgboost,
  type Forecaster,
  LightgbmForecaster,
  type LightgbmParameters,
  type XgboostParameters,
} from "@lib/models";

/** What engines.ts writes beside the rows. */
export interface BenchSettings {
  rows: number;
  columns: number;
  rounds: number;
  threads: number;
  seed: number;
  singleRows: number;
  parameters: { lightgbm: LightgbmParameters; xgboost: XgboostParameters };
}

/** What a process says of its engine. */
export interface BenchResult {
  engine: string;
  trainSeconds: number;
  singleMicroseconds: number;
  batchMicroseconds: number;
  trainMegabytes: number;
  peakMegabytes: number;
  forecastSha256: string;
}

/** Every engine of ours, by the name that engines.ts calls it by. */
export const engines: Readonly<Record<string, (rows: TrainingRows, settings: BenchSettings) => Promise<Forecaster>>> = {
  "lightgbm native": (rows, { parameters, rounds, threads, seed }) =>
    fitLightgbm(rows, { parameters: parameters.lightgbm, rounds, threads, seed, engine: "native" }),
  "lightgbm wasm": (rows, { parameters, rounds, seed }) =>
    fitLightgbm(rows, { parameters: parameters.lightgbm, rounds, seed, engine: "wasm" }),
  xgboost: (rows, { parameters, rounds, threads, seed }) =>
    fitXgboost(rows, { parameters: parameters.xgboost, rounds, threads, seed }),
  ridge: (rows, { seed }) => fitRidge(rows, { seed }),
};

/** The most memory that this process has held so far; where the system does not tell, what it holds now. */
export function peakMegabytes(): number {
  try {
    return Number(/^VmHWM:\s*(\d+) kB/m.exec(Deno.readTextFileSync("/proc/self/status"))![1]) / 1024;
  } catch {
    return Deno.memoryUsage().rss / 2 ** 20;
  }
}

/** Forecasts of one row, the quickest way that the engine has. */
function rowByRow(model: Forecaster, { values, columns }: Matrix): (row: number) => unknown {
  const rowOf = (row: number) => values.slice(row * columns.length, (row + 1) * columns.length);
  if (model instanceof LightgbmForecaster) {
    const forecaster = model.rowForecaster();
    return (row) => forecaster.forecast(rowOf(row));
  }
  return (row) => model.predict({ values: rowOf(row), rows: 1, columns });
}

async function measure(engine: string, folder: string): Promise<BenchResult> {
  const settings: BenchSettings = JSON.parse(await Deno.readTextFile(join(folder, "settings.json")));
  const columns = Array.from({ length: settings.columns }, (_, column) => `feature_${column}`);
  const values = new Float32Array((await Deno.readFile(join(folder, "features"))).buffer);
  const target = new Float64Array((await Deno.readFile(join(folder, "target"))).buffer);
  const features = { values, rows: settings.rows, columns };

  const before = peakMegabytes();
  let start = performance.now();
  using model = await engines[engine]({ features, target, day: new Int32Array(settings.rows) }, settings);
  const trainSeconds = (performance.now() - start) / 1000;
  const trained = peakMegabytes();

  const forecastRow = rowByRow(model, features);
  const single = Array.from({ length: settings.singleRows }, (_, row) => {
    const start = performance.now();
    forecastRow(row);
    return performance.now() - start;
  }).sort((a, b) => a - b);
  start = performance.now();
  const forecast = model.predict(features);
  return {
    engine: model.description.engine,
    trainSeconds,
    singleMicroseconds: 1e3 * single[single.length >> 1],
    batchMicroseconds: 1e3 * (performance.now() - start) / settings.rows,
    trainMegabytes: trained - before,
    peakMegabytes: peakMegabytes(),
    forecastSha256: sha256(forecast),
  };
}

if (import.meta.main) console.log(JSON.stringify(await measure(Deno.args[0], Deno.args[1])));
