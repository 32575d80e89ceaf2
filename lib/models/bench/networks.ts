/**
 * `fitNetwork` beside Keras in one run: the LSTM-Transformer of the same sizes, from the same weights, on the same windows,
 * by the same rule (AdamW, clipped, batches of the same size). First both must say the same of all windows before anything
 * is learnt; then rounds of training, forecasts of one window and of all, and memory. Each engine in a process of its own,
 * in turn and several times over; medians are shown. Keras' first round, in which it compiles, is shown apart.
 *
 *     make tensorflow
 *     python3 -m venv /tmp/peer && /tmp/peer/bin/pip install tensorflow-cpu==2.21.0 keras==3.15.1
 *     deno run -A lib/models/bench/networks.ts --peer=/tmp/peer/bin/python [--rows=8192] [--columns=28] [--steps=10]
 *       [--units=16] [--rounds=3] [--repeats=3] [--json=file]
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { checkInteger, repositoryPath, writeAtomically } from "@lib/core";
import { benchRows, type NetworkBenchResult, type NetworkBenchSettings, writeForPeer } from "./one_network.ts";

const { values: options } = parseArgs({
  args: Deno.args,
  options: {
    peer: { type: "string" },
    json: { type: "string" },
    rows: { type: "string", default: "8192" },
    columns: { type: "string", default: "28" },
    steps: { type: "string", default: "10" },
    units: { type: "string", default: "16" },
    rounds: { type: "string", default: "3" },
    repeats: { type: "string", default: "3" },
  },
});

/** Single precision, after sums in another order. */
const SAME = 1e-5;

const whole = (name: "rows" | "columns" | "steps" | "units" | "rounds" | "repeats") => {
  checkInteger("compare networks", name, Number(options[name]), { least: 1 });
  return Number(options[name]);
};
const settings: NetworkBenchSettings = {
  rows: whole("rows"),
  columns: whole("columns"),
  steps: whole("steps"),
  rounds: whole("rounds") + 1,
  units: whole("units"),
  batchRows: 256,
  seed: 7,
  singleRows: 200,
};

async function measured(command: string, args: string[]): Promise<NetworkBenchResult | string> {
  const env = { NO_COLOR: "1", TF_CPP_MIN_LOG_LEVEL: "2" };
  const { success, stdout, stderr } = await new Deno.Command(command, { args, cwd: repositoryPath(), env }).output();
  const words = new TextDecoder().decode(success ? stdout : stderr).trim();
  return success
    ? JSON.parse(words.split("\n").at(-1)!)
    : words.split("\n").find((line) => /Error/.test(line)) ?? words;
}

const folder = await Deno.makeTempDir();
const program = repositoryPath("lib", "models", "bench", "one_network.ts");
const runs: Record<string, () => Promise<NetworkBenchResult | string>> = {
  "fitNetwork native": () => measured(Deno.execPath(), ["run", "-A", "--quiet", program, "native", folder]),
  "fitNetwork wasm": () => measured(Deno.execPath(), ["run", "-A", "--quiet", program, "wasm", folder]),
  ...(options.peer && {
    Keras: () => measured(options.peer!, [repositoryPath("lib", "models", "bench", "peer_network.py"), folder]),
  }),
};
try {
  await Deno.writeTextFile(join(folder, "settings.json"), JSON.stringify(settings));
  await writeForPeer(folder, settings, benchRows(settings));
  const results: Record<string, NetworkBenchResult[]> = {};
  for (let repeat = 0; repeat < whole("repeats"); repeat++) {
    for (const [name, run] of Object.entries(runs)) {
      if (repeat > 0 && !results[name]) continue;
      const result = await run();
      if (typeof result === "string") console.log(`${name}: left out, ${result}`);
      else (results[name] ??= []).push(result);
    }
  }
  const firstForecasts = Object.values(results).map(([{ firstForecast }]) => firstForecast);
  const apart = Math.max(
    ...firstForecasts.flatMap((one) => one.map((value, row) => Math.abs(value - firstForecasts[0][row]))),
  );
  if (!(apart < SAME)) {
    throw new Error(`Cannot compare networks: untrained ones must agree to ${SAME}, they do to ${apart}`);
  }
  const { rows, columns, steps, units } = settings;
  console.log(
    `${rows} windows of ${steps} steps and ${columns} features, LSTM and encoder of ${units}; medians of ${options.repeats}; ` +
      `before training forecasts agree to ${apart.toExponential(1)}`,
  );
  const summaries = Object.values(results).map(summary);
  console.table(summaries);
  if (options.json) {
    await writeAtomically(options.json, JSON.stringify({ settings, apart, results: summaries }, null, 2));
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

function summary(results: NetworkBenchResult[]): Record<string, string> {
  const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];
  const of = (value: (result: NetworkBenchResult) => number) => median(results.map(value));
  return {
    engine: results[0].engine,
    parameters: String(results[0].parameters),
    "first round s": of(({ roundSeconds }) => roundSeconds[0]).toFixed(2),
    "a further round s": of(({ roundSeconds }) => median(roundSeconds.slice(1))).toFixed(2),
    "one window us": of((result) => result.singleMicroseconds).toFixed(0),
    "a window of all us": of((result) => result.batchMicroseconds).toFixed(1),
    "process MB": of((result) => result.peakMegabytes).toFixed(0),
  };
}
