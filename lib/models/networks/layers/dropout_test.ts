import assert from "node:assert/strict";
import { tf, useBackend } from "@lib/tensorflow";
import { dropout } from "./dropout.ts";

const drop = (name: string, { rate = 0.3, training = true, seed = 1 } = {}) =>
  dropout(name, rate).apply(tf.ones([200, 50]), { weights: {}, training, seed }).dataSync();

Deno.test("`dropout()` drops its share and keeps the mean", async () => {
  await useBackend({ backend: "cpu" });
  const values = drop("a");
  const dropped = values.filter((value) => value === 0).length / values.length;
  const standardError = Math.sqrt(0.3 * 0.7 / values.length);
  assert.ok(Math.abs(dropped - 0.3) < 4 * standardError, `${dropped}`);
  assert.deepEqual(new Set(values), new Set([0, Math.fround(1 / 0.7)]));
});

Deno.test("`dropout()` draws the same mask for the same seed and name on any backend, another for others", async () => {
  await useBackend({ backend: "cpu" });
  const mask = drop("a");
  assert.notDeepEqual(drop("a", { seed: 2 }), mask);
  assert.notDeepEqual(drop("b"), mask);
  await useBackend({ backend: "wasm" });
  assert.deepEqual(drop("a"), mask);
});

Deno.test("`dropout()` does nothing outside training or at rate 0", async () => {
  await useBackend({ backend: "cpu" });
  const ones = new Float32Array(200 * 50).fill(1);
  assert.deepEqual(drop("a", { training: false }), ones);
  assert.deepEqual(drop("a", { rate: 0 }), ones);
});

Deno.test("`dropout()` refuses rates that leave too little", () => {
  assert.throws(() => dropout("a", 1), { name: "RangeError", message: /rate must be a finite number from 0 to 0.95/ });
});
