/**
 * What many new days cost a reader, and what joining their files gives back: the catalogue of a market kept day by day,
 * read before and after `compact()`, and whether both are the same to the last bit.
 *
 *     deno run -A lib/feature_store/bench/compaction.ts [symbols=100] [days=1000] [newDays=60]
 */
import { CodeGraph } from "@lib/code";
import { repositoryPath } from "@lib/core";
import { loadMarket } from "@lib/data";
import { FeatureStore } from "@lib/feature_store";
import { catalogue } from "@lib/features";

const [symbols = 100, days = 1000, newDays = 60] = Deno.args.map(Number);
const { panel } = await loadMarket("synthetic", { tier: "final", synthetic: { seed: 1, symbols, days } });
const features = catalogue.filter(({ needs }) => needs.every((column) => column === "day" || panel.has(column)));
const folder = await Deno.makeTempDir();
const store = new FeatureStore(folder, { graph: new CodeGraph(repositoryPath()) });
async function timed<Result>(work: () => Promise<Result>): Promise<[seconds: number, result: Result]> {
  const began = performance.now();
  const result = await work();
  return [(performance.now() - began) / 1000, result];
}
try {
  for (let day = days - newDays; day < days; day++) {
    await store.update(panel.select((row) => panel.dayOf[row] <= day), features);
  }
  const [readBefore, before] = await timed(() => store.read(panel, features));
  const [compaction, { filesBefore, filesAfter }] = await timed(() => store.compact());
  const [readAfter, after] = await timed(() => store.read(panel, features));
  const isSame = features.every(({ name }) => {
    const [one, other] = [before.panel.column(name), after.panel.column(name)];
    return one.every((value, row) => Object.is(value, other[row]));
  });
  console.table([{ symbols, days, filesBefore, filesAfter, readBefore, readAfter, compaction, isSame }]);
} finally {
  await Deno.remove(folder, { recursive: true });
}
