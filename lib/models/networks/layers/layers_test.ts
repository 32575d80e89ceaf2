import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import * as keras from "@tensorflow/tfjs-layers";
import { tf, useBackend } from "@lib/tensorflow";
import { assertGradients, movedTensors, normalTensor, toTensor } from "./_on_tensors.ts";
import { dense } from "./dense.ts";
import { denseHead } from "./dense_head.ts";
import { drawWeights } from "./draw_weights.ts";
import { encoder } from "./encoder.ts";
import { encoderBlock } from "./encoder_block.ts";
import type { Layer } from "./layer.ts";
import { layerNorm } from "./layer_norm.ts";
import { lstmLayer } from "./lstm_layer.ts";
import { multiHeadAttention } from "./multi_head_attention.ts";
import { orderedQuantiles } from "./ordered_quantiles.ts";
import { addPositionCode, positionCode } from "./position_code.ts";
import golden from "./testdata/keras_values.json" with { type: "json" };

await useBackend({ backend: "cpu" });
const quiet = { training: false, seed: 0 };
const single = 2e-6;

const goldenWeights = (prefix: string) =>
  Object.fromEntries(
    Object.entries(golden.weights).map((
      [name, { shape, values }],
    ) => [prefix + name, toTensor({ shape, values: Float32Array.from(values) })]),
  );
const goldenInput = () => tf.tensor3d(golden.x.values, golden.x.shape as [number, number, number]);

/** Each layer that learns, on an input of its own. */
const learning: Record<string, [Layer, number[]]> = {
  "dense()": [dense("layer", { inputs: 3, units: 2, activation: "tanh" }), [4, 3]],
  "denseHead()": [denseHead("layer", { inputs: 3, hidden: [4], units: 2, normalised: true }), [4, 3]],
  "layerNorm()": [layerNorm("layer", { width: 5 }), [2, 5]],
  "lstmLayer()": [lstmLayer("layer", { inputs: 3, units: 2, returnSequences: true }), [2, 4, 3]],
  "multiHeadAttention()": [multiHeadAttention("layer", { width: 4, heads: 2, causal: true }), [2, 3, 4]],
  "encoderBlock()": [encoderBlock("layer", { width: 4, heads: 2, feedForward: 5 }), [2, 3, 4]],
  "encoder()": [encoder("layer", { blocks: 2, width: 4, heads: 2, feedForward: 5, norm: "post" }), [2, 3, 4]],
  "orderedQuantiles()": [orderedQuantiles(1), [4, 3]],
};

for (const [name, [layer, shape]] of Object.entries(learning)) {
  Deno.test(`\`${name}\` has the gradient that finite differences measure`, () => {
    const weights = movedTensors(drawWeights(layer.parameters, 5));
    const x = normalTensor(`x of ${name}`, shape);
    assertGradients(({ x, ...weights }) => layer.apply(x, { ...quiet, weights }), { x, ...weights });
  });
}

Deno.test("`dense()` and `layerNorm()` are the layers of TensorFlow.js", () => {
  const x = normalTensor<tf.Tensor3D>("x", [3, 4, 5]);
  const theirs = keras.layers.dense({ units: 2, activation: "relu", biasInitializer: "randomNormal" });
  const expected = theirs.apply(x) as tf.Tensor;
  const [kernel, bias] = theirs.getWeights();
  const ours = dense("layer", { inputs: 5, units: 2, activation: "relu" });
  const value = ours.apply(x, { ...quiet, weights: { "layer/kernel": kernel, "layer/bias": bias } });
  assertAlmostEqual(value.dataSync(), expected.dataSync(), single);

  const normalise = keras.layers.layerNormalization({ epsilon: 1e-5 });
  normalise.apply(x);
  const [scale, offset] = [normalTensor("scale", [5]), normalTensor("offset", [5])];
  normalise.setWeights([scale, offset]);
  const weights = { "layer/scale": scale, "layer/offset": offset };
  const normalised = layerNorm("layer", { width: 5 }).apply(x, { ...quiet, weights });
  assertAlmostEqual(normalised.dataSync(), (normalise.apply(x) as tf.Tensor).dataSync(), 1e-5); // they divide otherwise
});

