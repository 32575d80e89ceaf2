import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { seededRandom } from "@lib/core";
import { bookTrial } from "../testdata/made_up_trials.ts";
import { Ledger } from "./ledger.ts";

const now = () => new Date("2026-01-05T09:00:00Z");

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A process that appends trials one after the other and says each number once it is in. */
function writer(folder: string, first: number, trials: number): Deno.ChildProcess {
  const script = fileURLToPath(new URL("../testdata/append_trials.ts", import.meta.url));
  const args = ["run", "-A", "--quiet", "--no-check", script, folder, String(first), String(trials)];
  return new Deno.Command(Deno.execPath(), { args, stdout: "piped" }).spawn();
}

/** What a writer has said until it ended. */
async function said({ stdout }: Deno.ChildProcess): Promise<number[]> {
  return (await new Response(stdout).text()).split("\n").slice(0, -1).map(Number);
}

Deno.test("Ledger takes every trial of several processes that write at once, and the same trial once", async () => {
  await inFolder(async (folder) => {
    const writers = [0, 6, 12].map((first) => writer(folder, first, 12)); // neighbours write six trials both
    for (const process of writers) {
      const [numbers, { code }] = await Promise.all([said(process), process.status]);
      assert.deepEqual([numbers.length, code], [12, 0]);
    }
    const ledger = await Ledger.open(folder, { now });
    assert.deepEqual(await ledger.verify(), []);
    assert.equal((await ledger.records()).length, 24);
  });
});

Deno.test("Ledger keeps what writers that are killed at any moment have reported, and stays whole", async () => {
  await inFolder(async (folder) => {
    const random = seededRandom(7);
    const reported: number[] = [];
    for (let round = 0; round < 3; round++) {
      const writers = [0, 1].map((index) => writer(folder, 10_000 * (2 * round + index), 10_000));
      const speaking = writers.map(said);
      while ((await Deno.stat(`${folder}/ledger.jsonl`).catch(() => undefined)) === undefined) await pause(20);
      await pause(400 + 300 * random());
      for (const process of writers) process.kill("SIGKILL");
      for (const numbers of await Promise.all(speaking)) reported.push(...numbers);
      await Promise.all(writers.map(({ status }) => status));
    }
    const ledger = await Ledger.open(folder, { now });
    await ledger.append(bookTrial(999_999));
    const faults = (await ledger.verify()).filter(({ fault }) => fault !== "idle series");
    assert.deepEqual(faults, []);
    const seeds = new Set(
      (await ledger.records()).map((record) => record.kind === "trial" && record.source.parameters.seed),
    );
    assert.ok(reported.length > 0);
    assert.deepEqual(reported.filter((seed) => !seeds.has(seed)), []);
  });
});

Deno.test("Ledger sets aside what is left of a line, wherever it was cut, and completes one that lacks only its end", async () => {
  await inFolder(async (folder) => {
    const path = `${folder}/ledger.jsonl`;
    const ledger = await Ledger.open(folder, { now });
    await ledger.append(bookTrial(1));
    const start = await Deno.readTextFile(path);
    await ledger.append(bookTrial(2));
    const line = (await Deno.readTextFile(path)).slice(start.length, -1);
    for (let cut = 1; cut < line.length; cut += 97) {
      await Deno.writeTextFile(path, start + line.slice(0, cut));
      const after = await Ledger.open(folder, { now });
      assert.deepEqual((await after.verify()).map(({ fault }) => fault), ["torn", "idle series"]);
      assert.equal((await after.standing(bookTrial(2))).trials, 1);
      assert.ok((await after.append(bookTrial(2))).isNew);
      assert.deepEqual(await after.verify(), []);
      const torn = (await after.records()).flatMap((record) => record.kind === "torn" ? [record.text] : []);
      assert.deepEqual(torn, [line.slice(0, cut)]);
    }
    await Deno.writeTextFile(path, start + line);
    const after = await Ledger.open(folder, { now });
    assert.equal((await after.append(bookTrial(2))).isNew, false);
    assert.equal(await Deno.readTextFile(path), `${start}${line}\n`);
  });
});

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
