import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { stochasticOscillator } from "./stochastic_oscillator.ts";
import talib from "./testdata/talib_kernels.json" with { type: "json" };

const [high, low, close] = [talib.bars.high, talib.bars.low, talib.bars.close].map((own) => Float64Array.from(own));

Deno.test("stochasticOscillator() agrees with TA-Lib", () => {
  const { k, d } = stochasticOscillator({ high, low, close }, { windowDays: 5, smoothDays: 3 });
  const [goldenK, goldenD] = [talib.golden.stochastic_k, talib.golden.stochastic_d]
    .map((golden) => golden.map((value) => value ?? NaN));
  assertAlmostEqual(k.slice(6), goldenK.slice(6)); // TA-Lib holds %K back until %D exists
  assertAlmostEqual(d, goldenD);
});

Deno.test("stochasticOscillator() is missing where the range is empty", () => {
  const flat = new Float64Array(20).fill(3);
  const { k, d } = stochasticOscillator({ high: flat, low: flat, close: flat });
  assert.ok(k.every(Number.isNaN) && d.every(Number.isNaN));
});
