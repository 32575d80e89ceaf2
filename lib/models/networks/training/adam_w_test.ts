import assert from "node:assert/strict";
import { tf, useBackend } from "@lib/tensorflow";
import type { Weights } from "../network.ts";
import { adamStart, adamW } from "./adam_w.ts";
import { clipGradients, gradientNorm } from "./clip_gradients.ts";
import { learningRateShare } from "./learning_rate.ts";

Deno.test("adamW() goes the way of TensorFlow.js's Adam where nothing decays", async () => {
  await useBackend({ backend: "cpu" });
  const start = Float32Array.of(0.5, -1, 2);
  const theirs = tf.variable(tf.tensor1d(start));
  const optimiser = tf.train.adam(0.1, 0.9, 0.999, 1e-8);
  let weights: Weights = { w: { shape: [3], values: start } };
  let state = adamStart(weights);
  for (let step = 0; step < 50; step++) {
    const gradient = Float32Array.from(weights.w.values, (value, at) => 2 * value + Math.sin(step + at));
    optimiser.applyGradients([{ name: theirs.name, tensor: tf.tensor1d(gradient) }]);
    ({ weights, state } = adamW(weights, { w: gradient }, state, { learningRate: 0.1 }));
    theirs.dataSync().forEach((value, at) => assert.ok(Math.abs(value - weights.w.values[at]) < 2e-5));
  }
  assert.equal(state.step, 50);
  theirs.dispose();
});

Deno.test("adamW() lets matrices decay beside the gradient's step, and biases not", () => {
  const weights: Weights = {
    kernel: { shape: [1, 1], values: Float32Array.of(2) },
    bias: { shape: [1], values: Float32Array.of(2) },
  };
  const still = { kernel: Float32Array.of(0), bias: Float32Array.of(0) };
  const moved = adamW(weights, still, adamStart(weights), { learningRate: 0.5, weightDecay: 0.1 }).weights;
  assert.ok(Math.abs(moved.kernel.values[0] - 1.9) < 1e-6);
  assert.equal(moved.bias.values[0], 2);
});

Deno.test("clipGradients() keeps the direction and bounds the length of all together", () => {
  const gradients = { a: Float32Array.of(3, 0), b: Float32Array.of(4) };
  assert.equal(gradientNorm(gradients), 5);
  const clipped = clipGradients(gradients, 1);
  assert.ok(Math.abs(gradientNorm(clipped) - 1) < 1e-6);
  assert.ok(Math.abs(clipped.a[0] / clipped.b[0] - 0.75) < 1e-6);
  assert.equal(clipGradients(gradients, 6), gradients);
});

Deno.test("learningRateShare() rises, then falls as its form says, and never leaves 0 to 1", () => {
  for (const form of ["constant", "cosine", "halving"] as const) {
    const shares = Array.from(
      { length: 80 },
      (_, step) => learningRateShare(step, { steps: 80, schedule: { form, warmUpShare: 0.25 } }),
    );
    assert.ok(shares.every((share) => share > 0 && share <= 1));
    assert.equal(shares[19], 1);
    assert.ok(shares.slice(0, 19).every((share, step) => share < shares[step + 1]));
    const last = { constant: 1, cosine: 0.0007, halving: 0.125 }[form];
    assert.ok(Math.abs(shares[79] - last) < 1e-3, `${form} ends at ${shares[79]}`);
  }
  assert.throws(() => learningRateShare(80, { steps: 80, schedule: { form: "constant", warmUpShare: 0 } }), RangeError);
});
