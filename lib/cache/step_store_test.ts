import assert from "node:assert/strict";
import { encodeValue, StepStore } from "@lib/cache";

const KEY = "a".repeat(64);
const encoded = encodeValue({ forecasts: Float64Array.of(1, NaN), rounds: 3 });

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const filesIn = (folder: string) => Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();

Deno.test("`StepStore` gives back what it keeps, and writes the same bytes for the same value", () =>
  inFolder(async (folder) => {
    const store = new StepStore(folder);
    assert.equal(await store.read(KEY, "fit"), undefined);
    assert.equal(await store.outputOf(KEY), undefined);
    assert.ok(await store.write(KEY, "fit", encoded));
    const first = await Deno.readFile(`${folder}/${KEY}.step`);
    assert.deepEqual(await store.read(KEY, "fit"), {
      value: { forecasts: Float64Array.of(1, NaN), rounds: 3 },
      output: encoded.hash,
    });
    assert.equal(await store.outputOf(KEY), encoded.hash);
    await store.write(KEY, "fit", encoded);
    assert.deepEqual(await Deno.readFile(`${folder}/${KEY}.step`), first);
    assert.deepEqual(filesIn(folder), [`${KEY}.step`]);
  }));

Deno.test("`StepStore` finds every changed byte, every cut, and what belongs to another step", () =>
  inFolder(async (folder) => {
    const store = new StepStore(folder);
    await store.write(KEY, "fit", encoded);
    const path = `${folder}/${KEY}.step`;
    const sound = await Deno.readFile(path);
    const isDamaged = async (bytes: Uint8Array) => {
      await Deno.writeFile(path, bytes);
      return "damage" in (await store.read(KEY, "fit"))!;
    };
    for (let i = 0; i < sound.length; i++) {
      assert.ok(await isDamaged(sound.with(i, sound[i] ^ 1)), `byte ${i} changed unseen`);
    }
    for (let length = 0; length < sound.length; length += 3) {
      assert.ok(await isDamaged(sound.slice(0, length)), `the cut at ${length} went unseen`);
    }
    assert.ok(await isDamaged(Uint8Array.of(...sound, 0)));
    assert.ok(await isDamaged(new TextEncoder().encode("not of this kind")));
    assert.ok(!await isDamaged(sound));
    const other = "b".repeat(64);
    await Deno.copyFile(path, `${folder}/${other}.step`);
    assert.ok("damage" in (await store.read(other, "fit"))!);
    assert.ok("damage" in (await store.read(KEY, "another step"))!);
  }));

Deno.test("`StepStore` removes what was not used for longest, and what killed writers left", () =>
  inFolder(async (folder) => {
    let now = 1e12;
    const size = 100 + (await written(folder, encoded)).length;
    const store = new StepStore(folder, { mostBytes: 3 * size, clock: () => now += 1000 });
    const keys = ["1", "2", "3", "4"].map((digit) => digit.repeat(64));
    for (const key of keys.slice(0, 3)) await store.write(key, "fit", encoded);
    await store.read(keys[0], "fit");
    await Deno.writeTextFile(`${folder}/x.part`, "");
    await Deno.utime(`${folder}/x.part`, new Date(0), new Date(0));
    await store.write(keys[3], "fit", encoded);
    assert.deepEqual(filesIn(folder), [keys[0], keys[2], keys[3]].map((key) => `${key}.step`));
    const tiny = new StepStore(folder, { mostBytes: 10 });
    assert.equal(await tiny.write(KEY, "fit", encoded), false);
    assert.throws(() => new StepStore(folder, { mostBytes: -1 }), /mostBytes must be an integer of at least 0/);
  }));

Deno.test("`StepStore` keeps notes of attempts apart, and forgets them one by one", () =>
  inFolder(async (folder) => {
    const store = new StepStore(folder);
    await store.note("one", KEY, "x");
    await store.note("two", KEY, "y");
    assert.deepEqual([await store.noted("one", KEY), await store.noted("two", KEY)], ["x", "y"]);
    await store.forget("one");
    await store.forget("never begun");
    assert.deepEqual([await store.noted("one", KEY), await store.noted("two", KEY)], [undefined, "y"]);
    await store.write(KEY, "fit", encoded);
    assert.equal(await store.noted("two", KEY), "y");
    await new StepStore(folder, { clock: () => Date.now() + 40 * 86_400_000 }).write(KEY, "fit", encoded);
    assert.equal(await store.noted("two", KEY), undefined);
  }));

Deno.test("`StepStore` stays sound when many write and read the same key at once", () =>
  inFolder(async (folder) => {
    const large = encodeValue(new Float64Array(100_000).fill(0.5));
    await Promise.all(Array.from({ length: 20 }, async (_, i) => {
      const store = new StepStore(folder);
      if (i % 2 === 0) await store.write(KEY, "fit", large);
      const kept = await store.read(KEY, "fit");
      assert.ok(kept === undefined || !("damage" in kept));
    }));
    assert.deepEqual(filesIn(folder), [`${KEY}.step`]);
  }));

async function written(folder: string, value: typeof encoded): Promise<Uint8Array> {
  await new StepStore(folder).write(KEY, "fit", value);
  const bytes = await Deno.readFile(`${folder}/${KEY}.step`);
  await Deno.remove(`${folder}/${KEY}.step`);
  return bytes;
}