Deno.test("`lstmLayer()` is the layer of TensorFlow.js", () => {
  const x = normalTensor<tf.Tensor3D>("x", [3, 4, 5]);
  const theirs = keras.layers.lstm({
    units: 2,
    recurrentActivation: "sigmoid",
    recurrentInitializer: "glorotUniform",
    returnSequences: true,
  });
  const expected = theirs.apply(x) as tf.Tensor;
  const layer = lstmLayer("layer", { inputs: 5, units: 2, returnSequences: true });
  const tensors = theirs.getWeights();
  const weights = Object.fromEntries(layer.parameters.map(({ name }, at) => [name, tensors[at]]));
  assertAlmostEqual(layer.apply(x, { ...quiet, weights }).dataSync(), expected.dataSync(), single);
});

Deno.test("`multiHeadAttention()` is the layer of Keras, weights and causal mask too", () => {
  const { width, heads } = golden.sizes;
  const weights = goldenWeights("");
  let seen = new Float32Array();
  const attention = (_: number, scores: tf.Tensor4D) => {
    assert.deepEqual(scores.shape, golden.scores.shape);
    seen = scores.dataSync<"float32">() as Float32Array<ArrayBuffer>;
  };
  const all = multiHeadAttention("attention", { width, heads });
  const value = all.apply(goldenInput(), { ...quiet, weights, attention });
  assertAlmostEqual(value.dataSync(), golden.attention.values, single);
  assertAlmostEqual(seen, golden.scores.values, single);
  const causal = multiHeadAttention("attention", { width, heads, causal: true });
  assertAlmostEqual(causal.apply(goldenInput(), { ...quiet, weights }).dataSync(), golden.causal.values, single);
});

Deno.test("`encoderBlock()` with normalisation behind each sum is that of Keras's layers", () => {
  const block = encoderBlock("block", { ...golden.sizes, norm: "post" });
  const value = block.apply(goldenInput(), { ...quiet, weights: goldenWeights("block/") });
  assertAlmostEqual(value.dataSync(), golden.block.values, 1e-5);
});

Deno.test("`multiHeadAttention()` gives weights that sum to 1 and are never negative", () => {
  const layer = multiHeadAttention("layer", { width: 6, heads: 3, block: 4, causal: true });
  const weights = movedTensors(drawWeights(layer.parameters, 1));
  const shown: number[] = [];
  layer.apply(normalTensor("wide", [5, 7, 6]), {
    ...quiet,
    weights,
    attention: (block, scores) => {
      shown.push(block);
      assert.deepEqual(scores.shape, [5, 3, 7, 7]);
      assert.ok(scores.dataSync().every((weight) => weight >= 0));
      assertAlmostEqual(tf.sum(scores, -1).dataSync(), new Float32Array(5 * 3 * 7).fill(1), single);
    },
  });
  assert.deepEqual(shown, [4]);
});

const stack = { width: 6, heads: 2, feedForward: 5 };
const steps = 5;

Deno.test("`encoderBlock()` does not know the order of steps, `encoder()` does", () => {
  const order = [3, 0, 4, 1, 2];
  const x = normalTensor<tf.Tensor3D>("steps", [2, steps, 6]);
  const difference = (layer: Layer) => {
    const forward = { ...quiet, weights: movedTensors(drawWeights(layer.parameters, 2)) };
    const after = layer.apply(tf.gather(x, order, 1), forward);
    const before = tf.gather(layer.apply(x, forward), order, 1);
    return tf.max(tf.abs(tf.sub(after, before))).dataSync()[0];
  };
  assert.ok(difference(encoderBlock("block", stack)) < single);
  assert.ok(difference(encoder("encoder", { ...stack, blocks: 1 })) > 0.01);
});

