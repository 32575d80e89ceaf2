import assert from "node:assert/strict";
import { Panel } from "@lib/core";
import { comingReturn, readDailyTable, readReturns } from "./mod.ts";

async function withFile<T>(text: string, read: (path: string) => Promise<T>): Promise<T> {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await Deno.writeTextFile(path, text);
    return await read(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("readReturns() reads fractions, and refuses percents", async () => {
  const table = "date,symbol,return,close\n2020-01-03,A,0.5,3\n2020-01-02,A,,2\n2020-01-02,B,-1,0\n";
  const { panel } = await withFile(table, readReturns);
  assert.deepEqual(panel.column("return"), Float64Array.of(NaN, 0.5, -1));
  await assert.rejects(withFile("symbol,date,return\nA,2020-01-02,-2.5\n", readReturns), {
    name: "RangeError",
    message: "Cannot read returns: each return must be a fraction of at least -1 (percents must be divided by 100), " +
      "that of A on 2020-01-02 is -2.5",
  });
});

Deno.test("comingReturn() compounds over the panel's days, and over no day that a symbol lacks", () => {
  const [symbol, date] = [[], []] as string[][];
  const days = ["2020-01-02", "2020-01-03", "2020-01-06", "2020-01-07"];
  for (const day of days) symbol.push("A"), date.push(day);
  for (const day of [days[0], days[2], days[3]]) symbol.push("B"), date.push(day);
  const columns = { return: Float64Array.of(0.9, 0.1, 0.2, -0.5, 0.9, 0.1, 0.2) };
  const panel = Panel.fromRows({ symbol, date, columns });
  const rounded = (values: Float64Array) => Array.from(values, (value) => Math.round(1e9 * value) / 1e9);
  assert.deepEqual(rounded(comingReturn(panel)), [0.1, 0.2, -0.5, NaN, NaN, 0.2, NaN]);
  assert.deepEqual(rounded(comingReturn(panel, { horizonDays: 2 })), [0.32, -0.4, NaN, NaN, NaN, NaN, NaN]);
});

Deno.test("readDailyTable() puts days in order, takes what is there, and refuses a day that occurs twice", async () => {
  const table = ",Date,return,market\n0,2020-01-03,0.2,1\n1,2020-01-02,0.1,NA\n";
  const some = await withFile(table, (path) => readDailyTable(path, { columns: ["return"], optional: ["turnover"] }));
  assert.deepEqual(some.dates, ["2020-01-02", "2020-01-03"]);
  assert.deepEqual(some.values, { return: Float64Array.of(0.1, 0.2) });
  const all = await withFile(table, (path) => readDailyTable(path, { optional: true }));
  assert.deepEqual(all.values.market, Float64Array.of(NaN, 1));
  await assert.rejects(withFile("date,return\n2020-01-02,1\n2020-01-02,2\n", readDailyTable), {
    name: "RangeError",
    message: /each date must occur once, current number of repeated rows is 1, for example 2020-01-02$/,
  });
});
