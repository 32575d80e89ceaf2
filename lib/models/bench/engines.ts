/**
 * Every engine on the same seeded rows in one run: training, forecasts row by row and all at once, memory, beside
 * LightGBM and XGBoost as one has them in Python. Each in a process of its own, in turn and several times over, so that a
 * busy machine is busy for all of them; medians are shown. Engines that are not installed are named and left out.
 *
 * One hash of all forecasts stands in each row: engines that say the same have the same.
 * A minute or two with the default sizes.
 *
 *     make xgboost wasm
 *     python3 -m venv /tmp/peer && /tmp/peer/bin/pip install -r lib/models/bench/peer.txt
 *     deno run -A lib/models/bench/engines.ts --peer=/tmp/peer/bin/python [--rows=50000] [--columns=50] [--rounds=100]
 *       [--threads=1] [--repeats=3]
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkInteger, normalRandom, repositoryPath, seededRandom } from "@lib/core";
import { type BenchResult, type BenchSettings, engines } from "./one_engine.ts";

const { values: options } = parseArgs({
  args: Deno.args,
  options: {
    peer: { type: "string" },
    rows: { type: "string", default: "50000" },
    columns: { type: "string", default: "50" },
    rounds: { type: "string", default: "100" },
    threads: { type: "string", default: "1" },
    repeats: { type: "string", default: "3" },
  },
});

/** Sizes as they were asked for, and settings that grow trees of the same size in both libraries. */
function settingsOf(): BenchSettings {
  const whole = (name: "rows" | "columns" | "rounds" | "threads") => {
    checkInteger("compare engines", name, Number(options[name]), { least: 1 });
    return Number(options[name]);
  };
  const rows = whole("rows");
  return {
    rows,
    columns: whole("columns"),
    rounds: whole("rounds"),
    threads: whole("threads"),
    seed: 7,
    singleRows: Math.min(rows, 2000),
    parameters: {
      lightgbm: { num_leaves: 63, learning_rate: 0.05, min_data_in_leaf: 100, max_bin: 255 },
      xgboost: {
        max_depth: 0,
        max_leaves: 63,
        grow_policy: "lossguide",
        learning_rate: 0.05,
        min_child_weight: 100,
        max_bin: 255,
      },
    },
  };
}

/** Ranks with a hundredth missing, and a target of which they tell a little. */
async function writeRows(folder: string, settings: BenchSettings): Promise<void> {
  const { rows, columns, seed } = settings;
  const random = seededRandom(seed);
  const normal = normalRandom(random);
  const features = new Float32Array(rows * columns);
  const target = new Float64Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, at++) features[at] = random() < 0.01 ? NaN : random() - 0.5;
    const [first, second, third] = features.subarray(row * columns, row * columns + 3).map((value) => value || 0);
    target[row] = 0.2 * first + second * (third ?? 0) + normal();
  }
  await Deno.writeFile(join(folder, "features"), new Uint8Array(features.buffer));
  await Deno.writeFile(join(folder, "target"), new Uint8Array(target.buffer));
  await Deno.writeTextFile(join(folder, "settings.json"), JSON.stringify(settings));
}

async function measured(command: string, args: string[]): Promise<BenchResult | string> {
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args,
    cwd: repositoryPath(),
    env: { NO_COLOR: "1" },
  }).output();
  const words = new TextDecoder().decode(success ? stdout : stderr).trim();
  return success ? JSON.parse(words) : words.split("\n").find((line) => /Error/.test(line)) ?? words;
}

const repeats = Number(options.repeats);
checkInteger("compare engines", "repeats", repeats, { least: 1 });
const settings = settingsOf();
const folder = await Deno.makeTempDir();
const ours = repositoryPath("lib", "models", "bench", "one_engine.ts");
const theirs = repositoryPath("lib", "models", "bench", "peer_engine.py");
const runs: Record<string, () => Promise<BenchResult | string>> = Object.fromEntries([
  ...Object.keys(engines).map((
    name,
  ) => [name, () => measured(Deno.execPath(), ["run", "-A", "--quiet", ours, name, folder])]),
  ...(options.peer ? ["lightgbm", "xgboost"] : []).map((name) => [
    `${name} in Python`,
    () => measured(options.peer!, [theirs, name, folder]),
  ]),
]);
try {
  await writeRows(folder, settings);
  const results: Record<string, BenchResult[]> = {};
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [name, run] of Object.entries(runs)) {
      if (repeat > 0 && !results[name]) continue;
      const result = await run();
      if (typeof result === "string") console.log(`${name}: left out, ${result}`);
      else (results[name] ??= []).push(result);
    }
  }
  const { rows, columns, rounds, threads } = settings;
  console.log(`${rows} rows of ${columns} features, ${rounds} trees, threads: ${threads}; medians of ${repeats}`);
  console.table(Object.values(results).map(summary));
} finally {
  await Deno.remove(folder, { recursive: true });
}

function summary(results: BenchResult[]): Record<string, string> {
  const median = (of: (result: BenchResult) => number) => results.map(of).sort((a, b) => a - b)[results.length >> 1];
  return {
    engine: results[0].engine,
    "training s": median((result) => result.trainSeconds).toFixed(2),
    "one row us": median((result) => result.singleMicroseconds).toFixed(1),
    "a row of all us": median((result) => result.batchMicroseconds).toFixed(2),
    "training MB": median((result) => result.trainMegabytes).toFixed(0),
    "process MB": median((result) => result.peakMegabytes).toFixed(0),
    forecasts: [...new Set(results.map(({ forecastSha256 }) => forecastSha256.slice(0, 12)))].join(" "),
  };
}
