import assert from "node:assert/strict";
import { assertAlmostEqual } from "./almost_equal.ts";
import {
  lagged,
  rollingMaximum,
  rollingMean,
  rollingMinimum,
  rollingSlope,
  rollingStandardDeviation,
  rollingSum,
} from "./rolling.ts";
import golden from "./testdata/statistics.json" with { type: "json" };

const x = Float64Array.from({ length: 40 }, (_, day) => Math.sin(day * day / 7) + day % 5);
const y = x.map((value, day) => Math.cos(day / 3) + 0.3 * value);
const kernels = { rollingMaximum, rollingMean, rollingMinimum, rollingStandardDeviation };

Deno.test("rolling kernels agree with pandas", () => {
  for (const [name, kernel] of Object.entries(kernels)) {
    assertAlmostEqual(kernel(x, { windowDays: 7 }).slice(6), golden[name as keyof typeof kernels]);
  }
  assertAlmostEqual(rollingSlope(x, y, { windowDays: 9 }).slice(8), golden.rollingSlope);
});

Deno.test("rolling kernels are unchanged to the last bit when the future is cut off", () => {
  for (const kernel of Object.values(kernels)) {
    assert.deepEqual(kernel(x.slice(0, 23), { windowDays: 7 }), kernel(x, { windowDays: 7 }).slice(0, 23));
  }
});

Deno.test("rollingMinimum() and rollingMaximum() are those of each window, whether values rise, fall or repeat", () => {
  const shapes = [x, x.map((value) => Math.round(value) + 0), x.toSorted(), x.toSorted().reverse()];
  for (const values of shapes) {
    for (const windowDays of [1, 2, 7, 40]) {
      for (const [kernel, extreme] of [[rollingMinimum, Math.min], [rollingMaximum, Math.max]] as const) {
        const result = kernel(values, { windowDays });
        for (let row = windowDays - 1; row < values.length; row++) {
          assert.equal(result[row], extreme(...values.slice(row - windowDays + 1, row + 1)));
        }
      }
    }
  }
});

Deno.test("rolling kernels start afresh after a missing value", () => {
  const gapped = x.slice();
  gapped[10] = NaN;
  for (const kernel of Object.values(kernels)) {
    const result = kernel(gapped, { windowDays: 7 });
    assert.ok(result.slice(10, 17).every(Number.isNaN));
    assert.deepEqual(result.slice(17), kernel(x, { windowDays: 7 }).slice(17));
  }
});

Deno.test("rollingStandardDeviation() of equal values is exactly 0, also after a wild one", () => {
  const calm = new Float64Array(30).fill(0.1);
  calm[3] = 1e9;
  for (const windowDays of [5, 7, 10, 20]) {
    assert.equal(rollingStandardDeviation(calm, { windowDays })[25], 0);
    assert.ok(Number.isNaN(rollingSlope(calm, calm, { windowDays })[25]));
  }
});

Deno.test("lagged() shifts into the past and pads with NaN", () => {
  assert.deepEqual(lagged(Float64Array.of(1, 2, 3), 1), Float64Array.of(NaN, 1, 2));
  assert.deepEqual(lagged(Float64Array.of(1), 5), Float64Array.of(NaN));
});

Deno.test("rolling kernels refuse a window that cannot be one", () => {
  assert.throws(() => rollingSum(x, { windowDays: 0 }), {
    name: "RangeError",
    message: "Cannot roll a window: windowDays must be an integer of at least 1, current value is 0",
  });
  assert.throws(() => rollingStandardDeviation(x, { windowDays: 1 }), { name: "RangeError" });
});
