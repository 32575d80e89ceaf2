import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { averageTrueRange } from "./average_true_range.ts";
import talib from "./testdata/talib_kernels.json" with { type: "json" };

const [high, low, close] = [talib.bars.high, talib.bars.low, talib.bars.close].map((own) => Float64Array.from(own));

Deno.test("averageTrueRange() agrees with TA-Lib", () => {
  const golden = talib.golden.average_true_range_5.map((value) => value ?? NaN);
  assertAlmostEqual(averageTrueRange({ high, low, close }, { windowDays: 5 }), golden);
});

Deno.test("averageTrueRange() reaches from yesterday's close where the price jumped", () => {
  const bars = [[10, 7, 13], [10, 6, 12], [10, 6.5, 12.5]].map((own) => Float64Array.from(own));
  const values = averageTrueRange({ high: bars[0], low: bars[1], close: bars[2] }, { windowDays: 1 });
  assert.deepEqual(values, Float64Array.of(NaN, 4, 6.5));
});

Deno.test("averageTrueRange() starts afresh after a missing price", () => {
  const gapped = high.slice();
  gapped[20] = NaN;
  const [values, afresh] = [{ high: gapped, low, close }, {
    high: high.slice(20),
    low: low.slice(20),
    close: close.slice(20),
  }]
    .map((bars) => averageTrueRange(bars, { windowDays: 5 }));
  assert.deepEqual(values.slice(20), afresh);
});

Deno.test("averageTrueRange() refuses series that do not run side by side", () => {
  assert.throws(() => averageTrueRange({ high, low, close: close.slice(1) }), { name: "TypeError" });
});
