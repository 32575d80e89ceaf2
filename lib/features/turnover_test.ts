import assert from "node:assert/strict";
import { abnormalTurnover, turnover } from "./turnover.ts";

Deno.test("turnover() is missing where either column is, and where no share is outstanding", () => {
  const values = turnover(Float64Array.of(2, NaN, 2, 2, 2, 0), Float64Array.of(8, 8, NaN, 0, -8, 8));
  assert.deepEqual(values, Float64Array.of(0.25, NaN, NaN, NaN, NaN, 0));
});

Deno.test("turnover() does not move when a split multiplies both the shares traded and those outstanding", () => {
  const [volume, shares] = [Float64Array.of(3, 5, 7, 6), Float64Array.of(900, 900, 910, 910)];
  const split = (values: Float64Array) => values.map((value, day) => day < 2 ? value : 4 * value);
  assert.deepEqual(turnover(split(volume), split(shares)), turnover(volume, shares));
});

Deno.test("abnormalTurnover() heals after a missing day, and is missing where nothing was traded", () => {
  const daily = Float64Array.of(0.01, NaN, 0, 0, 0.01, 0.03);
  const values = abnormalTurnover(daily, { shortDays: 1, longDays: 2 });
  assert.deepEqual(values, Float64Array.of(NaN, NaN, NaN, NaN, 2, 1.5));
});

Deno.test("abnormalTurnover() refuses windows that are no number of days", () => {
  assert.throws(() => abnormalTurnover(Float64Array.of(1), { shortDays: 0, longDays: 2 }), RangeError);
});
