import assert from "node:assert/strict";
import { repositoryPath } from "@lib/core";
import { describeBook, Ledger, type NewTrial } from "@lib/f4";
import type { RecordedStep } from "@lib/study";
import { $ } from "zx";
import { LEDGER_FOLDER, ledgerFaults } from "./ledger_faults.ts";

const now = () => new Date("2026-01-05T09:00:00Z");
const step: RecordedStep = { parameters: {}, metrics: {}, tags: {}, datasets: {}, artifacts: {} };

/** A trial on a book. */
function bookTrial(seed: number): NewTrial {
  const returns = { dates: ["2020-01-01", "2020-01-02"], values: Float64Array.of(0.01, seed / 1000) };
  return {
    source: { source: "a test", parameters: { seed }, data: [] },
    judged: describeBook("book", returns),
    tier: "development",
    metric: { name: "annual Sharpe ratio", value: 0.3, t: 0.5 },
    series: returns,
  };
}

/** A repository of its own in a temporary folder, removed afterwards. */
async function inRepository(work: (root: string, git: (...args: string[]) => Promise<unknown>) => Promise<void>) {
  const root = await Deno.makeTempDir();
  const env = { ...Deno.env.toObject(), GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" };
  const run = $({ cwd: root, quiet: true, env });
  const git = (...args: string[]) => run`git -c user.name=n -c user.email=e ${args}`;
  try {
    await git("init", "--quiet", "--initial-branch=main");
    await work(root, git);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("ledgerFaults() holds the ledger against its chain, the newest commit and the recorded studies", async () => {
  await inRepository(async (root, git) => {
    assert.deepEqual(await ledgerFaults(root, { study: { steps: { one: step } } }), []);
    const ledger = await Ledger.open(`${root}/${LEDGER_FOLDER}`, { now });
    for (const seed of [1, 2, 3]) await ledger.append(bookTrial(seed));
    await git("add", ".");
    await git("commit", "--quiet", "--message=first");
    const { record } = await ledger.append(bookTrial(4));
    const study = (trial: string) => ({ study: { steps: { one: { ...step, tags: { trial } } } } });
    assert.deepEqual(await ledgerFaults(root, study(record.hash)), []);
    assert.deepEqual(await ledgerFaults(root, study("0".repeat(64))), [
      "study/one is recorded with the trial 000000000000, which the ledger does not have",
    ]);
    const path = `${root}/${LEDGER_FOLDER}/ledger.jsonl`;
    const lines = (await Deno.readTextFile(path)).split("\n").slice(0, 2);
    await Deno.writeTextFile(path, lines.map((line) => `${line}\n`).join(""));
    const faults = await ledgerFaults(root, {});
    assert.match(faults.join("\n"), /idle series/);
    assert.match(
      faults.at(-1)!,
      /must keep what was committed, current state lacks the record of 2026-01-05.* a test /,
    );
  });
});

Deno.test("ledgerFaults() finds none after git has merged branches that both tried something", async () => {
  await inRepository(async (root, git) => {
    const ledger = () => Ledger.open(`${root}/${LEDGER_FOLDER}`, { now });
    const commit = async (...seeds: number[]) => {
      for (const seed of seeds) await (await ledger()).append(bookTrial(seed));
      await git("add", ".");
      await git("commit", "--quiet", "--message=trials");
    };
    await Deno.copyFile(repositoryPath(".gitattributes"), `${root}/.gitattributes`);
    await commit(1);
    await git("checkout", "--quiet", "-b", "other");
    await commit(2, 3);
    await git("checkout", "--quiet", "main");
    await commit(4, 5);
    await git("merge", "--quiet", "--message=both", "other");
    assert.deepEqual(await ledgerFaults(root, {}), []);
    assert.equal((await (await ledger()).standing(bookTrial(1))).trials, 5);
    await commit(6);
    assert.deepEqual(await ledgerFaults(root, {}), []);
  });
});
