import assert from "node:assert/strict";
import { returnVolumeCorrelation } from "./return_volume_correlation.ts";

const returns = Float64Array.from({ length: 30 }, (_, day) => Math.sin(day * day) / 50);

Deno.test("returnVolumeCorrelation() is 1 and -1 where ln(volume) follows the return, and is opposed to it", () => {
  for (const sign of [1, -1]) {
    const dollars = returns.map((value) => Math.exp(15 + sign * 20 * value));
    const values = returnVolumeCorrelation(returns, dollars, { windowDays: 10 });
    for (let day = 9; day < 30; day++) assert.ok(Math.abs(values[day] - sign) < 1e-9 && Math.abs(values[day]) <= 1);
  }
});

Deno.test("returnVolumeCorrelation() is missing where either is constant, and where a day had no trade", () => {
  const constant = new Float64Array(30).fill(0.1);
  assert.ok(returnVolumeCorrelation(constant, returns.map(Math.exp), { windowDays: 10 }).every(Number.isNaN));
  assert.ok(returnVolumeCorrelation(returns, constant, { windowDays: 10 }).every(Number.isNaN));
  const dollars = returns.map((value, day) => day === 15 ? 0 : Math.exp(value * 3));
  const values = returnVolumeCorrelation(returns, dollars, { windowDays: 10 });
  assert.deepEqual([14, 15, 24, 25].map((day) => Number.isNaN(values[day])), [false, true, true, false]);
});
