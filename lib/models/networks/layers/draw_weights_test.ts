import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { drawWeights } from "./draw_weights.ts";
import type { Parameter, Start } from "./layer.ts";

const parameter = (name: string, start: Start, ...shape: number[]): Parameter => ({ name, shape, start });

Deno.test("`drawWeights()` draws each parameter from a stream of its own", () => {
  const [a, b] = [parameter("a", "glorot", 3, 4), parameter("b", "glorot", 3, 4)];
  const both = drawWeights([a, b], 1);
  assert.deepEqual(drawWeights([b], 1).b, both.b);
  assert.notDeepEqual(both.a.values, both.b.values);
  assert.notDeepEqual(drawWeights([a], 2).a.values, both.a.values);
});

Deno.test("`drawWeights()` keeps Glorot's limits and variance", () => {
  const { values } = drawWeights([parameter("a", "glorot", 100, 50)], 3).a;
  const limit = Math.sqrt(6 / 150);
  assert.ok(values.every((value) => Math.abs(value) <= limit));
  const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
  assert.ok(Math.abs(variance / (limit ** 2 / 3) - 1) < 0.05, `${variance}`);
});

Deno.test("`drawWeights()` draws orthogonal rows of length 1", () => {
  const [rows, columns] = [12, 48];
  const { values } = drawWeights([parameter("a", "orthogonal", rows, columns)], 3).a;
  const products = Array.from({ length: rows * rows }, (_, at) => {
    const [one, other] = [Math.floor(at / rows), at % rows];
    return Array.from(
      { length: columns },
      (_, column) => values[one * columns + column] * values[other * columns + column],
    ).reduce((sum, value) => sum + value);
  });
  assertAlmostEqual(products, products.map((_, at) => at % (rows + 1) === 0 ? 1 : 0), 1e-6);
});

Deno.test("`drawWeights()` opens the forget gate alone", () => {
  const { values } = drawWeights([parameter("bias", "forget_one", 8)], 3).bias;
  assert.deepEqual(values, Float32Array.of(0, 0, 1, 1, 0, 0, 0, 0));
});

Deno.test("`drawWeights()` refuses a name twice and seeds out of range", () => {
  const a = parameter("a", "zeros", 1);
  assert.throws(() => drawWeights([a, a], 1), {
    name: "RangeError",
    message: "Cannot draw weights: each name must be used once, current value a is used twice",
  });
  assert.throws(() => drawWeights([a], -1), { name: "RangeError" });
});
