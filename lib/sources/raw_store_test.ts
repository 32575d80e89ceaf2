import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { RawStore } from "./raw_store.ts";

const question = { source: "fred", url: "https://example.org/a?series=DGS10" };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const now = new Date("2026-01-05T00:00:00Z");

async function inStore(use: (store: RawStore, folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(new RawStore(folder), folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function files(folder: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    paths.push(...isDirectory ? await files(path) : [path]);
  }
  return paths.sort();
}

Deno.test("RawStore keeps each time that an answer came, and its bytes once", () =>
  inStore(async (store, folder) => {
    for (const [day, text] of [["02", "1"], ["03", "1"], ["01", "0"]]) {
      await store.keep({ ...question, fetchedAt: new Date(`2026-01-${day}T12:00:00Z`), bytes: bytesOf(text) });
    }
    const history = await store.history(question.source, question.url);
    assert.deepEqual(history.map(({ fetchedAt }) => fetchedAt.slice(8, 10)), ["01", "02", "03"]);
    assert.equal(new TextDecoder().decode(await store.read(history[0])), "0");
    assert.equal((await files(join(folder, "objects"))).length, 2);
    assert.deepEqual(await store.history(question.source, `${question.url}&x`), []);
    assert.deepEqual(await store.faults(now), []);
  }));

Deno.test("RawStore finds damage in bytes and in records, and mends bytes that come again", () =>
  inStore(async (store, folder) => {
    const answer = { ...question, fetchedAt: new Date("2026-01-02T00:00:00Z"), bytes: bytesOf("1.5") };
    const record = await store.keep(answer);
    const [object] = await files(join(folder, "objects"));
    await Deno.writeTextFile(object, "1.6");
    assert.equal(await store.read(record), undefined);
    assert.deepEqual((await store.faults(now)).map(({ path }) => path), [object]);
    await store.keep(answer);
    assert.deepEqual(await store.read(record), answer.bytes);

    const [path] = await files(join(folder, "records"));
    await Deno.writeTextFile(path, (await Deno.readTextFile(path)).replace("2026-01-02", "2025-01-02"));
    assert.deepEqual(await store.history(question.source, question.url), []);
    assert.deepEqual((await store.faults(now)).map((fault) => fault.path), [path]);
  }));

Deno.test("RawStore removes what killed writers left an hour ago, and nothing else", () =>
  inStore(async (store, folder) => {
    await store.keep({ ...question, fetchedAt: now, bytes: bytesOf("1") });
    const [object] = await files(join(folder, "objects"));
    const [old, young] = [`${object}.a.part`, `${object}.b.part`];
    for (const path of [old, young]) await Deno.writeTextFile(path, "half");
    await Deno.utime(old, new Date(now.getTime() - 7.2e6), new Date(now.getTime() - 7.2e6));
    await Deno.utime(young, now, now);
    assert.deepEqual(await store.faults(now), []);
    assert.deepEqual((await files(join(folder, "objects"))).sort(), [object, young].sort());
  }));

Deno.test("RawStore loses nothing that was kept when its writers are killed", () =>
  inStore(async (store, folder) => {
    const program = repositoryPath("lib", "sources", "testdata", "keep_on.ts");
    const writers = [1, 2].map((seed) =>
      new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--quiet", program, folder, String(seed)],
        stdout: "piped",
      }).spawn()
    );
    const told = await Promise.all(writers.map(async (writer) => {
      const decoder = new TextDecoder();
      let output = "";
      for await (const piece of writer.stdout) {
        output += decoder.decode(piece, { stream: true });
        if (output.split("\n").length > 40) writer.kill("SIGKILL");
      }
      await writer.status;
      return output.split("\n").slice(0, -1);
    }));
    assert.deepEqual(await store.faults(now), []);
    for (const hash of told.flat()) {
      assert.ok(await store.read({ format: 1, ...question, fetchedAt: "", hash, bytes: 0 }), hash);
    }
    const kept = await store.history(question.source, question.url);
    assert.ok(kept.length >= told.flat().length && told.flat().length >= 80);
  }));

Deno.test("RawStore refuses a source that is no name", () =>
  inStore(async (store) => {
    await assert.rejects(
      () => store.keep({ ...question, source: "../x", fetchedAt: now, bytes: bytesOf("") }),
      RangeError,
    );
  }));
