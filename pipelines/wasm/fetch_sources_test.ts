import assert from "node:assert/strict";
import { repositoryPath } from "@lib/core";

Deno.test("wasm_sources.lock names the version of LightGBM that set-up installs, and expected.json its hash", async () => {
  const versions = await Promise.all(["python", "wasm_sources"].map(async (name) => {
    const text = await Deno.readTextFile(repositoryPath("pipelines", "setup", `${name}.lock`));
    return /^lightgbm==(\S+)/m.exec(text)?.[1];
  }));
  const expected = await Deno.readTextFile(repositoryPath("lib", "lightgbm", "wasm", "expected.json"));
  const { lightgbm, sha256 } = JSON.parse(expected);
  assert.deepEqual(versions, [lightgbm, lightgbm]);
  assert.match(sha256, /^[0-9a-f]{64}$/);
});
