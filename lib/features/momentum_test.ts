import assert from "node:assert/strict";
import { momentum } from "./momentum.ts";

const prices = Float64Array.of(1, 2, 4, 8, 16, 32);

Deno.test("momentum() reads its two ends only", () => {
  const holed = prices.slice();
  holed[3] = NaN;
  assert.deepEqual(momentum(holed, { windowDays: 2 }), Float64Array.of(NaN, NaN, 3, NaN, 3, NaN));
});

Deno.test("momentum() without the latest days is that of an earlier, shorter window", () => {
  const skipping = momentum(prices, { windowDays: 4, skipDays: 1 });
  assert.deepEqual(skipping.slice(4), momentum(prices, { windowDays: 3 }).slice(3, 5));
});

Deno.test("momentum() refuses to skip its whole window", () => {
  assert.throws(() => momentum(prices, { windowDays: 3, skipDays: 3 }), {
    name: "RangeError",
    message: "Cannot compute momentum: skipDays must be an integer from 0 to 2, current value is 3",
  });
  assert.throws(() => momentum(prices, { windowDays: 0 }), { name: "RangeError" });
});
