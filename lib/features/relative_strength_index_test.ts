import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { relativeStrengthIndex } from "./relative_strength_index.ts";
import talib from "./testdata/talib_kernels.json" with { type: "json" };

const close = Float64Array.from(talib.bars.close);

Deno.test("relativeStrengthIndex() agrees with TA-Lib", () => {
  for (const windowDays of [3, 14] as const) {
    const golden = talib.golden[`rsi_${windowDays}`].map((value) => value ?? NaN);
    assertAlmostEqual(relativeStrengthIndex(close, { windowDays }), golden);
  }
});

Deno.test("relativeStrengthIndex() turns over when gains and losses change places", () => {
  const index = relativeStrengthIndex(close);
  const mirrored = relativeStrengthIndex(close.map((price) => 1000 - price));
  assertAlmostEqual(mirrored.slice(14), index.slice(14).map((value) => 100 - value));
});

Deno.test("relativeStrengthIndex() starts afresh after a missing price", () => {
  const gapped = close.slice();
  gapped[30] = NaN;
  const index = relativeStrengthIndex(gapped, { windowDays: 5 });
  assert.ok(index.slice(30, 36).every(Number.isNaN));
  assert.deepEqual(index.slice(36), relativeStrengthIndex(close.slice(31), { windowDays: 5 }).slice(5));
});

Deno.test("relativeStrengthIndex() is 0 where nothing moves, 100 where nothing falls", () => {
  assert.equal(relativeStrengthIndex(new Float64Array(20).fill(7))[19], 0);
  assert.equal(relativeStrengthIndex(Float64Array.of(1, 2, 2, 3), { windowDays: 3 })[3], 100);
});

Deno.test("relativeStrengthIndex() refuses a window that cannot be one", () => {
  assert.throws(() => relativeStrengthIndex(close, { windowDays: 1.5 }), {
    name: "RangeError",
    message:
      "Cannot compute the relative strength index: windowDays must be an integer of at least 2, current value is 1.5",
  });
});
