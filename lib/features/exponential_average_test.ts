import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { exponentialAverage } from "./exponential_average.ts";
import talib from "./testdata/talib_kernels.json" with { type: "json" };

const close = Float64Array.from(talib.bars.close);

Deno.test("exponentialAverage() agrees with TA-Lib", () => {
  assertAlmostEqual(exponentialAverage(close, { windowDays: 10 }), talib.golden.ema_10.map((value) => value ?? NaN));
});

Deno.test("exponentialAverage() with a delay is the average of what comes after the delay", () => {
  const delayed = exponentialAverage(close, { windowDays: 4, delayDays: 6 });
  assert.ok(delayed.subarray(0, 9).every(Number.isNaN));
  assert.deepEqual(delayed.slice(6), exponentialAverage(close.slice(6), { windowDays: 4 }));
});

Deno.test("exponentialAverage() starts afresh after a missing value, delay included", () => {
  const gapped = close.slice();
  gapped[30] = NaN;
  const average = exponentialAverage(gapped, { windowDays: 4, delayDays: 2 });
  assert.deepEqual(average.slice(31), exponentialAverage(close.slice(31), { windowDays: 4, delayDays: 2 }));
});

Deno.test("exponentialAverage() refuses numbers of days that cannot be", () => {
  assert.throws(() => exponentialAverage(close, { windowDays: 0 }), { name: "RangeError" });
  assert.throws(() => exponentialAverage(close, { windowDays: 3, delayDays: -1 }), {
    name: "RangeError",
    message: "Cannot compute an exponential average: delayDays must be an integer of at least 0, current value is -1",
  });
});
