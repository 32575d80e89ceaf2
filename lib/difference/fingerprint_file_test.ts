import assert from "node:assert/strict";
import { join } from "node:path";
import { openRun } from "@lib/notebook";
import { readFingerprints, runFingerprints, writeFingerprints } from "./fingerprint_file.ts";

Deno.test("`writeFingerprints()` writes a line a column, and `readFingerprints()` gives the same back", async () => {
  const folder = await Deno.makeTempDir();
  const run = await openRun(folder);
  await run.table("books", [{ book: "rank", sharpe: 0.5 }, { book: "neutral", sharpe: NaN }]);
  await run.model("ridge.bin", Uint8Array.of(1, 2));
  const steps = { tour: await runFingerprints(await run.finish(), folder) };
  assert.deepEqual(Object.keys(steps.tour), ["tables/books.csv"]); // a model has no cells
  const path = join(folder, "fingerprints.json");
  await writeFingerprints(path, steps);
  assert.deepEqual(await readFingerprints(path), steps);
  assert.ok((await Deno.readTextFile(path)).split("\n").includes('"sharpe":{"cells":[0.5,null]}'));
  await Deno.writeTextFile(path, '{"format":2}');
  await assert.rejects(() => readFingerprints(path), /format must be 1, current value is 2/);
  await Deno.writeTextFile(path, '{"format":1,');
  await assert.rejects(
    () => readFingerprints(path),
    /^SyntaxError: Cannot read .*fingerprints\.json: it must be JSON, /,
  );
  assert.deepEqual(await readFingerprints(join(folder, "none.json")), {});
  await Deno.remove(folder, { recursive: true });
});
