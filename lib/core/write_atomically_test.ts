import assert from "node:assert/strict";
import { sha256, sha256File } from "./hash.ts";
import { stableJson } from "./stable_json.ts";
import { writeAtomically } from "./write_atomically.ts";

Deno.test("writeAtomically() leaves the old file and no other when it cannot finish", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.mkdir(`${folder}/taken`);
  await assert.rejects(writeAtomically(`${folder}/taken`, "text"));
  assert.deepEqual(Array.from(Deno.readDirSync(folder), (entry) => entry.name), ["taken"]);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writeAtomically() writes pieces one after the other", async () => {
  const folder = await Deno.makeTempDir();
  const pieces = [Uint8Array.of(1, 2), new Uint8Array(), Uint8Array.of(3)];
  await writeAtomically(`${folder}/pieces`, pieces);
  assert.deepEqual(await Deno.readFile(`${folder}/pieces`), Uint8Array.of(1, 2, 3));
  await Deno.remove(folder, { recursive: true });
});

Deno.test("sha256File() agrees with sha256()", async () => {
  const path = await Deno.makeTempFile();
  const bytes = new Uint8Array(300_000).map((_, index) => index * 31);
  await Deno.writeFile(path, bytes);
  assert.equal(await sha256File(path), sha256(bytes));
  await Deno.remove(path);
});

Deno.test("stableJson() refuses a number that JSON would lose, and says where", () => {
  assert.throws(() => stableJson({ a: [{ b: NaN }] }), {
    name: "RangeError",
    message: "Cannot write JSON: every number must be finite, current value of value.a[0].b is NaN",
  });
});
