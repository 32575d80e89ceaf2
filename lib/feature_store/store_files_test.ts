import assert from "node:assert/strict";
import { join } from "node:path";
import { CodeGraph } from "@lib/code";
import { freePorts, repositoryPath } from "@lib/core";
import { loadMarket } from "@lib/data";
import { buildFeatures, featuresNamed } from "@lib/features";
import { FeatureStore } from "./feature_store.ts";
import { openStoreFiles, type StoreFiles } from "./store_files.ts";

const graph = new CodeGraph(repositoryPath());
const { panel: market } = await loadMarket("synthetic", {
  tier: "final",
  synthetic: { seed: 4, symbols: 4, days: 90 },
});
const upTo = (day: number) => market.select((row) => market.dayOf[row] < day);
const features = featuresNamed(["rsi_14", "momentum_5", "volatility_20", "weekday"]);
const wanted = buildFeatures(market, { features }).panel.columns;

async function redisServer(): Promise<string | undefined> {
  for (const path of [Deno.env.get("REDIS_SERVER") ?? "", ..."redis-server valkey-server".split(" ")]) {
    const found = path !== "" && await new Deno.Command(path, { args: ["--version"], stdout: "null" }).output()
      .then(({ success }) => success, () => false);
    if (found) return path;
  }
}

const binary = await redisServer();
const needsServer = binary === undefined ? ", skipped: no redis-server in PATH or REDIS_SERVER" : "";

