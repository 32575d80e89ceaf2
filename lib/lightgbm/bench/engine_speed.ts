/**
 * How long LightGBM takes as machine code and as WebAssembly: on one thread, in one process, by turns. Prints the median
 * time of binning, training, forecasting and of one row alone, their ratio, and whether the bytes are the same.
 *
 * Needs `make wasm`. Run: `deno run -A lib/lightgbm/bench/engine_speed.ts [rows] [columns] [rounds] [turns]`, by
 * default 20000, 150, 100 and 3: less than a minute.
 */
import { quantile, repositoryPath, seededRandom, sha256 } from "@lib/core";
import { LightgbmBooster, LightgbmDataset, type LightgbmInterface, nativeLightgbm } from "@lib/lightgbm";
import { loadWasmLightgbm } from "../wasm/load_wasm_lightgbm.ts";

const [rows, columns, rounds, turns] = [20_000, 150, 100, 3].map((normal, at) => Number(Deno.args[at] ?? normal));
const random = seededRandom(1);
const values = Float32Array.from({ length: rows * columns }, () => random() - 0.5);
const target = Float32Array.from(
  { length: rows },
  (_, row) => values[row * columns] * values[row * columns + 1] + 0.3 * (random() - 0.5),
);
const features = { values, rows, columns: Array.from({ length: columns }, (_, column) => `feature_${column}`) };
const single = 2000;
const parameters = {
  objective: "regression",
  num_leaves: 63,
  learning_rate: 0.05,
  num_threads: 1,
  deterministic: true,
  seed: 1,
  verbosity: -1,
};

function measure(lightgbm: LightgbmInterface, layout: Record<string, boolean>) {
  const marks = [performance.now()];
  const settings = { ...parameters, ...layout };
  using data = new LightgbmDataset(lightgbm, { features, target }, { parameters: settings });
  marks.push(performance.now());
  using booster = LightgbmBooster.onData(data, settings);
  for (let round = 0; round < rounds; round++) booster.update();
  marks.push(performance.now());
  const forecast = booster.predict(features);
  marks.push(performance.now());
  using forecaster = booster.rowForecaster();
  for (let row = 0; row < single; row++) forecaster.forecast(values.subarray(row * columns, (row + 1) * columns));
  marks.push(performance.now());
  return {
    times: marks.slice(1).map((mark, at) => mark - marks[at]),
    bytes: sha256(booster.text()) + sha256(forecast),
  };
}

const engines = [
  nativeLightgbm(),
  await loadWasmLightgbm(await Deno.readFile(repositoryPath(".tools", "lightgbm-wasm", "lightgbm.wasm"))),
];
for (const name of ["force_col_wise", "force_row_wise"]) {
  const measured = Array.from({ length: turns }, () => engines.map((engine) => measure(engine, { [name]: true })));
  const table = ["binning", "training", "forecasting", "one row"].map((step, at) => {
    const [native, wasm] = engines.map((_, engine) => quantile(measured.map((turn) => turn[engine].times[at]), 0.5));
    const scale = step === "one row" ? 1000 / single : 1;
    const unit = step === "one row" ? "us" : "ms";
    return {
      step,
      unit,
      native: (native * scale).toFixed(1),
      wasm: (wasm * scale).toFixed(1),
      ratio: (wasm / native).toFixed(2),
    };
  });
  console.log(`${name}, ${rows} rows, ${columns} columns, ${rounds} rounds, ${turns} turns`);
  console.table(table);
  console.log(new Set(measured.flat().map(({ bytes }) => bytes)).size === 1 ? "the same bytes" : "NOT the same bytes");
}
