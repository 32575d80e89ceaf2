import assert from "node:assert/strict";
import { join } from "node:path";
import { RunHistory } from "./_run_history.ts";

const past = (seconds: number, memoryMb?: number) => ({ seconds, memoryMb, cells: { a: seconds } });

Deno.test("RunHistory gives the last run with the same parameters, else one with others, with the most memory", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "deep", "durations.json");
  try {
    const history = await RunHistory.open(path);
    assert.equal(history.find("/a.ipynb", {}), undefined);
    await history.add("/a.ipynb", { days: 1, seed: 1, outputFolder: "x" }, past(9, 500));
    await history.add("/a.ipynb", { seed: 1, days: 1, outputFolder: "y" }, past(2, 100));
    await history.add("/a.ipynb", { days: 5, seed: 1 }, past(7));
    const again = await RunHistory.open(path);
    const { seconds, memoryMb, isSame } = again.find("/a.ipynb", { days: 1, seed: 1 })!;
    assert.deepEqual([seconds, memoryMb, isSame], [2, 500, true]);
    const other = again.find("/a.ipynb", { days: 20, seed: 1 })!;
    assert.deepEqual([other.seconds, other.memoryMb, other.isSame], [7, 500, false]);
    assert.equal(again.find("/b.ipynb", { days: 1, seed: 1 }), undefined);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("RunHistory is small, and counts as empty where it cannot be read", async () => {
  const folder = await Deno.makeTempDir();
  const path = join(folder, "durations.json");
  try {
    for (const text of ["", "[1]", `[{"notebook":"/a","parameters":"[]","runs":[null]}]`]) {
      await Deno.writeTextFile(path, text);
      assert.equal((await RunHistory.open(path)).find("/a", {}), undefined);
    }
    const forgetful = await RunHistory.open(undefined);
    for (let run = 0; run < 400; run++) await forgetful.add(`/${run}`, {}, past(run));
    assert.equal(forgetful.find("/0", {}), undefined);
    assert.equal(forgetful.find("/399", {})?.seconds, 399);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
