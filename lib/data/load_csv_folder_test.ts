import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { weekdays } from "@lib/core";
import { loadCsvFolder } from "./load_csv_folder.ts";

const today = "2026-01-05";
const header = "date,open,high,low,close,volume";
const days = weekdays("2020-01-01", 120);
const rows = days.map((day, at) =>
  `${day},${10 + at / 10},${11 + at / 10},${9 + at / 10},${10 + at / 10},${1000 + at}`
);
const table = (lines: readonly string[] = rows) => [header, ...lines, ""].join("\n");

type Files = Record<string, string | Uint8Array>;

/** Loads a folder of these files, and removes it. */
async function load(files: Files, inside = "") {
  const folder = await Deno.makeTempDir();
  try {
    for (const [name, content] of Object.entries(files)) {
      await (typeof content === "string"
        ? Deno.writeTextFile(`${folder}/${name}`, content)
        : Deno.writeFile(`${folder}/${name}`, content));
    }
    return await loadCsvFolder(`${folder}${inside}`, { today, tier: "final" });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const withSymbol = (symbol: string) => rows.map((row) => `${symbol},${row}`);

Deno.test("loadCsvFolder() gives the same market for every way to write it down", async () => {
  const plain = await load({ "AA.csv": table(), "BB.csv": table() });
  assert.deepEqual(plain.panel.symbols, ["AA", "BB"]);
  assert.deepEqual([plain.report.findings, plain.source.rows], [[], 240]);
  const quoted = rows.map((row) => row.split(",").map((cell) => `"${cell}"`).join(" , "));
  const ways: Files[] = [
    { "BB.csv": table(), "AA.csv": table() },
    { "AA.csv": `\ufeff${table().replaceAll("\n", "\r\n")}`, "BB.CSV": table(rows.toReversed()) },
    { "AA.csv": table(quoted).replace(header, "Date,OPEN,High,Low,Close,Volume"), "BB.csv": table() },
    { "AA.csv.gz": new Uint8Array(gzipSync(table())), "BB.csv": table().trimEnd() },
    { "AA.csv": table(rows.map((row) => row.replace(",", "T00:00:00Z,"))), "BB.csv": table() },
    { "both.csv": [`symbol,${header}`, ...withSymbol("BB"), ...withSymbol("AA")].join("\n") },
    { "AA.csv": table(), "rest.csv": [`Symbol,${header}`, ...withSymbol("BB")].join("\n") },
    { "AA.csv": table(), "BB.csv": table(), "README.txt": "no bars", ".hidden.csv": "no bars" },
  ];
  for (const files of ways) {
    const { panel, source } = await load(files);
    assert.deepEqual(panel, plain.panel);
    assert.equal(source.digest, plain.source.digest);
  }
});

Deno.test("loadCsvFolder() takes a single file for a folder", async () => {
  const { panel, source } = await load({ "AA.csv": table() }, "/AA.csv");
  assert.deepEqual([panel.symbols, panel.rows, source.name], [["AA"], 120, "AA.csv"]);
});

Deno.test("loadCsvFolder() finds columns by name in any order, and the adjusted close under its other names", async () => {
  for (const name of ["adjusted", "Adj Close", "adj_close"]) {
    const lines = days.map((day, at) => `${at},9,7,8,10,8,${day},${at < 60 ? 4 : 8}`);
    const file = [`volume,note,low,open,high,close,date,${name}`, ...lines].join("\n");
    const { panel, source } = await load({ "AA.csv": file });
    assert.equal(panel.column("return")[60], 1);
    assert.deepEqual([panel.column("volume")[5], panel.column("high")[5]], [5, 10]);
    assert.match(source.universe, /returns include dividends/);
  }
  assert.match((await load({ "AA.csv": table() })).source.universe, /leave out dividends for 1 of 1 symbols/);
});

/** What is reported of AA where one of its lines (number 12, row 10) reads otherwise. */
async function reported(line: string) {
  const { report, panel } = await load({ "AA.csv": table(rows.with(10, line)), "BB.csv": table() });
  const found = report.findings.map(({ symbol, kind, count, example }) => [symbol, kind, count, example]);
  return { found, close: panel.column("close")[10] };
}

Deno.test("loadCsvFolder() counts what it cannot read, with file, line and value", async () => {
  const cases: [line: string, kind: string, value: string][] = [
    ["2020-01-15,11,12,10,eleven,1010", "not_a_number", "close eleven on 2020-01-15"],
    ['2020-01-15,11,12,10,11,"1,010"', "not_a_number", "volume 1,010 on 2020-01-15"],
    ["2020-01-15,11,12,10,inf,1010", "not_a_number", "close inf on 2020-01-15"],
    ["2020-01-15,11,12,10,,1010", "missing_value", "no close on 2020-01-15"],
    ["2020-01-15,11,12,10,NaN,1010", "missing_value", "no close on 2020-01-15"],
    ["2020-01-15,11,12,10", "ragged_row", "4 cells for 6 columns: 2020-01-15,11,12,10"],
    ["2020-01-15,11,12,10,11,1,010", "ragged_row", "7 cells for 6 columns: 2020-01-15,11,12,10,11,1,010"],
  ];
  for (const [line, kind, value] of cases) {
    assert.deepEqual(await reported(line), {
      found: [["AA", kind, 1, { file: "AA.csv", line: 12, value }]],
      close: NaN,
    });
  }
});

Deno.test("loadCsvFolder() misses the day of a row whose date it cannot read", async () => {
  for (const date of ["2020/01/15", "15.01.2020", "2020-02-30", ""]) {
    const { found } = await reported(`${date},11,12,10,11,1010`);
    assert.deepEqual(found, [
      ["AA", "unreadable_date", 1, { file: "AA.csv", line: 12, value: `date ${date}` }],
      ["AA", "gap", 1, { file: "AA.csv", line: 13, value: "no bar on 2020-01-15" }],
    ]);
  }
});

Deno.test("loadCsvFolder() refuses another way to write dates or numbers, with an example", async () => {
  const slashed = table(rows.map((row) => row.replaceAll("-", "/")));
  await assert.rejects(load({ "AA.csv": slashed }), {
    name: "BarsRefusedError",
    message: /AA unreadable_date: 120 \(100 %, limit 1 %\), first AA\.csv:2 date 2020\/01\/01\n/,
  });
  const separated = table(rows.map((row) => row.replace(/(\d)(\d{3})$/, '"$1,$2"')));
  await assert.rejects(load({ "AA.csv": separated }), {
    name: "BarsRefusedError",
    message: /AA not_a_number: 120 \(100 %, limit 1 %\), first AA\.csv:2 volume 1,000 on 2020-01-01\n/,
  });
});

Deno.test("loadCsvFolder() refuses what is no table of bars, and says what is", async () => {
  const refused: [Files, string, RegExp][] = [
    [{}, "NotFound", /the folder must hold files named SYMBOL\.csv/],
    [{ "AA.csv": "" }, "SyntaxError", /^Cannot read AA\.csv: .* current file is empty$/],
    [{ "AA.csv": `${header}\n` }, "SyntaxError", /current file ends with the header$/],
    [{ "AA.csv": "date;open;high;low;close;volume\n" }, "SyntaxError", /current one is date;open;high/],
    [
      { "AA.csv": "date,close\n2020-01-02,1\n" },
      "SyntaxError",
      /must name date, open, high, .* current one is date,close$/,
    ],
    [{ "AA.csv": `${header},Close\n` }, "SyntaxError", /each once/],
    [{ "AA.csv": rows.join("\n") }, "SyntaxError", /first line must name date/],
    [{ "AA.csv": Uint8Array.of(0xff, 0xfe, 0x64, 0x00) }, "SyntaxError", /must be UTF-8 text/],
    [{ "a.csv": `symbol,${header}\n,${rows[0]}\n` }, "SyntaxError", /must name its symbol, line 2 does not/],
    [
      { "AA.csv": table(), "b.csv": [`symbol,${header}`, ...withSymbol("aa")].join("\n") },
      "RangeError",
      /twins are AA/,
    ],
  ];
  for (const [files, name, message] of refused) await assert.rejects(load(files), { name, message });
  await assert.rejects(load({}, "/none"), { name: "NotFound", message: /there is no .*none$/ });
});

Deno.test("loadCsvFolder() takes a file of one row", async () => {
  const { panel } = await load({ "AA.csv": table(rows.slice(0, 1)) });
  assert.deepEqual([panel.rows, panel.column("index")[0], panel.column("return")[0]], [1, 1, NaN]);
});
