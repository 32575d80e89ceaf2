import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { movingAverageConvergence } from "./moving_average_convergence.ts";
import talib from "./testdata/talib_kernels.json" with { type: "json" };

const close = Float64Array.from(talib.bars.close);
const options = { fastDays: 5, slowDays: 12, signalDays: 4 };

Deno.test("movingAverageConvergence() agrees with TA-Lib", () => {
  const { line, signal, histogram } = movingAverageConvergence(close, options);
  const [goldenLine, goldenSignal, goldenHistogram] = (["line", "signal", "histogram"] as const)
    .map((name) => talib.golden[`macd_${name}`].map((value) => value ?? NaN));
  assertAlmostEqual(signal, goldenSignal);
  assertAlmostEqual(histogram, goldenHistogram);
  assertAlmostEqual(line.slice(14), goldenLine.slice(14)); // TA-Lib holds the line back until the signal exists
});

Deno.test("movingAverageConvergence() has a line as soon as the slow average exists", () => {
  const { line } = movingAverageConvergence(close, options);
  assert.equal(line.findIndex((value) => !Number.isNaN(value)), 11);
});

Deno.test("movingAverageConvergence() starts afresh after a missing price", () => {
  const gapped = close.slice();
  gapped[20] = NaN;
  assert.deepEqual(
    movingAverageConvergence(gapped, options).histogram.slice(21),
    movingAverageConvergence(close.slice(21), options).histogram,
  );
});

Deno.test("movingAverageConvergence() refuses a fast average that is not the faster one", () => {
  assert.throws(() => movingAverageConvergence(close, { fastDays: 26 }), {
    name: "RangeError",
    message: "Cannot compute MACD: fastDays must be an integer from 1 to 25, current value is 26",
  });
});
