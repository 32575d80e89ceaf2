/**
 * Trains the network of networks.ts on one backend and prints what it took, as JSON; each time in a process of its own:
 * deno run -A one_network.ts BACKEND FOLDER
 */
import { join } from "node:path";
import { mean, normalRandom, seededRandom, standardDeviation } from "@lib/core";
import { fitScaler, gatherSequences, type Matrix, type TrainingRows } from "@lib/dataset";
import { fitNetwork, NetworkForecaster, networkNamed, type NetworkSpec, parameterCount } from "@lib/models";
import { type BackendName, useBackend } from "@lib/tensorflow";
import { peakMegabytes } from "./one_engine.ts";

/** What networks.ts writes beside the rows. */
export interface NetworkBenchSettings {
  rows: number;
  columns: number;
  steps: number;
  units: number;
  rounds: number;
  batchRows: number;
  seed: number;
  singleRows: number;
}

/** What a process says of its engine. */
export interface NetworkBenchResult {
  engine: string;
  parameters: number;
  roundSeconds: number[];
  singleMicroseconds: number;
  batchMicroseconds: number;
  peakMegabytes: number;
  /** Of the first hundred windows, by weights that have learnt nothing. */
  firstForecast: number[];
}

const ROWS_OF_A_NAME = 1024;
const SHOWN = 100;

const networkOf = ({ units }: NetworkBenchSettings): NetworkSpec => ({
  name: "lstm_transformer",
  options: { lstmUnits: units, width: units, heads: 2, feedForward: 2 * units, dropout: 0 },
});

/** Normal features of names in turn, and a target of which they tell a little. */
export function benchRows({ rows, columns, seed }: NetworkBenchSettings): TrainingRows {
  const normal = normalRandom(seededRandom(seed));
  const values = Float32Array.from({ length: rows * columns }, normal);
  const all: Matrix = { values, rows, columns: Array.from({ length: columns }, (_, column) => `feature_${column}`) };
  const at = Int32Array.from({ length: rows }, (_, row) => row);
  const first = at.map((row) => row - row % ROWS_OF_A_NAME);
  const target = Float64Array.from(at, (row) => 0.2 * values[row * columns] + normal());
  return { features: { ...all, history: { all, at, first } }, target, day: at.map((row) => row % ROWS_OF_A_NAME) };
}

/** Windows, outcomes and weights as Keras takes them: raw numbers, one file each. */
export async function writeForPeer(folder: string, settings: NetworkBenchSettings, rows: TrainingRows): Promise<void> {
  const { name, options } = networkOf(settings);
  const { steps, columns, seed } = settings;
  const weights = networkNamed(name, options).initialise({ steps, features: columns }, seed);
  const [centre, width] = [mean(rows.target), standardDeviation(rows.target)];
  const files: Record<string, Float32Array<ArrayBuffer>> = {
    x: gatherSequences(rows.features, { steps, scaler: fitScaler(rows.features) }),
    y: Float32Array.from(rows.target, (value) => (value - centre) / width),
    scale: Float32Array.of(centre, width),
  };
  for (const [weight, { values }] of Object.entries(weights)) files[weight.replaceAll("/", ".")] = values;
  for (const [file, values] of Object.entries(files)) {
    await Deno.writeFile(join(folder, file), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
}

async function measure(backend: BackendName, folder: string): Promise<NetworkBenchResult> {
  const settings: NetworkBenchSettings = JSON.parse(await Deno.readTextFile(join(folder, "settings.json")));
  const { steps, columns, rounds: epochs, batchRows, seed, singleRows } = settings;
  const { engine } = await useBackend({ backend });
  const rows = benchRows(settings);
  const { name, options } = networkOf(settings);
  const network = networkNamed(name, options);
  const roundSeconds: number[] = [];
  let start = performance.now();
  using model = await fitNetwork(rows, {
    network,
    steps,
    epochs,
    batchRows,
    seed,
    onEpoch: () => {
      roundSeconds.push((performance.now() - start) / 1000);
      start = performance.now();
    },
  });
  const untrained = network.initialise({ steps, features: columns }, seed);
  const { features } = rows;
  const some = (from: number, to: number): Matrix => {
    const [at, first] = [features.history!.at, features.history!.first].map((each) => each.subarray(from, to));
    const values = features.values.subarray(from * columns, to * columns) as Float32Array<ArrayBuffer>;
    return { values, rows: to - from, columns: features.columns, history: { all: features.history!.all, at, first } };
  };
  const before = new NetworkForecaster(model.description, { ...model.state, weights: untrained });
  const single = Array.from({ length: singleRows }, (_, row) => {
    const start = performance.now();
    model.predict(some(row, row + 1));
    return performance.now() - start;
  }).sort((a, b) => a - b);
  model.predict(features);
  start = performance.now();
  model.predict(features);
  return {
    engine,
    parameters: parameterCount(network, { steps, features: columns }),
    roundSeconds,
    singleMicroseconds: 1e3 * single[single.length >> 1],
    batchMicroseconds: 1e3 * (performance.now() - start) / rows.target.length,
    peakMegabytes: peakMegabytes(),
    firstForecast: Array.from(before.predict(some(0, SHOWN))),
  };
}

if (import.meta.main) console.log(JSON.stringify(await measure(Deno.args[0] as BackendName, Deno.args[1])));
