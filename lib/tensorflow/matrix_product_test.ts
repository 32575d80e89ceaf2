import assert from "node:assert/strict";
import { matrixProduct, tf, useBackend } from "./mod.ts";

const shapes = [[[4, 3], [3, 5]], [[2, 3, 4, 3], [2, 3, 3, 5]]];

for (const backend of ["cpu", "wasm"] as const) {
  Deno.test(`\`matrixProduct()\` is that of TensorFlow.js, gradients too (${backend})`, async () => {
    await useBackend({ backend });
    for (const [ofA, ofB] of shapes) {
      const [a, b] = [ofA, ofB].map((shape, seed) => tf.randomNormal(shape, 0, 1, "float32", seed + 1));
      const of = (product: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) => {
        const { value, grads } = tf.valueAndGrads((a, b) => tf.sum(tf.square(product(a, b))))([a, b]);
        return [product(a, b), value, ...grads];
      };
      const [ours, theirs] = [of(matrixProduct), of((a, b) => tf.matMul(a, b))];
      ours.forEach((tensor, at) => {
        assert.deepEqual(tensor.shape, theirs[at].shape);
        const expected = theirs[at].dataSync();
        tensor.dataSync().forEach((value, at) =>
          assert.ok(Math.abs(value - expected[at]) < 1e-4 * (1 + Math.abs(value)))
        );
      });
    }
  });
}
