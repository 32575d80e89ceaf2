import assert from "node:assert/strict";
import { skewness } from "./skewness.ts";

const returns = Float64Array.from({ length: 30 }, (_, day) => Math.sin(day * day) ** 3 + (day % 7 === 0 ? 2 : 0));

Deno.test("skewness() changes its sign, and nothing else, in the mirror", () => {
  const mirrored = skewness(returns.map((value) => -value), { windowDays: 10 });
  assert.deepEqual(mirrored.slice(9), skewness(returns, { windowDays: 10 }).slice(9).map((value) => -value));
});

Deno.test("skewness() of symmetric values is 0, of equal ones missing", () => {
  assert.equal(skewness(Float64Array.of(-1, 0, 1), { windowDays: 3 })[2], 0);
  assert.equal(skewness(new Float64Array(5), { windowDays: 5 })[4], NaN);
});

Deno.test("skewness() refuses fewer than three values", () => {
  assert.throws(() => skewness(returns, { windowDays: 2 }), {
    name: "RangeError",
    message: "Cannot compute skewness: windowDays must be an integer of at least 3, current value is 2",
  });
});
