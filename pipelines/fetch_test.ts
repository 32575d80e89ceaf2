import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";
import { runFetch } from "./fetch/run_fetch.ts";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function command(args: string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", repositoryPath("pipelines", "fetch.ts"), ...args],
    env,
  }).output();
  const [output, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, output, errors };
}

Deno.test("pipelines/fetch.ts says that there is no network, which symbols are missing, and how to go on", () =>
  inFolder(async (folder) => {
    const nowhere = "http://127.0.0.1:1"; // a proxy that does not exist: no way out, on every machine
    const args = ["--source=yahoo", "--symbols=AAPL,MSFT", "--from=2024-01-01", "--attempts=2"];
    const { code, output } = await command([...args, `--out=${folder}/out`, `--raw=${folder}/raw`], {
      HTTPS_PROXY: nowhere,
      HTTP_PROXY: nowhere,
      NO_PROXY: "",
    });
    assert.equal(code, 1);
    assert.match(
      output,
      /1 of 2 {2}AAPL: Cannot fetch .*chart\/AAPL.*network must lead to query2\.finance\.yahoo\.com/,
    );
    assert.match(output, /Not fetched: AAPL, MSFT\. The same command goes on where it ended\./);
    assert.deepEqual(Array.from(Deno.readDirSync(folder)), []);
  }));

Deno.test("pipelines/fetch.ts says what is wrong with its arguments", async () => {
  const { code, errors } = await command(["--source=yahoo", "--symbols=AAPL", "--from=yesterday"]);
  assert.equal(code, 1);
  assert.match(errors, /^Cannot fetch: FROM must be a date as YYYY-MM-DD, current value is yesterday\n$/);
  await assert.rejects(
    runFetch(["--source=elsewhere"], () => {}),
    /SOURCE must be one of yahoo, finnhub, fred, sec, yahoo_options/,
  );
  await assert.rejects(runFetch(["--source=yahoo", "--from=2024-01-01"], () => {}), /at least one symbol/);
});

Deno.test("runFetch() leaves bars, and tells how far it is", () =>
  inFolder(async (folder) => {
    const chart = await Deno.readTextFile(repositoryPath("lib", "sources", "testdata", "yahoo_chart.json"));
    const lines: string[] = [];
    const args = [
      "--source=yahoo",
      "--symbols=ACME",
      "--from=2024-01-11",
      `--out=${folder}/out`,
      `--raw=${folder}/raw`,
    ];
    const code = await runFetch(args, (line) => lines.push(line), {
      fetch: () => Promise.resolve(new Response(chart)),
      clock: { now: () => Date.parse("2024-01-17T22:00:00Z"), wait: () => Promise.resolve() },
    });
    assert.equal(code, 0);
    assert.equal(lines[0], "1 of 1  ACME: 4 rows");
    assert.match(lines[1], /^All is in .*; read it with BARS=/);
    assert.match(
      await Deno.readTextFile(join(folder, "out", "ACME.csv")),
      /^date,open,high,low,close,volume,adjusted\n/,
    );
  }));

Deno.test("runFetch() says which variable a service wants, and where it is to be had", () =>
  inFolder(async (folder) => {
    for (
      const [source, variable] of [["fred", "FRED_API_KEY"], ["finnhub", "FINNHUB_API_KEY"], ["sec", "SEC_USER_AGENT"]]
    ) {
      const lines: string[] = [];
      const args = [`--source=${source}`, "--symbols=ACME", "--from=2024-01-11", `--out=${folder}`, `--raw=${folder}`];
      const code = await runFetch(args, (line) => lines.push(line), { environment: () => undefined });
      assert.equal(code, 1);
      assert.match(lines[0], new RegExp(`variable ${variable} must be set \\(.+\\), currently it is not`));
    }
  }));
