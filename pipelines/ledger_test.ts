import assert from "node:assert/strict";
import { repositoryPath } from "@lib/core";
import { describeBook, Ledger, type NewTrial } from "@lib/f4";

const now = () => new Date("2026-01-05T09:00:00Z");

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

/** What `make ledger` says of the ledger in a folder, with its exit code. */
async function shown(folder: string, ...args: string[]) {
  const program = ["run", "-A", "--quiet", "--no-check", repositoryPath("pipelines", "ledger.ts"), ...args];
  const env = { NO_COLOR: "1", FORCE_COLOR: "0", LAB_LEDGER: folder };
  const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), { args: program, env }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { stdout: text(stdout), stderr: text(stderr), exitCode: code };
}

Deno.test("make ledger shows what was tried, what changed, what the next claim costs, and what is broken", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assert.match((await shown(folder)).stdout, /Nothing has been tried yet/);
    const ledger = await Ledger.open(folder, { now });
    for (const seed of [1, 2]) await ledger.append(bookTrial(seed));
    const admit = ["--admit=40", "--what=book", "--market=synthetic", "--words=by hand, see the log"];
    const admitted = await shown(folder, ...admit);
    assert.equal(admitted.exitCode, 0, admitted.stderr);
    assert.match(admitted.stdout, /40 looks at books on synthetic stand in the ledger/);
    const { stdout } = await shown(folder);
    assert.match(stdout, /2026-01-05 09:00 .*development .*book book, 2 days from 2020-01-01 .*the first of a test/);
    assert.match(stdout, /a test: seed 1 -> 2/);
    assert.match(stdout, /final .*40 books, admitted .*by hand, see the log/);
    assert.match(stdout, /books on unnamed data .*annual Sharpe ratio .*Sharpe/);
    const bytes = await Deno.readFile(`${folder}/ledger.jsonl`);
    await shown(folder, ...admit);
    assert.deepEqual(await Deno.readFile(`${folder}/ledger.jsonl`), bytes, "the same admission is no new one");
    const refused = await shown(folder, "--admit=40", "--what=book", "--market=synthetic");
    assert.deepEqual([refused.exitCode, refused.stdout], [1, ""]);
    await Deno.writeTextFile(`${folder}/ledger.jsonl`, (await ledgerText(folder)).replace('"seed":1', '"seed":9'));
    const broken = await shown(folder);
    assert.equal(broken.exitCode, 1);
    assert.match(broken.stderr, /line 1 \(edited\)/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

function ledgerText(folder: string): Promise<string> {
  return Deno.readTextFile(`${folder}/ledger.jsonl`);
}