Deno.test("`encoder()` with causal attention sees no later step, without it sees all", () => {
  const changed = 3;
  const x = normalTensor<tf.Tensor3D>("steps", [1, steps, 6]);
  const bump = tf.tensor3d(
    Float32Array.from({ length: steps * 6 }, (_, at) => Math.floor(at / 6) === changed ? 1 : 0),
    [
      1,
      steps,
      6,
    ],
  );
  const stepsMoved = (causal: boolean) => {
    const layer = encoder("encoder", { ...stack, blocks: 2, causal });
    const forward = { ...quiet, weights: movedTensors(drawWeights(layer.parameters, 2)) };
    const moved = tf.abs(tf.sub(layer.apply(tf.add(x, tf.mul(bump, x)), forward), layer.apply(x, forward)));
    return [...tf.max(moved, [0, 2]).dataSync()].flatMap((value, step) => value > 0 ? [step] : []);
  };
  assert.deepEqual(stepsMoved(true), [3, 4]);
  assert.deepEqual(stepsMoved(false), [0, 1, 2, 3, 4]);
});

Deno.test("`encoder()` without blocks' changes is the position code", () => {
  const layer = encoder("encoder", { ...stack, blocks: 3 });
  const fresh = drawWeights(layer.parameters, 2);
  const silent = Object.entries(fresh).map(([name, { shape, values }]) =>
    [name, tf.tensor(/norm\/scale$/.test(name) ? values : values.map(() => 0), [...shape])] as const
  );
  const value = layer.apply(tf.zeros([1, steps, 6]), { ...quiet, weights: Object.fromEntries(silent) });
  const code = tf.tensor3d(positionCode(steps, 6), [1, steps, 6]);
  const last = layerNorm("norm", { width: 6 });
  const expected = last.apply(code, {
    ...quiet,
    weights: { "norm/scale": tf.ones([6]), "norm/offset": tf.zeros([6]) },
  });
  assert.deepEqual(value.dataSync(), expected.dataSync());
});

Deno.test("`positionCode()` by hand, and the same product for steps equally far apart", () => {
  assertAlmostEqual(positionCode(2, 4).slice(4), [Math.sin(1), Math.cos(1), Math.sin(0.01), Math.cos(0.01)], 1e-7);
  const code = positionCode(9, 8);
  const product = (a: number, b: number) =>
    code.subarray(8 * a, 8 * a + 8).reduce((sum, value, at) => sum + value * code[8 * b + at], 0);
  assertAlmostEqual([product(0, 3), product(2, 5), product(5, 8)], Array(3).fill(product(1, 4)), 1e-6);
  assert.throws(() => positionCode(2, 3), { name: "RangeError", message: /width \/ 2 must be an integer/ });
  const added = addPositionCode().apply(tf.ones([2, 9, 8]), { ...quiet, weights: {} });
  assertAlmostEqual(added.dataSync(), [...code, ...code].map((value) => value + 1), 1e-6);
});

Deno.test("`orderedQuantiles()` never cross, whatever goes in", () => {
  const free = tf.mul(30, normalTensor<tf.Tensor2D>("free", [200, 5])) as tf.Tensor2D;
  for (const centre of [0, 2, 4]) {
    const value = orderedQuantiles(centre).apply(free, { ...quiet, weights: {} });
    const numbers = value.dataSync();
    numbers.forEach((number, at) => assert.ok(at % 5 === 0 || number >= numbers[at - 1]));
    const kept = (of: tf.Tensor) => of.dataSync().filter((_, at) => at % 5 === centre);
    assert.deepEqual(kept(value), kept(free));
  }
});

Deno.test("layers refuse sizes that fit nowhere", () => {
  const thrown = { name: "RangeError" };
  assert.throws(() => multiHeadAttention("a", { width: 6, heads: 4 }), {
    ...thrown,
    message: /keyWidth must be an int/,
  });
  assert.throws(() => encoder("a", { ...stack, blocks: 0 }), { ...thrown, message: /blocks must be an integer/ });
  assert.throws(() => encoderBlock("a", { ...stack, norm: "none" as "pre" }), {
    ...thrown,
    message: /norm must be one/,
  });
  assert.throws(() => encoderBlock("a", { ...stack, feedForward: 0 }), { ...thrown, message: /feedForward must be/ });
});
