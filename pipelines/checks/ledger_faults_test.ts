import assert from "node:assert/strict";
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

Deno.test("ledgerFaults() holds the ledger against its chain, the newest commit and the recorded studies", async () => {
  const root = await Deno.makeTempDir();
  const git = $({
    cwd: root,
    quiet: true,
    env: { ...Deno.env.toObject(), GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_SYSTEM: "/dev/null" },
  });
  try {
    assert.deepEqual(await ledgerFaults(root, { study: { steps: { one: step } } }), []);
    await git`git init -q`;
    const ledger = await Ledger.open(`${root}/${LEDGER_FOLDER}`, { now });
    for (const seed of [1, 2, 3]) await ledger.append(bookTrial(seed));
    await git`git add .`;
    await git`git -c user.name=n -c user.email=e commit -q -m first`;
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
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
