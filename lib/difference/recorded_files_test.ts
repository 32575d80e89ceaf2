import assert from "node:assert/strict";
import { join } from "node:path";
import { sha256 } from "@lib/core";
import { RecordedFiles } from "./recorded_files.ts";

Deno.test("`RecordedFiles` keeps a file beyond the run that left it, and gives it back only unharmed", async () => {
  const folder = await Deno.makeTempDir();
  const files = new RecordedFiles(join(folder, "recorded"));
  const [path, hash] = [join(folder, "equity.png"), sha256("picture")];
  assert.equal(await files.find(hash), undefined);
  await files.keepOnly(new Set()); // nothing is there yet
  for (const _ of [1, 2]) {
    await Deno.writeTextFile(path, "picture");
    await files.keep(path, hash);
    await Deno.remove(path);
    assert.equal(await Deno.readTextFile((await files.find(hash))!), "picture");
  }
  await Deno.writeTextFile((await files.find(hash))!, "scratched");
  assert.equal(await files.find(hash), undefined);
  await Deno.writeTextFile(path, "picture");
  await files.keep(path, hash);
  assert.notEqual(await files.find(hash), undefined);
  await files.keepOnly(new Set([sha256("another")]));
  assert.equal(await files.find(hash), undefined);
  await Deno.remove(folder, { recursive: true });
});
