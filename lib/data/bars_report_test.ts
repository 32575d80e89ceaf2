import assert from "node:assert/strict";
import { type BarsReport, reportRows, reportText } from "./bars_report.ts";

const report: BarsReport = Object.freeze({
  symbols: 1,
  rows: 1999,
  rowsRead: 2000,
  firstDay: "2012-01-02",
  lastDay: "2019-12-30",
  findings: Object.freeze([
    {
      symbol: "A",
      kind: "jump",
      count: 2,
      share: 0.001,
      example: { file: "A.csv", line: 9, value: "+40.0 % on 2012-01-12" },
    },
    {
      symbol: "A",
      kind: "gap",
      count: 60,
      share: 0.03,
      example: { file: "A.csv", line: 5, value: "no bar on 2012-01-06" },
    },
    {
      symbol: "B",
      kind: "gap",
      count: 1,
      share: 0.0005,
      example: { file: "B.csv", line: 7, value: "no bar on 2012-01-10" },
    },
  ]) as BarsReport["findings"],
});

Deno.test("reportText() sums up by kind, then lists the heaviest against their limit", () => {
  assert.deepEqual(reportText(report, { most: 2 }).split("\n"), [
    "1 symbol, 1,999 rows from 2,000 read, 2012-01-02 to 2019-12-30",
    "  gap: 61 in 2 symbols (row added, bar missing; limit 5 % of a symbol)",
    "  jump: 2 in 1 symbol (kept, and named; limit 1 % of a symbol)",
    "Heaviest:",
    "  A gap: 60 (3 %, limit 5 %), first A.csv:5 no bar on 2012-01-06",
    "  A jump: 2 (0.1 %, limit 1 %), first A.csv:9 +40.0 % on 2012-01-12",
    "  and 1 more",
  ]);
});

Deno.test("reportRows() is one row for each finding", () => {
  assert.deepEqual(reportRows(report)[2], {
    symbol: "B",
    kind: "gap",
    count: 1,
    share: 0.0005,
    limit: 0.05,
    outcome: "row added, bar missing",
    file: "B.csv",
    line: 7,
    value: "no bar on 2012-01-10",
  });
});
