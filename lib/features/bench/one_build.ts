/**
 * Builds features of the bars in a folder and prints what it took, as JSON. Called by catalogue_speed.ts, each time in a
 * process of its own, so that peaks of memory are its own too: deno run -A one_build.ts FOLDER NAMES [OUT]
 */
import { join } from "node:path";
import { Panel, weekdays } from "@lib/core";
import { buildFeatures, featuresNamed } from "@lib/features";

/** What catalogue_speed.ts writes beside the bars. */
export interface BarsSettings {
  symbols: number;
  days: number;
  columns: string[];
}

/** What a process says of its build. */
export interface BuildResult {
  engine: string;
  seconds: number;
  peakMegabytes: number;
  /** What it built. */
  features: string[];
}

/** The first symbols of the bars in a folder. */
async function readBars(folder: string, { symbols, days, columns }: BarsSettings): Promise<Panel> {
  const read = async (name: string) => new Float64Array((await Deno.readFile(join(folder, name))).buffer);
  return new Panel(
    Array.from({ length: symbols }, (_, number) => `S${String(number + 1).padStart(4, "0")}`),
    weekdays("2010-01-04", days),
    Int32Array.from({ length: symbols + 1 }, (_, symbol) => symbol * days),
    Int32Array.from({ length: symbols * days }, (_, row) => row % days),
    Object.fromEntries(await Promise.all(columns.map(async (name) => [name, await read(name)]))),
  );
}

if (import.meta.main) {
  const [folder, names, out] = Deno.args;
  const settings: BarsSettings = JSON.parse(await Deno.readTextFile(join(folder, "settings.json")));
  const panel = await readBars(folder, settings);
  const features = featuresNamed(names.split(","));
  buildFeatures(panel.select((row) => panel.symbolOf[row] < 10), { features }); // compiled, as what is beside it is
  const began = performance.now();
  const built = buildFeatures(panel, { features }).panel;
  const seconds = (performance.now() - began) / 1000;
  const peakMegabytes = Number(/VmHWM:\s+(\d+)/.exec(await Deno.readTextFile("/proc/self/status"))?.[1]) / 1024;
  for (const name of out === undefined ? [] : built.names) {
    await Deno.writeFile(join(out, name), new Uint8Array(built.column(name).buffer as ArrayBuffer));
  }
  const result: BuildResult = {
    engine: `Deno ${Deno.version.deno}, 1 thread`,
    seconds,
    peakMegabytes,
    features: built.names,
  };
  console.log(JSON.stringify(result));
}
