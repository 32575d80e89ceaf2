import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryPath } from "@lib/core";

async function f4(...parameters: string[]) {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", repositoryPath("pipelines", "f4.ts"), ...parameters],
    env: { NO_COLOR: "1" },
  });
  const { code, stdout, stderr } = await command.output();
  return { code, output: new TextDecoder().decode(stdout), errors: new TextDecoder().decode(stderr) };
}

Deno.test("pipelines/f4.ts judges a table, and leaves the same bytes the second time", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const table = repositoryPath("lib", "f4", "testdata", "forecasts.csv");
    const judge = (out: string) => f4("--forecasts", table, "--out", join(folder, out), "--draws", "200");
    const [first, second] = [await judge("first"), await judge("second")];
    assert.equal(first.code, 0, first.errors);
    assert.equal(second.code, 0);
    assert.match(first.output, /judged +1890 of 1968 rows, 20 symbols, 100 days/);
    for (const name of ["scorecard.json", "report.md", "report.html"]) {
      const [one, other] = ["first", "second"].map((out) => Deno.readTextFileSync(join(folder, out, name)));
      assert.ok(one.length > 1000 && one === other, name);
    }
    const card = JSON.parse(await Deno.readTextFile(join(folder, "first", "scorecard.json")));
    assert.equal(card.baselines.length, 3);
    assert.ok(["uncounted", "fail", "suspected leak"].includes(card.verdict.verdict));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("pipelines/f4.ts asks for what it needs, and takes the horizon", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const nothing = await f4("--forecasts=", "--out=");
    assert.equal(nothing.code, 1);
    assert.match(
      nothing.errors,
      /^Cannot judge forecasts: FORECASTS must be a file and OUT a folder[^]*make f4 FORECASTS=/,
    );
    const table = repositoryPath("lib", "f4", "testdata", "forecasts.csv");
    const onFile = await f4(`--forecasts=${table}`, `--out=${table}`);
    assert.match(onFile.errors, /OUT must be a folder, .*forecasts\.csv is a file/);
    const half = await f4(`--forecasts=${table}`, `--out=${folder}`, "--horizon-days=1.5");
    assert.match(half.errors, /the horizon in days must be an integer of at least 1, current value is 1\.5/);
    const { code } = await f4(`--forecasts=${table}`, `--out=${folder}`, "--horizon-days=5", "--draws=100");
    assert.equal(code, 0);
    const { settings } = JSON.parse(await Deno.readTextFile(join(folder, "scorecard.json")));
    assert.equal(settings.horizonDays, 5);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("pipelines/f4.ts says what is wrong with a bad table, and leaves nothing", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const table = join(folder, "table.csv");
    await Deno.writeTextFile(table, "symbol,date,forecast\nA,2020-01-02,1\n");
    const { code, errors } = await f4("--forecasts", table, "--out", join(folder, "out"));
    assert.equal(code, 1);
    assert.match(
      errors,
      /^Cannot read forecasts: there must be one column actual, current ones are symbol, date, forecast/,
    );
    await assert.rejects(Deno.stat(join(folder, "out")), Deno.errors.NotFound);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
