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

/** A history of days that came one by one, a late feature, a correction and a symbol that ended sooner. */
async function manyDays(folder: string): Promise<Panel> {
  const store = new FeatureStore(folder, { graph });
  for (const day of [300, 301, 302]) await store.update(upTo(day), few);
  const more = [...few, ...featuresNamed(["volatility_20"])];
  for (const day of [303, 310]) await store.update(upTo(day), more);
  const row = market.starts[2] + 100;
  const corrected = market.with({
    index: market.column("index").map((value, at) => at === row ? value * 1.01 : value),
  });
  const shorter = corrected.select((row) => market.symbolOf[row] !== 4 || market.dayOf[row] < 200);
  for (const day of [311, 330]) await store.update(shorter.select((row) => shorter.dayOf[row] < day), more);
  return shorter;
}

const lateToo = [...few, ...featuresNamed(["volatility_20"])];

/** Makes files look as if they were written two hours ago, so that those that no index names are removed. */
async function age(folder: string): Promise<void> {
  const before = new Date(Date.now() - 7_200_000);
  for (const file of parquets(folder)) await Deno.utime(join(folder, file), before, before);
}

Deno.test("`FeatureStore.compact()` joins the files of many days to the same bits, and then has nothing to do", () =>
  inFolder(async (folder) => {
    const panel = await manyDays(folder);
    const store = new FeatureStore(folder, { graph });
    const before = (await store.read(panel, lateToo)).panel.columns;
    const filesBefore = parquets(folder).length;
    await age(folder);
    const { damaged, filesAfter, ...rest } = await store.compact();
    assert.deepEqual([damaged, parquets(folder).length], [[], filesAfter]);
    assert.ok(filesAfter < rest.filesBefore && rest.filesBefore <= filesBefore);
    assert.deepEqual((await new FeatureStore(folder, { graph }).read(panel, lateToo)).panel.columns, before);
    const { computed, kept } = await store.update(panel, lateToo);
    assert.deepEqual([computed, kept], [0, panel.rows * lateToo.length]);
    const index = await Deno.readTextFile(join(folder, "index.json"));
    assert.deepEqual(await store.compact(), { filesBefore: filesAfter, filesAfter, damaged: [] });
    assert.equal(await Deno.readTextFile(join(folder, "index.json")), index);
    await assertSame(store, market, lateToo);
  }));

Deno.test("`FeatureStore.compact()` leaves a whole store wherever it is killed", () =>
  inFolder(async (folder) => {
    const panel = await manyDays(folder);
    const read = (name: string) => Deno.readFile(join(folder, name));
    const oldFiles = await Promise.all(parquets(folder).map(async (name) => [name, await read(name)] as const));
    const oldIndex = await read("index.json");
    await age(folder);
    await new FeatureStore(folder, { graph }).compact();
    const newFiles = await Promise.all(parquets(folder).map(async (name) => [name, await read(name)] as const));
    const newIndex = await read("index.json");
    const states = [
      { files: [...oldFiles, newFiles[0]], index: oldIndex }, // a joined file is written, the index is not
      { files: [...oldFiles, ...newFiles], index: oldIndex },
      { files: [...oldFiles, ...newFiles], index: newIndex }, // between the new index and the removals
      { files: [...oldFiles.slice(1), ...newFiles], index: newIndex },
      { files: newFiles, index: newIndex },
    ];
    for (const { files, index } of states) {
      await inFolder(async (killed) => {
        for (const [name, bytes] of files) await Deno.writeFile(join(killed, name), bytes);
        await Deno.writeFile(join(killed, "index.json"), index);
        await Deno.writeFile(join(killed, "cut.part"), new Uint8Array(5)); // what it was writing
        const { computed, damaged } = await new FeatureStore(killed, { graph }).update(panel, lateToo);
        assert.deepEqual([computed, damaged], [0, []]);
        await assertSame(new FeatureStore(killed, { graph }), panel, lateToo);
        await age(killed);
        await new FeatureStore(killed, { graph }).compact();
        assert.deepEqual(parquets(killed).sort(), newFiles.map(([name]) => name).sort());
        await assertSame(new FeatureStore(killed, { graph }), panel, lateToo);
      });
    }
  }));

Deno.test("`FeatureStore.compact()` may remove files while a reader is at them", () =>
  inFolder(async (folder) => {
    const panel = await manyDays(folder);
    await age(folder);
    const readFile = Deno.readFile;
    let files = 0;
    Deno.readFile = async (...args) => {
      if (String(args[0]).endsWith(".parquet") && ++files === 2) {
        Deno.readFile = readFile;
        const { filesBefore, filesAfter } = await new FeatureStore(folder, { graph }).compact();
        assert.ok(filesAfter < filesBefore);
      }
      return await readFile(...args);
    };
    try {
      await assertSame(new FeatureStore(folder, { graph }), panel, lateToo);
    } finally {
      Deno.readFile = readFile;
    }
    assert.equal(files, 2);
  }));

Deno.test("`FeatureStore.compact()` and writers wait for each other", () =>
  inFolder(async (folder) => {
    const stores = [1, 2, 3].map(() => new FeatureStore(folder, { graph }));
    for (const day of [300, 310]) await stores[0].update(upTo(day), few);
    await age(folder);
    await Promise.all([
      stores[0].update(upTo(320), few),
      stores[1].compact(),
      stores[2].update(upTo(320), lateToo),
      assertSame(new FeatureStore(folder, { graph }), upTo(310), few),
    ]);
    await assertSame(stores[1], upTo(320), lateToo);
  }));

Deno.test("`FeatureStore.compact()` joins nothing damaged, and names it", () =>
  inFolder(async (folder) => {
    const store = new FeatureStore(folder, { graph });
    await store.update(upTo(300), few);
    const [file] = parquets(folder);
    await store.update(market, few);
    const bytes = await Deno.readFile(join(folder, file));
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    await Deno.writeFile(join(folder, file), bytes);
    assert.deepEqual((await store.compact()).damaged, [file]);
    await assertSame(store, market, few);
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
