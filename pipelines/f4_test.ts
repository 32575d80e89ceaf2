import assert from "node:assert/strict";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { normalRandom, repositoryPath, seededRandom, weekdays } from "@lib/core";
import { $ } from "zx";

const sample = repositoryPath("lib", "f4", "testdata", "forecasts.csv");

/** A folder for tables, results and a ledger of their own. */
async function inFolder(action: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await action(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function f4(folder: string, ...parameters: string[]) {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", repositoryPath("pipelines", "f4.ts"), ...parameters],
    env: { NO_COLOR: "1", LAB_LEDGER: join(folder, "ledger") },
  });
  const { code, stdout, stderr } = await command.output();
  return { code, output: new TextDecoder().decode(stdout), errors: new TextDecoder().decode(stderr) };
}

const schema = JSON.parse(await Deno.readTextFile(repositoryPath("lib", "f4", "scorecard.schema.json")));
const isValid = new Ajv2020({ strictTypes: false }).compile(schema);

/** What the command left, which must be what its schema says where there is one. */
async function readCard(...path: string[]) {
  const card = JSON.parse(await Deno.readTextFile(join(...path, "scorecard.json")));
  if (/scorecard|book-claim/.test(card.schema)) assert.ok(isValid(card), JSON.stringify(isValid.errors));
  return card;
}

const linesOfLedger = async (folder: string) =>
  (await Deno.readTextFile(join(folder, "ledger", "ledger.jsonl"))).trim().split("\n").length;

Deno.test("pipelines/f4.ts judges a table, counts the look once, and leaves the same bytes the second time", () =>
  inFolder(async (folder) => {
    const judge = (out: string) => f4(folder, "--forecasts", sample, "--out", join(folder, out), "--draws", "200");
    const [first, second] = [await judge("first"), await judge("second")];
    assert.equal(first.code, 0, first.errors);
    assert.equal(second.code, 0);
    assert.match(first.output, /judged +1890 of 1968 rows, 20 symbols, 100 days/);
    assert.match(first.output, /looks at these rows +1 \(1 recorded, 0 admitted\)/);
    for (const name of ["scorecard.json", "report.md", "report.html"]) {
      const [one, other] = ["first", "second"].map((out) => Deno.readTextFileSync(join(folder, out, name)));
      assert.ok(one.length > 1000 && one === other, name);
    }
    assert.equal(await linesOfLedger(folder), 1);
    const card = await readCard(folder, "first");
    assert.equal(card.schema, "ai-stocks-lab/scorecard/2");
    assert.equal(card.baselines.length, 3);
    assert.ok(["pass", "suspected leak"].includes(card.verdict.verdict), card.verdict.summary);
    assert.deepEqual([card.source.file, card.source.rows], ["forecasts.csv", 1968]);
  }));

Deno.test("pipelines/f4.ts admits looks once, and judges by them and by the final block", () =>
  inFolder(async (folder) => {
    const judge = async (trials: number) => {
      const wanted = ["--draws=100", "--final=2019-04-01", `--trials=${trials}`];
      const { code, errors } = await f4(folder, `--forecasts=${sample}`, `--out=${folder}`, ...wanted);
      assert.equal(code, 0, errors);
      const { trials: counted, final } = await readCard(folder);
      return [counted.trials, counted.admitted, final.looks, await linesOfLedger(folder)];
    };
    assert.deepEqual(await judge(40), [41, 40, 41, 2]);
    assert.deepEqual(await judge(40), [41, 40, 41, 2]);
    assert.deepEqual(await judge(50), [51, 50, 51, 3]);
    assert.match(await Deno.readTextFile(join(folder, "report.md")), /50 admitted by their owner/);
  }));

Deno.test("pipelines/f4.ts judges each forecast of a table, with outcomes from the returns", () =>
  inFolder(async (folder) => {
    const normal = normalRandom(seededRandom(5));
    const days = weekdays("2020-01-01", 90);
    const [returns, forecasts] = [["symbol,date,return"], ["date,symbol,forecast_good,forecast_bad"]];
    for (const name of ["A", "B", "C", "D", "E", "F"]) {
      const path = days.map(() => 0.01 * normal());
      days.forEach((day, place) => returns.push(`${name},${day},${path[place]}`));
      days.slice(10, -2).forEach((day, place) => forecasts.push(`${day},${name},${path[place + 11]},${normal()}`));
    }
    await Deno.writeTextFile(join(folder, "returns.csv"), returns.join("\n"));
    await Deno.writeTextFile(join(folder, "forecasts.csv"), forecasts.join("\n"));
    const tables = [`--forecasts=${join(folder, "forecasts.csv")}`, `--returns=${join(folder, "returns.csv")}`];
    const { code, errors, output } = await f4(folder, ...tables, `--out=${join(folder, "out")}`, "--draws=100");
    assert.equal(code, 0, errors);
    assert.match(output, /Actuals are what the returns of the next day compound to/);
    const good = await readCard(folder, "out", "forecast_good");
    assert.ok(good.headline.rankIc.value > 0.999);
    assert.equal(good.data.judgedRows, 6 * 78);
    const bad = await readCard(folder, "out", "forecast_bad");
    assert.deepEqual([bad.trials.trials, bad.verdict.verdict], [2, "fail"]);
    await assert.rejects(Deno.stat(join(folder, "out", "scorecard.json")), Deno.errors.NotFound);
  }));

