/**
 * What a new day costs: all features of the catalogue that a market of bars has columns for, continued by one day and
 * rebuilt, both kept on disk, and whether they are the same to the last bit.
 *
 *     deno run -A lib/feature_store/bench/new_day.ts [symbols=500] [days=2500]
 */
import { CodeGraph } from "@lib/code";
import { repositoryPath } from "@lib/core";
import { loadMarket } from "@lib/data";
import { FeatureStore } from "@lib/feature_store";
import { catalogue } from "@lib/features";

const [symbols = 500, days = 2500] = Deno.args.map(Number);
const { panel } = await loadMarket("synthetic", { tier: "final", synthetic: { seed: 1, symbols, days } });
const features = catalogue.filter(({ needs }) => needs.every((column) => column === "day" || panel.has(column)));
const graph = new CodeGraph(repositoryPath());
const [kept, rebuilt] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
const seconds = async (work: () => Promise<unknown>) => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};
const before = panel.select((row) => panel.dayOf[row] < days - 1);
await new FeatureStore(kept, { graph }).update(before, features);
const newDay = await seconds(() => new FeatureStore(kept, { graph }).update(panel, features));
const rebuild = await seconds(() => new FeatureStore(rebuilt, { graph }).update(panel, features));
let isSame = true;
for (let from = 0; from < features.length; from += 10) {
  const some = features.slice(from, from + 10);
  const [a, b] = [
    await new FeatureStore(kept, { graph }).read(panel, some),
    await new FeatureStore(rebuilt, { graph }).read(panel, some),
  ];
  for (const name of a.panel.names) {
    const [one, other] = [a.panel.column(name), b.panel.column(name)];
    isSame &&= one.every((value, row) => Object.is(value, other[row]));
  }
}
console.table([{ symbols, days, features: features.length, rebuild, newDay, ratio: rebuild / newDay, isSame }]);
const { heapUsed, rss } = Deno.memoryUsage();
console.log(`memory ${Math.round(rss / 2 ** 20)} MiB, of it ${Math.round(heapUsed / 2 ** 20)} MiB on the heap`);
await Promise.all([kept, rebuilt].map((folder) => Deno.remove(folder, { recursive: true })));
