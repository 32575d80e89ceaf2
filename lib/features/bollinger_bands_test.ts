import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { bollingerBands } from "./bollinger_bands.ts";
import talib from "./testdata/talib_kernels.json" with { type: "json" };

const close = Float64Array.from(talib.bars.close);

Deno.test("bollingerBands() agree with TA-Lib", () => {
  const bands = bollingerBands(close, { windowDays: 7, deviations: 1.5 });
  for (const band of ["lower", "middle", "upper"] as const) {
    assertAlmostEqual(bands[band], talib.golden[`bollinger_${band}`].map((value) => value ?? NaN));
  }
});

Deno.test("bollingerBands() of equal prices have exactly no width", () => {
  const { lower, middle, upper } = bollingerBands(new Float64Array(30).fill(0.1));
  assert.deepEqual([lower[29], middle[29], upper[29]], [0.1, 0.1, 0.1]);
});

Deno.test("bollingerBands() refuse options that cannot be", () => {
  assert.throws(() => bollingerBands(close, { windowDays: 1 }), { name: "RangeError" });
  assert.throws(() => bollingerBands(close, { deviations: -1 }), {
    name: "RangeError",
    message: "Cannot compute Bollinger bands: deviations must be a finite number of at least 0, current value is -1",
  });
});
