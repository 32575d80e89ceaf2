import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import pl from "nodejs-polars";
import { readForecasts } from "./mod.ts";

async function readText(text: string, options = {}) {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await Deno.writeTextFile(path, text);
    return await readForecasts(path, options);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("readForecasts() accepts a byte order mark, CRLF, quotes, any case, any order and other columns", async () => {
  const { panel, rows, badCells } = await readText(
    '\ufeffDate,"SYMBOL", Forecast ,note,ACTUAL\r\n2020-01-03,B,0.2,"a ""b"",\nc",-1e-3\r\n\r\n' +
      '2020-01-02T00:00:00Z,B,.5,,+2\r\n2020-01-02 00:00:00,"A",NaN,x,',
  );
  assert.equal(rows, 3);
  assert.deepEqual(panel.symbols, ["A", "B"]);
  assert.deepEqual(panel.dates, ["2020-01-02", "2020-01-03"]);
  assert.deepEqual(panel.column("forecast"), Float64Array.of(NaN, 0.5, 0.2));
  assert.deepEqual(panel.column("actual"), Float64Array.of(NaN, 2, -0.001));
  assert.deepEqual(panel.names, ["forecast", "actual"]);
  assert.deepEqual(badCells, { count: 0, examples: [] });
});

Deno.test("readForecasts() reads semicolons and tabs, and keeps the columns it is asked for", async () => {
  for (const mark of [";", "\t"]) {
    const text = [["symbol", "date", "forecast", "actual", "Ridge"], ["A", "2020-01-02", "1", "2", "3"]];
    const { panel } = await readText(text.map((line) => line.join(mark)).join("\n"), { keep: ["ridge"] });
    assert.deepEqual(panel.column("ridge"), Float64Array.of(3));
  }
});

Deno.test("readForecasts() counts cells that are no finite numbers, and refuses too many", async () => {
  const lines = Array.from({ length: 99 }, (_, day) => `S${day},2020-01-02,1,1`);
  const text = ["symbol,date,forecast,actual", ...lines, "X,2020-01-02,inf,0x10"].join("\n");
  const { panel, badCells } = await readText(text);
  assert.equal(badCells.count, 2);
  assert.deepEqual(badCells.examples, [
    'forecast of X on 2020-01-02: "inf"',
    'actual of X on 2020-01-02: "0x10"',
  ]);
  assert.ok(Number.isNaN(panel.column("forecast")[99]));
  await assert.rejects(readText(text, { largestBadShare: 0.001 }), {
    name: "SyntaxError",
    message: /at most 0.1 % of the cells .* current share is 1.0 %, for example forecast of X/,
  });
});

Deno.test("readForecasts() counts numbers too large to square, and losses of more than everything", async () => {
  const lines = Array.from({ length: 99 }, (_, day) => `S${day},2020-01-02,1,${day < 3 ? -1.5 : -1}`);
  const { badCells, beyondTotalLoss } = await readText(
    ["symbol,date,forecast,actual", ...lines, "X,2020-01-02,1e300,0"].join("\n"),
  );
  assert.deepEqual(badCells, { count: 1, examples: ['forecast of X on 2020-01-02: "1e300"'] });
  assert.equal(beyondTotalLoss, 3);
});

Deno.test("readForecasts() reads gzip and UTF-16, and says what a file is that it cannot read", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const write = async (name: string, bytes: Uint8Array) => {
      await Deno.writeFile(join(folder, name), bytes);
      return join(folder, name);
    };
    const text = "symbol,date,forecast,actual\nÄ,2020-01-02,1,2\n";
    for (const [name, bytes] of [["a.csv.gz", gzipSync(text)], ["a.csv", Buffer.from(`\ufeff${text}`, "utf16le")]]) {
      const { panel } = await readForecasts(await write(name as string, new Uint8Array(bytes as Uint8Array)));
      assert.deepEqual(panel.symbols, ["Ä"]);
    }
    const refused = async (path: string, name: string, message: RegExp) =>
      await assert.rejects(readForecasts(path), { name, message });
    const bytes = Uint8Array.of(0x50, 0x4b, 3, 4, 0xff, 0xff);
    await refused(await write("b.csv", bytes), "SyntaxError", /b\.csv must be text in UTF-8, its bytes are not/);
    await refused(await write("b.csv.gz", bytes), "SyntaxError", /must be gzip of UTF-8 text/);
    await refused(await write("b.parquet", bytes), "SyntaxError", /b\.parquet must be parquet, .*File out of spec/);
    await refused(folder, "TypeError", /must be a file, it is a folder/);
    await refused(join(folder, "none.csv"), "NotFound", /^Cannot read forecasts: there must be a file .*none\.csv/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readForecasts() takes the days of parquet in their own zone", async () => {
  const path = await Deno.makeTempFile({ suffix: ".parquet" });
  try {
    const midnights = ["2019-12-31T23:00:00Z", "2020-01-01T23:00:00Z"].map((time) => new Date(time)); // in Berlin
    const frame = pl.DataFrame({ symbol: ["A", "A"], forecast: [1, 2], actual: [3, 4] }).withColumns(
      pl.Series("date", midnights, pl.Datetime("ms")).cast(pl.Datetime("ms", "Europe/Berlin")),
    );
    await Deno.writeFile(path, frame.writeParquet());
    assert.deepEqual((await readForecasts(path)).panel.dates, ["2020-01-01", "2020-01-02"]);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("readForecasts() shows no more of a cell than can be read, and no day that no market had", async () => {
  const text = (symbol: string, day: string, forecast: string) =>
    `symbol,date,forecast,actual\n${symbol},${day},${forecast},1`;
  const messageOf = (table: string) => readText(table).then(() => "", (error) => error.message);
  const long = "9".repeat(1e6) + "x";
  for (const table of [text("A", long, "1"), text("A", "2020-01-02", long), text(long, "2020-01-02", "1")]) {
    const message = await messageOf(table);
    assert.ok(message.length > 20 && message.length < 400, message.slice(0, 400));
  }
  for (const day of ["2999-01-01", "0001-01-01"]) assert.match(await messageOf(text("A", day, "1")), /from 1700-01-01/);
});

Deno.test("readForecasts() refuses repeated rows with examples", async () => {
  const text = "symbol,date,forecast,actual\nA,2020-01-02,1,2\nA,2020-01-02,1,2\nB,2020-01-02,1,2";
  await assert.rejects(readText(text), {
    name: "RangeError",
    message: /current number of repeated rows is 1, for example A 2020-01-02$/,
  });
});

Deno.test("readForecasts() names what a table lacks", async () => {
  const refused = async (text: string, message: RegExp) =>
    await assert.rejects(readText(text), { name: "SyntaxError", message });
  await refused("symbol,date,forecast\nA,2020-01-02,1", /one column actual, current ones are symbol, date, forecast/);
  await refused("symbol,date,forecast,actual,Actual\nA,2020-01-02,1,2,3", /one column actual, current number is 2/);
  await refused(
    "symbol,date,forecast,actual\nA,02.01.2020,1,2",
    /YYYY-MM-DD from 1700-01-01 to 2199-12-31, current value of row 1 is 02.01.2020/,
  );
  await refused("symbol,date,forecast,actual\nA,2020-01-021,1,2", /YYYY-MM-DD/);
  await refused("symbol,date,forecast,actual\n,2020-01-02,1,2", /must have a symbol, row 1 has none/);
  await refused("symbol,date,forecast,actual\nA,2020-01-02,1", /must have 4 cells, line 2 has 3/);
  await refused('symbol,date,forecast,actual\n"A,2020-01-02,1,2', /quote that opens on line 2 must close/);
  await refused('symbol,date,forecast,actual\n"A"x,2020-01-02,1,2', /on line 2 it goes on/);
  await refused("", /must have a header/);
  await refused("symbol,date,forecast,actual\n", /must be a row below the header/);
});

Deno.test("readForecasts() reads parquet", async () => {
  const path = await Deno.makeTempFile({ suffix: ".parquet" });
  try {
    pl.DataFrame({
      symbol: ["B", "A"],
      date: [new Date("2020-01-02"), new Date("2020-01-02")],
      Forecast: [0.25, null],
      actual: [1, 2],
    }).writeParquet(path);
    const { panel } = await readForecasts(path);
    assert.deepEqual(panel.column("forecast"), Float64Array.of(NaN, 0.25));
    assert.deepEqual(panel.column("actual"), Float64Array.of(2, 1));
    assert.deepEqual(panel.dates, ["2020-01-02"]);
  } finally {
    await Deno.remove(path);
  }
});

Deno.test("readForecasts() finds every column that calls itself a forecast, or those it is asked for", async () => {
  const text = "symbol,date,Forecast_b,forecast,forecast_a,actual,forecaster\nA,2020-01-02,1,2,3,4,me";
  assert.deepEqual((await readText(text)).forecasts, ["Forecast_b", "forecast", "forecast_a"]);
  const { forecasts, panel } = await readText(text, { forecasts: ["forecast_B"] });
  assert.deepEqual([forecasts, panel.names], [["forecast_B"], ["forecast_B", "actual"]]);
  await assert.rejects(readText(text, { forecasts: ["ridge"] }), { message: /must be one column ridge/ });
});

Deno.test("readForecasts() goes without outcomes where returns say what came true", async () => {
  const text = "symbol,date,forecast\nA,2020-01-02,1";
  assert.deepEqual((await readText(text, { needsActual: false })).panel.names, ["forecast"]);
  const both = await readText("symbol,date,forecast,actual\nA,2020-01-02,1,2", { needsActual: false });
  assert.deepEqual(both.panel.names, ["forecast", "actual"]);
});
