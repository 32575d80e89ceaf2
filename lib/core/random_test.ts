import assert from "node:assert/strict";
import { mean, standardDeviation } from "./statistics.ts";
import { normalRandom, seededRandom, shuffled } from "./random.ts";

Deno.test("seededRandom() never changes its stream", () => {
  const random = seededRandom(42);
  assert.deepEqual([random(), random(), random()].map((value) => Math.floor(value * 1e6)), [456255, 564175, 574377]);
});

Deno.test("seededRandom() is even, and its seeds are strangers", () => {
  const [one, two] = [seededRandom(1), seededRandom(2)];
  const pairs = Array.from({ length: 20_000 }, () => [one(), two()]);
  assert.ok(Math.abs(mean(pairs.map(([a]) => a)) - 0.5) < 0.01);
  assert.ok(Math.abs(mean(pairs.map(([a, b]) => (a - 0.5) * (b - 0.5) * 12))) < 0.03);
});

Deno.test("normalRandom() has mean 0 and deviation 1", () => {
  const normal = normalRandom(seededRandom(3));
  const draws = Float64Array.from({ length: 20_000 }, normal);
  assert.ok(Math.abs(mean(draws)) < 0.03);
  assert.ok(Math.abs(standardDeviation(draws) - 1) < 0.03);
});

Deno.test("shuffled() keeps every element and leaves its input alone", () => {
  const input = Object.freeze([1, 2, 3, 4, 5, 6, 7, 8]);
  const result = shuffled(input, seededRandom(5));
  assert.notDeepEqual(result, input);
  assert.deepEqual(result.toSorted(), input);
});

Deno.test("seededRandom() refuses what is no seed", () => {
  for (const seed of [-1, 1.5, 2 ** 32, NaN]) assert.throws(() => seededRandom(seed), { name: "RangeError" });
});
