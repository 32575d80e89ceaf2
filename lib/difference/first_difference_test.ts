import assert from "node:assert/strict";
import { join } from "node:path";
import pl from "nodejs-polars";
import { readArtifactTable } from "./artifact_table.ts";
import { fingerprint } from "./fingerprint.ts";
import { firstDifference } from "./first_difference.ts";

/** The first difference with the recorded file at hand, and with its fingerprint alone. */
async function bothWays(name: string, before: string | Uint8Array, after: string | Uint8Array) {
  const folder = await Deno.makeTempDir();
  const [recordedPath, path] = [join(folder, "0123abcd"), join(folder, name)];
  try {
    for (const [file, data] of [[recordedPath, before], [path, after]] as const) {
      await Deno.writeFile(file, typeof data === "string" ? new TextEncoder().encode(data) : data);
    }
    const table = await readArtifactTable(recordedPath, name).catch(() => undefined);
    const kept = table && JSON.parse(JSON.stringify(fingerprint(table, "0123abcd")));
    return {
      exact: await firstDifference(path, { recordedPath }),
      kept: await firstDifference(path, { fingerprint: kept }),
    };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const ROWS = 3000; // twelve rows a block
const SYMBOLS = Array.from({ length: ROWS }, (_, row) => `S${Math.floor(row / 100)}`);
const DATES = Array.from({ length: ROWS }, (_, row) => new Date(864e5 * (row % 100)).toISOString().slice(0, 10));

function parquet(changes: Record<number, number> = {}, compression: "zstd" | "snappy" = "zstd"): Uint8Array {
  const forecast = Array.from({ length: ROWS }, (_, row) => changes[row] ?? Math.sin(row) / 7);
  const target = Array.from({ length: ROWS }, (_, row) => row % 9 === 0 ? null : Math.cos(row));
  const frame = pl.DataFrame([
    pl.Series("symbol", SYMBOLS, pl.Utf8),
    pl.Series("date", DATES, pl.Utf8),
    pl.Series("forecast_ridge", forecast, pl.Float64),
    pl.Series("target", target, pl.Float64),
  ]);
  return frame.writeParquet({ compression });
}

Deno.test("`firstDifference()` names the cell of a short table by row and key, also without the recorded file", async () => {
  const before = "book,costBps,sharpe,verdict\nrank,0,0.5,pass\nneutral,5,,no\n";
  const number = await bothWays("books.csv", before, before.replace("0.5", "0.75"));
  assert.deepEqual(number.exact, {
    where: "row 1 (rank, pass), sharpe",
    change: "0.5 -> 0.75 (+0.25)",
    extent: "1 of 8 values differs, in sharpe",
  });
  assert.deepEqual(number.kept, number.exact);
  const text = await bothWays("books.csv", before, before.replace("no", "pass"));
  assert.deepEqual([text.kept?.where, text.kept?.change], ["row 2 (neutral, pass), verdict", '"no" -> "pass"']);
  const missing = await bothWays("books.csv", before, before.replace("0.5", ""));
  assert.equal(missing.kept?.change, "0.5 -> missing");
});

Deno.test("`firstDifference()` takes a long text for the same by its fingerprint", async () => {
  const before = { note: "Settings of the panel study were looked at on 2009, before the first judged year", value: 1 };
  const { exact, kept } = await bothWays("card.json", JSON.stringify(before), JSON.stringify({ ...before, value: 2 }));
  assert.deepEqual(kept, { where: "value", change: "1 -> 2 (+1)", extent: "1 of 2 values differs" });
  assert.deepEqual(kept, exact);
});

Deno.test("`firstDifference()` finds one changed number in a long table to the row and bit, also by the fingerprint", async () => {
  const was = Math.sin(1234) / 7;
  const { exact, kept } = await bothWays("forecasts.parquet", parquet(), parquet({ 1234: was + 1e-12 }));
  assert.equal(exact?.where, "row 1235 (S12, 1970-02-04), forecast_ridge");
  assert.equal(exact?.change, `${was} -> ${was + 1e-12} (+1e-12)`);
  assert.equal(exact?.extent, "1 of 12000 values differs, in forecast_ridge");
  assert.deepEqual([kept?.where, kept?.change], [exact?.where, exact?.change]);
  assert.equal(kept?.extent, "1 of 250 blocks of rows differs");
});

Deno.test("`firstDifference()` by the fingerprint names the block where more than one number has changed in it", async () => {
  const { exact, kept } = await bothWays("forecasts.parquet", parquet(), parquet({ 1230: 1, 1231: 2, 2000: 3 }));
  assert.equal(exact?.where, "row 1231 (S12, 1970-01-31), forecast_ridge");
  assert.equal(exact?.extent, "3 of 12000 values differ, in forecast_ridge");
  assert.equal(kept?.where, "row 1225 (S12, 1970-01-25) to row 1236 (S12, 1970-02-05), forecast_ridge");
  assert.match(kept!.change, /^sum -?0\.\d+ -> [23]\.\d+ \(\+[23]\.\d+\)$/);
  assert.equal(kept?.extent, "2 of 250 blocks of rows differ");
});

Deno.test("`firstDifference()` says so where bytes differ and no value does", async () => {
  const { exact, kept } = await bothWays("forecasts.parquet", parquet(), parquet({}, "snappy"));
  assert.match(exact!.where, /^byte \d+$/);
  assert.equal(exact?.extent, "every value is the same");
  assert.deepEqual(kept, { where: "its bytes", change: "are others", extent: "every value is the same" });
});

Deno.test("`firstDifference()` names a leaf of JSON by its path", async () => {
  const figure = (y: number, title: string) => JSON.stringify({ data: [{ y: [1, 2, y] }], layout: { title } });
  const { exact, kept } = await bothWays("figure.json", figure(3, "IC"), figure(-3, "IC"));
  assert.deepEqual(exact, { where: "data[0].y[2]", change: "3 -> -3 (-6)", extent: "1 of 4 values differs" });
  assert.deepEqual(kept, exact);
  const long = (change: string) => JSON.stringify([...Array(2000).keys()].map((key) => key === 999 ? change : key));
  const text = await bothWays("series.json", long("a"), long("b"));
  assert.deepEqual([text.exact?.where, text.exact?.change], ["[999]", '"a" -> "b"']);
  assert.equal(text.kept?.where, "[992] to [999]");
  assert.equal(text.kept?.change, "other texts, or the same numbers in another order");
});

Deno.test("`firstDifference()` tells columns and rows that came or went", async () => {
  const columns = await bothWays("t.csv", "a,b\n1,2\n", "a,c\n1,2\n");
  assert.deepEqual([columns.kept?.where, columns.kept?.change], ["the columns", "b is gone, c is new"]);
  const more = await bothWays("t.csv", "a,b\nx,2\n", "a,b\nx,2\ny,3\n");
  assert.deepEqual(more.kept, {
    where: "row 2",
    change: "the record ends here, this run goes on with row 2 (y)",
    extent: "1 rows -> 2",
  });
});

Deno.test("`firstDifference()` gives line or byte of other files, and nothing without the recorded one", async () => {
  const text = await bothWays("model.txt", "tree\nleaf=1\nend\n", "tree\nleaf=2\nend\n");
  assert.deepEqual(text.exact, { where: "line 2", change: '"leaf=1" -> "leaf=2"', extent: "1 of 4 lines differs" });
  assert.equal(text.kept, undefined);
  const bytes = await bothWays("equity.png", Uint8Array.of(0x89, 0, 255, 7), Uint8Array.of(0x89, 0, 254, 7, 1));
  assert.deepEqual(bytes.exact, { where: "byte 2", change: "0xff -> 0xfe", extent: "2 of 5 bytes differ" });
  assert.equal((await bothWays("same.txt", "a", "a")).exact, undefined);
});

Deno.test("`firstDifference()` falls back to lines and bytes where a table cannot be read", async () => {
  const cut = await bothWays("figure.json", '{\n"a": 1\n}', '{\n"a": ');
  assert.equal(cut.exact?.where, "line 2");
});
