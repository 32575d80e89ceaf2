import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { loadPanel } from "./load_panel.ts";
import golden from "./testdata/expected_counts.json" with { type: "json" };

const { panel, source, report } = await loadPanel({ tier: "final" });
const wanted = golden.panel;
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
const rowOf = (symbol: string, day: string) => panel.starts[panel.symbols.indexOf(symbol)] + panel.dates.indexOf(day);

Deno.test("loadPanel() has the expected counts, and no cash", () => {
  assert.deepEqual([panel.symbols.length, panel.dates.length], [wanted.symbols, wanted.days]);
  assert.deepEqual([source.firstDay, source.lastDay], [wanted.first_day, wanted.last_day]);
  assert.deepEqual([source.rows, report.rowsRead], [wanted.symbols * wanted.days, wanted.symbols * wanted.days]);
  assert.deepEqual(panel.names, ["dollar_volume", "return", "index", "market_return"]);
  assert.ok(!panel.symbols.includes("USDOLLAR"));
  for (const name of panel.names) assert.ok(panel.column(name).every(Number.isFinite), name);
});

Deno.test("loadPanel() reads what pandas reads", () => {
  assertAlmostEqual([sum(panel.column("return"))], [wanted.sum_of_returns]);
  assertAlmostEqual([sum(panel.column("dollar_volume"))], [wanted.sum_of_dollar_volumes]);
  const { last_day, last_index_of_aapl, last_index_of_zion } = wanted;
  const index = panel.column("index");
  assertAlmostEqual([index[rowOf("AAPL", last_day)], index[rowOf("ZION", last_day)]], [
    last_index_of_aapl,
    last_index_of_zion,
  ]);
  assertAlmostEqual([panel.column("market_return")[rowOf("A", "2008-10-13")]], [wanted.market_return_2008_10_13]);
});

Deno.test("loadPanel() reports the cells beyond 35 % and keeps them", () => {
  assert.deepEqual([...new Set(report.findings.map(({ kind }) => kind))], ["jump"]);
  assert.equal(report.findings.reduce((total, { count }) => total + count, 0), wanted.jumps);
  assert.equal(report.findings.find(({ symbol }) => symbol === "UAL")!.count, wanted.jumps_of_ual);
  const marathon = report.findings.find(({ symbol }) => symbol === "MRO")!;
  assert.deepEqual(marathon.example, { file: "returns.csv.gz", line: 1134, value: "+70.7 % on 2011-07-01" });
  assert.equal(panel.column("return")[rowOf("MRO", "2011-07-01")], wanted.mro_2011_07_01);
});

Deno.test("loadPanel() says who survived", () => assert.match(source.universe, /survivors/));
