import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryPath, weekdays } from "@lib/core";
import pl from "nodejs-polars";

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function features(...args: string[]): Promise<{ code: number; output: string; errors: string }> {
  const program = repositoryPath("pipelines", "features.ts");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", program, ...args],
  }).output();
  const [output, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, output, errors };
}

async function writeBars(folder: string): Promise<void> {
  const rows = weekdays("2020-01-01", 80).map((date, day) => {
    const close = 50 + Math.sin(day);
    return [date, close - 0.2, close + 1, close - 1, close, 1000 + day].join(",");
  });
  await Deno.writeTextFile(join(folder, "AAA.csv"), ["date,open,high,low,close,volume", ...rows].join("\n"));
}

Deno.test("pipelines/features.ts leaves the features that were asked for, as parquet or CSV", () =>
  inFolder(async (folder) => {
    const bars = join(folder, "bars");
    await Deno.mkdir(bars);
    await writeBars(bars);
    for (const ending of ["parquet", "csv"]) {
      const out = join(folder, `out.${ending}`);
      const { code, output, errors } = await features(
        `--bars=${bars}`,
        `--out=${out}`,
        "--features=rsi_14, news_tone,momentum_1",
      );
      assert.equal(code, 0, errors);
      assert.match(output, /news_tone: not available, the bars have no sentiment/);
      const frame = ending === "csv" ? pl.readCSV(out) : pl.readParquet(out);
      assert.deepEqual(frame.columns, ["symbol", "date", "rsi_14", "momentum_1"]);
      assert.equal(frame.height, 80);
    }
  }));

Deno.test("pipelines/features.ts says what is wrong before it writes anything", () =>
  inFolder(async (folder) => {
    await writeBars(folder);
    const wrong: [string[], RegExp][] = [
      [[`--bars=${folder}`, "--out=a.txt"], /ending of OUT must be one of parquet, csv/],
      [["--out=a.csv"], /BARS must be a folder/],
      [[`--bars=${folder}`, `--out=${folder}/a.csv`, "--features=rsi_15"], /must be one of the catalogue.*rsi_15/],
      [[`--bars=${folder}`, `--out=${folder}/a.csv`, "--features=news_tone"], /columns of at least one/],
    ];
    for (const [args, message] of wrong) {
      const { code, errors } = await features(...args);
      assert.equal(code, 1);
      assert.match(errors, message);
    }
    assert.deepEqual(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["AAA.csv"]);
  }));