Deno.test("pipelines/f4.ts judges a book by its returns and turnover", () =>
  inFolder(async (folder) => {
    const normal = normalRandom(seededRandom(6));
    const rows = weekdays("2020-01-01", 300).map((day) => `${day},${0.002 + 0.01 * normal()},0.1,${0.01 * normal()}`);
    const table = join(folder, "book.csv");
    await Deno.writeTextFile(table, ["date,return,turnover,market", ...rows].join("\n"));
    const out = join(folder, "out");
    const { code, errors } = await f4(folder, "--kind=book", `--forecasts=${table}`, `--out=${out}`, "--draws=100");
    assert.equal(code, 0, errors);
    const { costs, beta, trials, schema } = await readCard(out);
    assert.equal(schema, "ai-stocks-lab/book-claim/1");
    assert.deepEqual([costs.length, trials.trials], [4, 1]);
    assert.ok(Math.abs(beta.value) < 0.2);
    await Deno.writeTextFile(
      table,
      ["date,return", ...rows.map((row) => row.split(",").slice(0, 2).join(","))].join("\n"),
    );
    await f4(folder, "--kind=book", `--forecasts=${table}`, `--out=${out}`, "--draws=100");
    assert.equal((await readCard(out)).costs.length, 1);
    assert.match(await Deno.readTextFile(join(out, "report.md")), /taken as earned after all costs/);
  }));

Deno.test("pipelines/f4.ts counts every baseline that is brought as a look, and cuts names that no folder can have", () =>
  inFolder(async (folder) => {
    const normal = normalRandom(seededRandom(9));
    const long = `forecast_${"x".repeat(300)}`;
    const rows = weekdays("2020-01-01", 70).flatMap((day) =>
      [..."ABCDEF"].map((name) => [name, day, normal(), normal(), normal(), 0.01 * normal()].join(","))
    );
    const table = join(folder, "table.csv");
    await Deno.writeTextFile(table, [`symbol,date,forecast,${long},rival,actual`, ...rows].join("\n"));
    const { code, errors } = await f4(
      folder,
      `--forecasts=${table}`,
      `--out=${join(folder, "out")}`,
      "--baselines=rival",
      "--draws=100",
    );
    assert.equal(code, 0, errors);
    const names = Array.from(Deno.readDirSync(join(folder, "out")), ({ name }) => name).sort();
    assert.equal(names[0], "forecast");
    assert.ok(names[1].length <= 80 && names[1].startsWith("forecast_xxx"));
    const { trials } = await readCard(folder, "out", names[1]);
    assert.equal(trials.trials, 3);
  }));

Deno.test("pipelines/f4.ts says what is wrong before it writes anything", () =>
  inFolder(async (folder) => {
    const table = join(folder, "table.csv");
    await Deno.writeTextFile(table, "symbol,date,forecast\nA,2020-01-02,1\n");
    const refuses = async (message: RegExp, ...parameters: string[]) => {
      const { code, errors } = await f4(folder, `--out=${join(folder, "out")}`, ...parameters);
      assert.equal(code, 1);
      assert.match(errors, message);
    };
    const [brought, good] = [`--forecasts=${table}`, `--forecasts=${sample}`];
    await refuses(/OUT a folder[^]*make f4 FORECASTS=/, "--forecasts=");
    await refuses(/^Cannot read forecasts: there must be one column actual, current ones are symbol, date/, brought);
    await refuses(
      /the horizon in days must be a whole number, current value is "1\.5"/,
      good,
      "--horizon-days=1.5",
    );
    await refuses(/FINAL must be a day as YYYY-MM-DD, current value is 2019/, good, "--final=2019");
    await refuses(/TRIALS must be an integer from 0 to 1000000, current value is 1000001/, good, "--trials=1000001");
    await refuses(/TRIALS must be a whole number, current value is "abc"/, good, "--trials=abc");
    await refuses(/KIND must be one of/, good, "--kind=oracle");
    await refuses(/each day must have a return, 2020-01-03 has none/, ...await bookWithGap(folder));
    for (const out of [table, join(table, "in")]) {
      await refuses(/OUT must be a folder that can be written, .*table\.csv is a file/, good, `--out=${out}`);
    }
    await refuses(/OUT must be a folder that can be written, in \/proc nothing can be/, good, "--out=/proc/judged");
    for (const left of ["out", "ledger"]) await assert.rejects(Deno.stat(join(folder, left)), Deno.errors.NotFound);
  }));

async function bookWithGap(folder: string): Promise<string[]> {
  const table = join(folder, "book.csv");
  await Deno.writeTextFile(table, "date,return\n2020-01-02,0.01\n2020-01-03,\n");
  return ["--kind=book", `--forecasts=${table}`];
}

Deno.test("pipelines/f4.ts counts nothing in a ledger that has lost what was committed", () =>
  inFolder(async (folder) => {
    const table = join(folder, "table.csv");
    await Deno.copyFile(sample, table);
    const args = [`--forecasts=${table}`, `--out=${join(folder, "out")}`, "--draws=100"];
    const first = await f4(folder, ...args);
    assert.match(first.output, /Looks are counted in .*ledger/);
    const git = (...own: string[]) =>
      $({ cwd: folder, quiet: true })`git -c user.name=n -c user.email=e -c init.defaultBranch=main ${own}`;
    await git("init", "--quiet");
    await git("add", "ledger");
    await git("commit", "--quiet", "--message=looks");
    assert.equal((await f4(folder, ...args)).code, 0);
    await Deno.remove(join(folder, "ledger"), { recursive: true });
    const { code, errors } = await f4(folder, ...args);
    assert.equal(code, 1);
    assert.match(errors, /^Cannot judge forecasts: the ledger must keep what was committed/);
    await assert.rejects(Deno.stat(join(folder, "ledger")), Deno.errors.NotFound);
  }));
