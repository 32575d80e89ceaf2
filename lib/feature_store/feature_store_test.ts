import assert from "node:assert/strict";
import { join } from "node:path";
import { CodeGraph } from "@lib/code";
import { type Panel, repositoryPath } from "@lib/core";
import { loadMarket } from "@lib/data";
import { buildFeatures, catalogue, type Feature, featureSet, featuresNamed } from "@lib/features";
import { FeatureStore } from "./feature_store.ts";

const graph = new CodeGraph(repositoryPath());
const { panel: market } = await loadMarket("synthetic", {
  tier: "final",
  synthetic: { seed: 3, symbols: 5, days: 330 },
});
const upTo = (day: number) => market.select((row) => market.dayOf[row] < day);
const all = catalogue.filter(({ needs }) => needs.every((column) => column === "day" || market.has(column)));
const few = featuresNamed(["rsi_14", "momentum_5", "price_to_vwap_20", "weekday"]);

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function assertSame(store: FeatureStore, panel: Panel, features: readonly Feature[]): Promise<void> {
  const [read, built] = [await store.read(panel, features), buildFeatures(panel, { features })];
  assert.deepEqual(read.panel.columns, built.panel.columns);
  assert.deepEqual(read.unavailable, built.unavailable);
}

const parquets = (folder: string) =>
  Array.from(Deno.readDirSync(folder), ({ name }) => name).filter((name) => name.endsWith(".parquet"));

Deno.test("`FeatureStore` continues every feature day by day, equal to the last bit to a rebuild", () =>
  inFolder(async (folder) => {
    const store = new FeatureStore(folder, { graph });
    for (const day of [1, 290, 291, 292, 330]) await store.update(upTo(day), all);
    const { computed, kept } = await store.update(market, all);
    assert.deepEqual([computed, kept], [0, market.rows * all.length]);
    await assertSame(store, market, all);
    await assertSame(new FeatureStore(folder, { graph }), market, all);
  }));

Deno.test("`FeatureStore` computes the new day alone, and a feature that is new for all days", () =>
  inFolder(async (folder) => {
    const store = new FeatureStore(folder, { graph });
    assert.equal((await store.update(upTo(329), few)).computed, 4 * 5 * 329);
    assert.equal((await store.update(market, few)).computed, 4 * 5);
    const more = [...few, ...featuresNamed(["volatility_20"])];
    assert.equal((await store.update(market, more)).computed, 5 * 330);
    await assertSame(store, market, more);
  }));

Deno.test("`FeatureStore` rebuilds what rests on a corrected value, of its symbol alone", () =>
  inFolder(async (folder) => {
    const store = new FeatureStore(folder, { graph });
    await store.update(market, few);
    const corrected = market.with({
      volume: market.column("volume").map((volume, row) => row === market.starts[2] + 100 ? volume + 1 : volume),
    });
    assert.equal((await store.update(corrected, few)).computed, 330); // VWAP of one symbol
    await assertSame(store, corrected, few);
    await assertSame(store, market, few); // and back again
  }));

Deno.test("`FeatureStore` forgets no correction that a feature was not asked for at the time", () =>
  inFolder(async (folder) => {
    const store = new FeatureStore(folder, { graph });
    await store.update(market, few);
    const corrected = market.with({
      index: market.column("index").map((price, row) => row === 7 ? price * 1.01 : price),
    });
    await store.update(corrected, featuresNamed(["price_to_vwap_20"])); // reads no index
    assert.equal((await store.update(corrected, few)).computed, 2 * 330);
    await assertSame(store, corrected, few);
  }));

Deno.test("`FeatureStore` takes symbols that come, go, and end sooner", () =>
  inFolder(async (folder) => {
    const store = new FeatureStore(folder, { graph });
    const without = market.select((row) => market.symbolOf[row] !== 1);
    await assertSame(store, without, few);
    await assertSame(store, market, few);
    await assertSame(store, upTo(200), few);
    await assertSame(store, market, few);
  }));

