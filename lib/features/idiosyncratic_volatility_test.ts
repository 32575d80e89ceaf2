import assert from "node:assert/strict";
import { assertAlmostEqual, normalRandom, seededRandom } from "@lib/core";
import { idiosyncraticVolatility } from "./idiosyncratic_volatility.ts";

const random = normalRandom(seededRandom(5));
const [market, noise] = [0.01, 0.02].map((size) => Float64Array.from({ length: 80 }, () => size * random()));

Deno.test("idiosyncraticVolatility() does not see the market, however large its beta, nor a steady drift", () => {
  const own = idiosyncraticVolatility(noise, market, { windowDays: 30 });
  const driven = noise.map((value, day) => value + 3 * market[day] + 0.001);
  assertAlmostEqual(idiosyncraticVolatility(driven, market, { windowDays: 30 }), own, 1e-12);
});

Deno.test("idiosyncraticVolatility() is missing where the market stands still, or a return is missing", () => {
  const still = idiosyncraticVolatility(noise, new Float64Array(80), { windowDays: 30 });
  assert.ok(still.every(Number.isNaN));
  const holed = market.map((value, day) => day === 40 ? NaN : value);
  const values = idiosyncraticVolatility(noise, holed, { windowDays: 30 });
  assert.deepEqual([39, 40, 69, 70].map((day) => Number.isNaN(values[day])), [false, true, true, false]);
});

Deno.test("idiosyncraticVolatility() refuses a window too short for two parameters", () => {
  assert.throws(() => idiosyncraticVolatility(noise, market, { windowDays: 2 }), { name: "RangeError" });
});
