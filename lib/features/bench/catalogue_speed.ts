/**
 * How fast features are built here, beside polars, pandas and TA-Lib on the same seeded bars: for each of them the
 * features of the catalogue that it has too. First all values must agree, to 1e-9 of the largest of their column; then
 * times by turns, each in a process of its own, medians and peaks of memory; then ours alone at growing sizes, all
 * features that bars suffice for. Prints tables and leaves them as JSON. Some minutes; without a Python, ours alone.
 *
 *     python3 -m venv /tmp/peer && /tmp/peer/bin/pip install -r lib/features/bench/peer.txt
 *     deno run -A lib/features/bench/catalogue_speed.ts [--peer=/tmp/peer/bin/python] [--symbols=500] [--days=2500]
 *       [--rounds=3] [--sizes=250x2500,500x2500,500x5000,1000x5000] [--out=data/derived/bench/catalogue_speed.json]
 */
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { checkInteger, quantile, repositoryPath, writeAtomically } from "@lib/core";
import { loadMarket } from "@lib/data";
import { featureSet } from "@lib/features";
import type { BarsSettings, BuildResult } from "./one_build.ts";

const { values: options } = parseArgs({
  args: Deno.args,
  options: {
    peer: { type: "string" },
    symbols: { type: "string", default: "500" },
    days: { type: "string", default: "2500" },
    rounds: { type: "string", default: "3" },
    sizes: { type: "string", default: "250x2500,500x2500,500x5000,1000x5000" },
    out: { type: "string", default: repositoryPath("data", "derived", "bench", "catalogue_speed.json") },
  },
});

/** What is run, which settings of its environment, and which of the others it is. */
interface Peer {
  name: string;
  engine: string;
  env?: Record<string, string>;
}

const peers: readonly Peer[] = [
  { name: "polars", engine: "polars" },
  { name: "polars, 1 thread", engine: "polars", env: { POLARS_MAX_THREADS: "1" } },
  { name: "pandas, days by symbols", engine: "pandas" },
  { name: "TA-Lib", engine: "talib" },
];
const ours = repositoryPath("lib", "features", "bench", "one_build.ts");
const theirs = repositoryPath("lib", "features", "bench", "peer.py");

async function run(command: string, args: string[], env: Record<string, string> = {}): Promise<BuildResult> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args, env }).output();
  if (!success) throw new Error(`Cannot measure ${args.join(" ")}: ${new TextDecoder().decode(stderr).trim()}`);
  return JSON.parse(new TextDecoder().decode(stdout));
}

const runOurs = (folder: string, names: readonly string[], ...out: string[]) =>
  run(Deno.execPath(), ["run", "-A", "--quiet", ours, folder, names.join(), ...out]);
const runPeer = ({ engine, env }: Peer, folder: string, ...out: string[]) =>
  run(options.peer!, [theirs, engine, folder, ...out], env);

/** Leaves seeded bars in a folder and names the features that they suffice for. */
async function writeBars(folder: string, symbols: number, days: number): Promise<string[]> {
  const { panel } = await loadMarket("synthetic", { tier: "final", synthetic: { seed: 1, symbols, days } });
  const columns = panel.names.filter((name) => name !== "planted_signal");
  const settings: BarsSettings = { symbols, days, columns };
  await Deno.writeTextFile(join(folder, "settings.json"), JSON.stringify(settings));
  for (const name of columns) {
    await Deno.writeFile(join(folder, name), new Uint8Array(panel.column(name).buffer as ArrayBuffer));
  }
  const suffices = (needs: readonly string[]) => needs.every((name) => name === "day" || columns.includes(name));
  return featureSet("all").filter(({ needs }) => suffices(needs)).map(({ name }) => name);
}