Deno.test("`FeatureStore` rebuilds the columns whose code has changed, and no others", () =>
  inFolder(async (folder) => {
    const changed = new CodeGraph(repositoryPath());
    const blob = changed.blob.bind(changed);
    changed.blob = (path) => path.endsWith("relative_strength_index.ts") ? "another" : blob(path);
    await new FeatureStore(folder, { graph }).update(market, few);
    assert.equal((await new FeatureStore(folder, { graph: changed }).update(market, few)).computed, market.rows);
  }));

Deno.test("`FeatureStore` finds damaged files and a damaged index, and makes them again", () =>
  inFolder(async (folder) => {
    await new FeatureStore(folder, { graph }).update(market, few);
    const [file] = parquets(folder);
    const bytes = await Deno.readFile(join(folder, file));
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    const harms: (() => Promise<void>)[] = [
      () => Deno.writeFile(join(folder, file), bytes),
      () => Deno.remove(join(folder, file)),
      () => Deno.truncate(join(folder, file), 100),
      () => Deno.writeTextFile(join(folder, "index.json"), "{"),
      async () => {
        const path = join(folder, "index.json");
        const text = await Deno.readTextFile(path);
        await Deno.writeTextFile(path, text.replace('"covered":{', '"covered":{"X":9,'));
      },
    ];
    for (const harm of harms) {
      await harm();
      await assertSame(new FeatureStore(folder, { graph }), market, few);
      const { computed, damaged } = await new FeatureStore(folder, { graph }).update(market, few);
      assert.deepEqual([computed, damaged], [0, []]);
    }
  }));

Deno.test("`FeatureStore` says what was damaged", () =>
  inFolder(async (folder) => {
    const store = new FeatureStore(folder, { graph });
    await store.update(market, few);
    const [file] = parquets(folder);
    await Deno.remove(join(folder, file));
    assert.deepEqual((await store.update(market, few)).damaged, [file]);
    await Deno.writeTextFile(join(folder, "index.json"), "[]");
    assert.deepEqual((await store.update(market, few)).damaged, ["index"]);
  }));

Deno.test("`FeatureStore` is whole after writers were killed at any moment, and while several write and read", async () => {
  await inFolder(async (folder) => {
    const program = `
      import { CodeGraph } from "@lib/code";
      import { repositoryPath } from "@lib/core";
      import { loadMarket } from "@lib/data";
      import { featureSet } from "@lib/features";
      import { FeatureStore } from "@lib/feature_store";
      const { panel } = await loadMarket("synthetic", { tier: "final", synthetic: { seed: 3, symbols: 5, days: 330 } });
      const store = new FeatureStore(Deno.args[0], { graph: new CodeGraph(repositoryPath()) });
      for (let day = 250; day < 330; day++) {
        await store.update(panel.select((row) => panel.dayOf[row] < day), featureSet("classic"));
        console.log(day);
      }`;
    const script = repositoryPath(`lib/feature_store/_writer_${crypto.randomUUID()}.ts`);
    await Deno.writeTextFile(script, program);
    try {
      const writers = [300, 900, 1400].map((afterMs) => {
        const child = new Deno.Command(Deno.execPath(), {
          args: ["run", "-A", "--quiet", script, folder],
          stdout: "piped",
        }).spawn();
        const reader = child.stdout.getReader();
        return (async () => {
          await reader.read(); // the first update is done
          await new Promise((resolve) => setTimeout(resolve, afterMs));
          child.kill("SIGKILL");
          await reader.cancel();
          await child.status;
        })();
      });
      const store = new FeatureStore(folder, { graph });
      const classic = featureSet("classic");
      for (const day of [260, 270]) await assertSame(store, upTo(day), classic);
      await Promise.all(writers);
      await assertSame(store, market, classic);
    } finally {
      await Deno.remove(script);
    }
  });
});
