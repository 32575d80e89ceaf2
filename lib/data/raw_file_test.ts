import assert from "node:assert/strict";
import { sha256 } from "@lib/core";
import { readRawFile } from "./raw_file.ts";

async function inRawFolder(test: (rawFolder: string) => Promise<void>) {
  const rawFolder = await Deno.makeTempDir();
  const files = [{ path: "a.csv", bytes: 3, sha256: sha256("abc") }, { path: "gone.csv", bytes: 1, sha256: "0" }];
  await Deno.writeTextFile(`${rawFolder}/manifest.json`, JSON.stringify({ files }));
  await Deno.writeTextFile(`${rawFolder}/a.csv`, "abc");
  await test(rawFolder).finally(() => Deno.remove(rawFolder, { recursive: true }));
}

Deno.test("readRawFile() gives the bytes that the manifest names", () =>
  inRawFolder(async (rawFolder) => {
    assert.equal(new TextDecoder().decode(await readRawFile("a.csv", { rawFolder })), "abc");
  }));

Deno.test("readRawFile() refuses a file of another content, even of the same size", () =>
  inRawFolder(async (rawFolder) => {
    await Deno.writeTextFile(`${rawFolder}/a.csv`, "abd");
    await assert.rejects(readRawFile("a.csv", { rawFolder }), {
      name: "RangeError",
      message: /^Cannot read a\.csv: it must have 3 bytes with SHA-256 ba7816bf.*run `make setup`$/,
    });
  }));

Deno.test("readRawFile() says what to do where a file was not fetched", () =>
  inRawFolder(async (rawFolder) => {
    await assert.rejects(readRawFile("gone.csv", { rawFolder }), { name: "NotFound", message: /run `make setup`$/ });
    await assert.rejects(readRawFile("b.csv", { rawFolder }), { name: "RangeError", message: /one of a\.csv, gone/ });
  }));