/** Runs a Redis of its own while it is used. */
async function withRedis(use: (address: string, folder: string) => Promise<void>, ...settings: string[]) {
  const folder = await Deno.makeTempDir({ prefix: "redis" });
  const [port] = await freePorts(1);
  const server = new Deno.Command(binary!, {
    args: ["--port", `${port}`, "--dir", folder, "--save", "", "--bind", "127.0.0.1", ...settings],
    stdout: "null",
  }).spawn();
  const address = `redis://127.0.0.1:${port}`;
  try {
    for (let wait = 0; wait < 100; wait++) {
      const isThere = await Deno.connect({ port }).then((connection) => connection.close(), () => "no");
      if (isThere !== "no") break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await use(address, folder);
  } finally {
    server.kill();
    await server.status;
    await Deno.remove(folder, { recursive: true });
  }
}

async function withFolder(use: (place: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await use(join(folder, "store"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const places = [
  { kind: "a folder", ignore: false, within: withFolder },
  { kind: `a Redis${needsServer}`, ignore: binary === undefined, within: withRedis },
];

async function parquets(files: StoreFiles): Promise<string[]> {
  return (await files.list()).map(({ name }) => name).filter((name) => name.endsWith(".parquet")).sort();
}

for (const { kind, ignore, within } of places) {
  Deno.test({
    name: `FeatureStore continues day by day in ${kind}, equal to the last bit, and another store on it reads it`,
    ignore,
    fn: () =>
      within(async (place) => {
        {
          await using files = await openStoreFiles(place);
          const store = new FeatureStore(files, { graph });
          for (const day of [40, 41, 89]) await store.update(upTo(day), features);
          const { computed } = await store.update(market, features);
          assert.equal(computed, 4 * 4);
          assert.deepEqual((await store.read(market, features)).panel.columns, wanted);
        }
        await using files = await openStoreFiles(place);
        const other = new FeatureStore(files, { graph });
        const { computed, kept, damaged } = await other.update(market, features);
        assert.deepEqual([computed, kept, damaged], [0, market.rows * 4, []]);
        assert.deepEqual((await other.read(market, features)).panel.columns, wanted);
        assert.ok((await parquets(files)).length >= 4);
        const { filesAfter } = await other.compact();
        assert.equal(filesAfter, 1);
        assert.deepEqual((await other.read(market, features)).panel.columns, wanted);
      }),
  });

  Deno.test({
    name: `FeatureStore finds what is damaged or gone in ${kind}, and makes it again`,
    ignore,
    fn: () =>
      within(async (place) => {
        await using files = await openStoreFiles(place);
        for (const harm of ["cut", "changed", "gone", "index"]) {
          await new FeatureStore(files, { graph }).update(market, features);
          const [file] = await parquets(files);
          const bytes = (await files.read(file))!;
          if (harm === "cut") await files.write(file, bytes.slice(0, -9));
          else if (harm === "changed") await files.write(file, bytes.map((byte, at) => at === 900 ? byte ^ 1 : byte));
          else if (harm === "gone") { for (const each of await parquets(files)) await files.remove(each); }
          else await files.write("index.json", "{}");
          const { panel } = await new FeatureStore(files, { graph }).read(market, features);
          assert.deepEqual(panel.columns, wanted, harm);
        }
      }),
  });

  Deno.test({
    name: `FeatureStore takes several writers and readers at a time in ${kind}`,
    ignore,
    fn: () =>
      within(async (place) => {
        const work = [30, 60, 90, 60, 30].map(async (day) => {
          await using files = await openStoreFiles(place);
          const store = new FeatureStore(files, { graph });
          await store.update(upTo(day), features);
          const { panel } = await store.read(upTo(day), features);
          assert.deepEqual(panel.columns, buildFeatures(upTo(day), { features }).panel.columns);
        });
        await Promise.all(work);
        await using files = await openStoreFiles(place);
        assert.deepEqual((await new FeatureStore(files, { graph }).read(market, features)).panel.columns, wanted);
      }),
  });

  Deno.test({
    name: `a writer waits for its turn in ${kind}, and says for whom if it is not let in`,
    ignore,
    fn: () =>
      within(async (place) => {
        await using files = await openStoreFiles(place);
        const turn = (await files.takeTurn(Infinity))!;
        assert.equal(await files.takeTurn(Date.now() + 100), undefined);
        await assert.rejects(new FeatureStore(files, { graph, patienceMs: 60 }).update(market, features), {
          name: "RangeError",
          message: `Cannot update features: the writer before must finish within 60 ms, it still holds ${files.place}`,
        });
        await turn.release();
        await (await files.takeTurn(Date.now() + 1000))!.release();
      }),
  });
}

Deno.test({
  name: `a writer who lost the turn changes nothing in a Redis${needsServer}`,
  ignore: binary === undefined,
  fn: () =>
    withRedis(async (address) => {
      await using files = await openStoreFiles(address);
      const late = (await files.takeTurn(Infinity))!;
      await files.write("index.json", "before");
      const { createClient } = await import("@redis/client");
      const admin = await createClient({ url: address }).connect();
      await admin.del("features:writer"); // as it expires where a writer is not heard of
      const next = (await files.takeTurn(Infinity))!;
      await assert.rejects(late.write("index.json", "late"), /must last, it was lost .*; nothing was changed/);
      await next.write("index.json", "next");
      await late.release();
      assert.equal(new TextDecoder().decode(await files.read("index.json")), "next");
      assert.equal(
        await files.takeTurn(Date.now()),
        undefined,
        "the late one's release must not free the next one's turn",
      );
      await next.release();
      await files.write("large", new Uint8Array(70 * 2 ** 20).fill(7));
      assert.equal(await files.size("large"), 70 * 2 ** 20);
      assert.ok((await files.read("large"))!.every((byte) => byte === 7));
      await admin.del("features:file:large:1"); // as Redis does for want of memory
      assert.deepEqual([await files.size("large"), await files.read("large")], [undefined, undefined]);
      await admin.close();
    }),
});

Deno.test({
  name: `openStoreFiles() says what is wrong with a Redis that asks for a password${needsServer}`,
  ignore: binary === undefined,
  fn: () =>
    withRedis(
      async (address) => {
        await assert.rejects(openStoreFiles(address), /a Redis must answer at redis:.* current answer is NOAUTH/);
        const wrong = address.replace("//", "//:guess@");
        await assert.rejects(openStoreFiles(wrong), (error: Error) => !error.message.includes("guess"));
        await using files = await openStoreFiles(address.replace("//", "//:secret@"));
        assert.equal(await files.read("nothing"), undefined);
      },
      "--requirepass",
      "secret",
    ),
});

Deno.test("openStoreFiles() says where nobody answers", async () => {
  await assert.rejects(openStoreFiles("redis://127.0.0.1:9"), {
    name: "Error",
    message:
      /Cannot open the feature store: a Redis must answer at redis:\/\/127.0.0.1:9 .* current answer is .*refused/i,
  });
});
