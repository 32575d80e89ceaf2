import assert from "node:assert/strict";
import { sha256, stableJson } from "@lib/core";
import { bookTrial } from "../testdata/made_up_trials.ts";
import { Ledger } from "./ledger.ts";
import { lostRecords } from "./lost_records.ts";

const now = () => new Date("2026-01-05T09:00:00Z");
const TRIALS = 6;

/** A ledger of six trials in a folder, and its lines. */
async function written(work: (folder: string, lines: readonly string[]) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const ledger = await Ledger.open(folder, { now });
    for (let seed = 1; seed <= TRIALS; seed++) await ledger.append(bookTrial(seed));
    await work(folder, (await Deno.readTextFile(`${folder}/ledger.jsonl`)).trimEnd().split("\n"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What is wrong with other lines in the place of those that were written, and whether the ledger is still used. */
async function faultsOf(folder: string, lines: readonly string[]) {
  await Deno.writeTextFile(`${folder}/ledger.jsonl`, lines.map((line) => `${line}\n`).join(""));
  const ledger = await Ledger.open(folder, { now });
  const faults = (await ledger.verify()).map(({ fault, line }) => `${fault} ${line ?? ""}`.trim());
  const isUsed = await ledger.append(bookTrial(99)).then(() => true, () => false);
  return { faults, isUsed };
}

Deno.test("Ledger.verify() finds a record edited in any of its values", async () => {
  await written(async (folder, lines) => {
    const edits: [RegExp, string][] = [
      [/"value":0.3/, '"value":0.2'],
      [/"tier":"development"/, '"tier":"final"'],
      [/"when":"2026/, '"when":"2025'],
      [/"seed":3/, '"seed":4'],
    ];
    for (const [found, other] of edits) {
      const edited = lines.map((line, index) => index === 2 ? line.replace(found, other) : line);
      assert.notDeepEqual(edited, lines);
      assert.deepEqual(await faultsOf(folder, edited), { faults: ["edited 3"], isUsed: false });
    }
  });
});

Deno.test("Ledger.verify() finds a record edited and hashed anew by those that follow it", async () => {
  await written(async (folder, lines) => {
    const { hash: _, ...record } = JSON.parse(lines[2]);
    record.metric.value = 0;
    const forged = JSON.stringify({ ...record, hash: sha256(stableJson(record)) });
    const { faults, isUsed } = await faultsOf(folder, lines.with(2, forged));
    assert.deepEqual([faults, isUsed], [["removed 4"], false]);
  });
});

Deno.test("Ledger.verify() finds any record removed but the newest, and that one by its daily values", async () => {
  await written(async (folder, lines) => {
    for (let removed = 0; removed < TRIALS - 1; removed++) {
      const { faults, isUsed } = await faultsOf(folder, lines.toSpliced(removed, 1));
      assert.deepEqual([faults, isUsed], [[`removed ${removed + 1}`, "idle series"], false]);
    }
    assert.deepEqual((await faultsOf(folder, lines.slice(0, -1))).faults, ["idle series"]);
  });
});

Deno.test("Ledger.verify() finds records swapped, doubled, and lines of others", async () => {
  await written(async (folder, lines) => {
    const swapped = [lines[0], lines[2], lines[1], ...lines.slice(3)];
    assert.deepEqual((await faultsOf(folder, swapped)).faults, ["reordered 2"]);
    assert.deepEqual((await faultsOf(folder, lines.toSpliced(4, 0, lines[1]))).faults, ["doubled 5"]);
    for (const foreign of ["", "{}", "<<<<<<< ours", '{"format":1,"kind":"trial","hash":"","previous":[]}', "null"]) {
      assert.deepEqual(await faultsOf(folder, lines.toSpliced(3, 0, foreign)), {
        faults: ["foreign 4"],
        isUsed: false,
      });
    }
  });
});

Deno.test("Ledger.verify() finds daily values that were edited, removed or cut", async () => {
  await written(async (folder, lines) => {
    const path = `${folder}/series/${JSON.parse(lines[1]).series}`;
    const whole = await Deno.readFile(path);
    const ledger = await Ledger.open(folder, { now });
    const faults = async () => (await ledger.verify()).map(({ fault }) => fault);
    await Deno.writeFile(path, whole.with(80, whole[80] ^ 1));
    assert.deepEqual(await faults(), ["edited series"]);
    await Deno.writeFile(path, whole.subarray(0, 90));
    assert.deepEqual(await faults(), ["edited series"]);
    await Deno.remove(path);
    assert.deepEqual(await faults(), ["missing series"]);
    await ledger.append(bookTrial(2));
    assert.deepEqual(await faults(), [], "a rerun of the trial brings them back");
  });
});

Deno.test("lostRecords() finds what an earlier state of the ledger had: newest records removed, or all written anew", async () => {
  await written((_, lines) => {
    const text = (some: readonly string[]) => some.map((line) => `${line}\n`).join("");
    assert.deepEqual(lostRecords(text(lines.slice(0, 4)), text(lines)), []);
    const { hash, when } = JSON.parse(lines[5]);
    assert.deepEqual(lostRecords(text(lines), text(lines.slice(0, 5))), [{ hash, when, source: "a test" }]);
    assert.equal(lostRecords(text(lines), "").length, TRIALS);
    return Promise.resolve();
  });
});
