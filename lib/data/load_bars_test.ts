import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { loadBars } from "./load_bars.ts";
import golden from "./testdata/expected_counts.json" with { type: "json" };

const { panel, source, report } = await loadBars({ tier: "final" });
const wanted = golden.bars;
const symbols = Object.keys(wanted.last_index) as (keyof typeof wanted.last_index)[];

Deno.test("loadBars() has the expected counts and full bars", () => {
  assert.deepEqual([panel.symbols, panel.rows, panel.dates.length], [symbols, wanted.rows, wanted.days]);
  assert.deepEqual(panel.names, [
    "open",
    "high",
    "low",
    "close",
    "volume",
    "dollar_volume",
    "return",
    "index",
    "market_return",
  ]);
  const missing = panel.names.map((name) => panel.column(name).filter(Number.isNaN).length);
  assert.deepEqual(missing, [0, 0, 0, 0, 0, 0, symbols.length, 0, symbols.length]);
  assert.match(source.universe, /survivors/);
});

Deno.test("loadBars() reads what pandas reads: returns with dividends, compounded forward", () => {
  symbols.forEach((symbol, code) => {
    const [from, to] = [panel.starts[code], panel.starts[code + 1]];
    const returns = panel.column("return").subarray(from + 1, to);
    assertAlmostEqual([panel.column("index")[from], panel.column("index")[to - 1]], [1, wanted.last_index[symbol]]);
    assertAlmostEqual([returns.reduce((sum, value) => sum + value)], [wanted.sum_of_returns[symbol]]);
  });
  const dollars = panel.column("dollar_volume").reduce((sum, value) => sum + value);
  assertAlmostEqual([dollars], [wanted.sum_of_close_times_volume]);
  const crash = panel.dates.indexOf("2020-03-16");
  assertAlmostEqual([panel.column("market_return")[crash]], [wanted.market_return_2020_03_16]);
});

Deno.test("loadBars() finds nothing amiss but the two jumps of NFLX", () => {
  assert.deepEqual(report.findings.map(({ symbol, kind, count }) => [symbol, kind, count]), [["NFLX", "jump", 2]]);
  assert.equal(wanted.jumps, 2);
});
