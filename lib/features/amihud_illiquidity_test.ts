import assert from "node:assert/strict";
import { amihudIlliquidity } from "./amihud_illiquidity.ts";

const returns = Float64Array.of(0.02, -0.03, 0, 0.01);

Deno.test("amihudIlliquidity() is the mean impact of a million dollars", () => {
  const values = amihudIlliquidity(returns, Float64Array.of(1e6, 2e6, 5e6, 1e6), { windowDays: 2 });
  [NaN, 0.0175, 0.0075, 0.005].forEach((wanted, day) =>
    assert.ok(Object.is(values[day], wanted) || Math.abs(values[day] - wanted) < 1e-15)
  );
});

Deno.test("amihudIlliquidity() takes a day without trade for missing, even one without a return", () => {
  const values = amihudIlliquidity(returns, Float64Array.of(1e6, 2e6, 0, 1e6), { windowDays: 2 });
  assert.deepEqual(Array.from(values, Number.isNaN), [true, false, true, true]);
});