async function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await Deno.makeTempDir();
  try {
    return await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The largest difference of a feature over its largest value; Infinity where a value is missing on one side alone. */
function gapBetween(one: Float64Array, other: Float64Array): number {
  let [gap, largest] = [one.length === other.length ? 0 : Infinity, 0];
  for (let row = 0; row < one.length; row++) {
    if (Number.isNaN(one[row]) && Number.isNaN(other[row])) continue;
    const difference = Math.abs(one[row] - other[row]);
    gap = Number.isNaN(difference) ? Infinity : Math.max(gap, difference);
    largest = Math.max(largest, Math.abs(one[row]));
  }
  return gap === 0 ? 0 : gap / largest;
}

/** What a peer builds, after all of it was held against ours. */
async function checkedFeatures(peer: Peer): Promise<string[]> {
  return await inFolder(async (folder) => {
    await writeBars(folder, 20, 1000);
    const places = await Promise.all(["ours", "theirs"].map(async (name) => {
      const place = join(folder, name);
      await Deno.mkdir(place);
      return place;
    }));
    const { features } = await runPeer(peer, folder, places[1]);
    await runOurs(folder, features, places[0]);
    const wrong: string[] = [];
    for (const name of features) {
      const [one, other] = await Promise.all(
        places.map(async (place) => new Float64Array((await Deno.readFile(join(place, name))).buffer)),
      );
      const gap = gapBetween(one, other);
      if (!(gap <= 1e-9)) wrong.push(`${name} by ${gap}`);
    }
    if (wrong.length > 0) {
      throw new RangeError(`Cannot compare with ${peer.name}: values must agree, ${wrong.join(", ")}`);
    }
    return features;
  });
}

const median = (results: readonly BuildResult[], of: (result: BuildResult) => number) => quantile(results.map(of), 0.5);

const [symbols, days, rounds] = [options.symbols, options.days, options.rounds].map(Number);
for (const [name, value] of Object.entries({ symbols, days, rounds })) {
  checkInteger("compare builds", name, value, { least: 1 });
}
const compared: Record<string, string | number>[] = [];
if (options.peer !== undefined) {
  await inFolder(async (folder) => {
    const all = await writeBars(folder, symbols, days);
    for (const peer of peers) {
      const features = await checkedFeatures(peer);
      const turns: { ours: BuildResult[]; theirs: BuildResult[] } = { ours: [], theirs: [] };
      for (let round = 0; round < rounds; round++) {
        turns.ours.push(await runOurs(folder, features));
        turns.theirs.push(await runPeer(peer, folder));
      }
      const [oursSeconds, theirsSeconds] = [turns.ours, turns.theirs].map((some) => median(some, (of) => of.seconds));
      compared.push({
        peer: peer.name,
        engine: turns.theirs[0].engine,
        features: features.length,
        "of the catalogue": `${Math.round(100 * features.length / all.length)}%`,
        "ours s": oursSeconds,
        "theirs s": theirsSeconds,
        "theirs / ours": theirsSeconds / oursSeconds,
        "ours MB": median(turns.ours, (of) => of.peakMegabytes),
        "theirs MB": median(turns.theirs, (of) => of.peakMegabytes),
      });
      console.log(`${peer.name}: ${features.length} features are the same to 1e-9`);
    }
  });
}
const grown: Record<string, string | number>[] = [];
for (const size of options.sizes.split(",")) {
  const [symbols, days] = size.split("x").map(Number);
  await inFolder(async (folder) => {
    const features = await writeBars(folder, symbols, days);
    const { seconds, peakMegabytes } = await runOurs(folder, features);
    const rows = symbols * days;
    grown.push({
      symbols,
      days,
      features: features.length,
      seconds,
      "us a bar": 1e6 * seconds / rows,
      MB: peakMegabytes,
    });
  });
}
const rounded = (table: Record<string, string | number>[]) =>
  table.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, typeof value === "number" ? Number(value.toFixed(3)) : value]),
    )
  );
if (compared.length > 0) {
  console.log(`${symbols} symbols x ${days} bars, medians of ${rounds}`);
  console.table(rounded(compared));
}
console.table(rounded(grown));
await Deno.mkdir(dirname(options.out), { recursive: true });
await writeAtomically(options.out, JSON.stringify({ symbols, days, rounds, compared, grown }, null, 2) + "\n");
