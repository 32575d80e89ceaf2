import assert from "node:assert/strict";
import * as layers from "@tensorflow/tfjs-layers";
import { hasNativeTensorflow } from "./_native_tensorflow.ts";
import { type BackendName, lstm, tf, useBackend } from "./mod.ts";

const units = 5, rows = 7, steps = 9, features = 3;
const within = 1e-6;

/** Inputs, weights of a layer of TensorFlow.js, and what that layer and its gradients say. */
function asLayersSay(returnSequences: boolean) {
  const x = tf.randomNormal<tf.Rank.R3>([rows, steps, features], 0, 1, "float32", 1);
  const pull = tf.randomNormal([rows, ...(returnSequences ? [steps] : []), units], 0, 1, "float32", 2);
  const seeded = (seed: number) => layers.initializers.randomNormal({ stddev: 0.5, seed });
  const layer = layers.layers.lstm({
    units,
    returnSequences,
    recurrentActivation: "sigmoid",
    kernelInitializer: seeded(3),
    recurrentInitializer: seeded(4),
    biasInitializer: seeded(5),
  });
  const value = layer.apply(x) as tf.Tensor;
  const score = () => tf.sum(tf.mul(layer.apply(x) as tf.Tensor, pull)) as tf.Scalar;
  const { grads } = tf.variableGrads(score);
  const ofInputs = tf.grad((x) => tf.sum(tf.mul(layer.apply(x) as tf.Tensor, pull)))(x);
  const weights = layer.getWeights() as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];
  const names = layer.trainableWeights.map(({ originalName }) => originalName);
  const gradients = names.map((name) => grads[Object.keys(grads).find((key) => key.startsWith(name))!]);
  return { x, pull, weights, value, gradients: [ofInputs, ...gradients] };
}

function assertClose(actual: tf.Tensor, expected: tf.Tensor) {
  assert.deepEqual(actual.shape, expected.shape);
  const [ours, theirs] = [actual.dataSync(), expected.dataSync()];
  const scale = Math.max(1, ...theirs.map(Math.abs));
  ours.forEach((value, at) => assert(Math.abs(value - theirs[at]) < within * scale, `${value}, wanted ${theirs[at]}`));
}

for (const backend of ["cpu", "wasm", "native"] as BackendName[]) {
  for (const returnSequences of [false, true]) {
    const name = `\`lstm()\` is the layer of TensorFlow.js, gradients too (${backend}, ${returnSequences})`;
    const ignore = backend === "native" && !hasNativeTensorflow(); // make tensorflow
    Deno.test({ name, ignore }, async () => {
      await useBackend({ backend });
      tf.tidy(() => {
        const { x, pull, weights, value, gradients } = asLayersSay(returnSequences);
        assertClose(lstm(x, ...weights, { units, returnSequences }), value);
        const score = (x: tf.Tensor3D, ...weights: [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D]) =>
          tf.sum(tf.mul(lstm(x, ...weights, { units, returnSequences }), pull)) as tf.Scalar;
        const ours = tf.grads(score as (...inputs: tf.Tensor[]) => tf.Scalar)([x, ...weights]);
        ours.forEach((gradient, at) => assertClose(gradient, gradients[at]));
      });
    });
  }
}

Deno.test("`lstm()` of one step by hand", async () => {
  await useBackend({ backend: "cpu" });
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const h = lstm(tf.tensor3d([[[2]]]), tf.tensor2d([[0.1, 0.2, 0.3, 0.4]]), tf.ones([1, 4]), tf.zeros([4]), {
    units: 1,
  });
  const wanted = sigmoid(0.8) * Math.tanh(sigmoid(0.2) * Math.tanh(0.6));
  assert(Math.abs(h.dataSync()[0] - wanted) < 1e-7);
});

Deno.test("`lstm()` leaves no tensors behind but its value", async () => {
  await useBackend({ backend: "cpu" });
  const [kernel, recurrent, bias] = [
    tf.ones<tf.Rank.R2>([1, 8]),
    tf.ones<tf.Rank.R2>([2, 8]),
    tf.ones<tf.Rank.R1>([8]),
  ];
  const x = tf.ones<tf.Rank.R3>([2, 3, 1]);
  const { numTensors } = tf.memory();
  tf.dispose(lstm(x, kernel, recurrent, bias, { units: 2 }));
  tf.dispose(tf.grad((x) => tf.sum(lstm(x as tf.Tensor3D, kernel, recurrent, bias, { units: 2 })))(x));
  assert.equal(tf.memory().numTensors, numTensors);
});

Deno.test("`lstm()` refuses weights of another size", () => {
  const call = () => lstm(tf.ones([1, 2, 3]), tf.ones([3, 8]), tf.ones([3, 8]), tf.ones([8]), { units: 2 });
  assert.throws(call, { name: "TypeError", message: /current shapes are \(1, 2, 3\), \(3, 8\), \(3, 8\), \(8\)/ });
});
