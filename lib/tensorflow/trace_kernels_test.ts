import assert from "node:assert/strict";
import { lstm } from "./lstm.ts";
import { tf } from "./tf.ts";
import { traceKernels } from "./trace_kernels.ts";
import { useBackend } from "./use_backend.ts";

const { backend: best } = await useBackend();

for (const backend of new Set([best, "wasm", "cpu"] as const)) {
  Deno.test(`traceKernels() on ${backend} notes what is called on what, and leaves the backend as it was`, async () => {
    await useBackend({ backend });
    const before = tf.getBackend();
    const x = tf.tensor2d([[1, 2], [3, 4]]);
    const trace = traceKernels((x: tf.Tensor2D) => {
      const flat = tf.reshape(x, [4]);
      return { sum: tf.sum(tf.mul(flat, tf.tensor1d([1, 0, 0, 2]))), same: tf.relu(x) };
    }, x);
    assert.deepEqual(trace.kernels.map(({ kernel }) => kernel), ["Reshape", "Multiply", "Sum", "Relu"]);
    const [reshape, multiply, sum, relu] = trace.kernels;
    assert.deepEqual([reshape.inputs, relu.inputs], [[trace.input], [trace.input]]);
    assert.deepEqual(multiply.inputs[0], reshape.outputs[0]);
    assert.deepEqual([...trace.constants], [[multiply.inputs[1].number, Float32Array.of(1, 0, 0, 2)]]);
    assert.deepEqual(trace.outputs, { sum: sum.outputs[0], same: relu.outputs[0] });
    assert.equal(tf.getBackend(), before);
    assert.deepEqual([...tf.relu(x).dataSync()], [1, 2, 3, 4]);
  });

  Deno.test(`traceKernels() on ${backend} sees the steps of an LSTM one by one`, async () => {
    await useBackend({ backend });
    const [kernel, recurrent, bias] = [tf.ones([3, 8]), tf.ones([2, 8]), tf.ones([8])];
    const { kernels } = traceKernels(
      (x: tf.Tensor3D) => ({
        y: lstm(x, kernel as tf.Tensor2D, recurrent as tf.Tensor2D, bias as tf.Tensor1D, { units: 2 }),
      }),
      tf.ones<tf.Rank.R3>([1, 4, 3]),
    );
    assert.equal(kernels.filter(({ kernel }) => kernel === "SplitV").length, 4);
  });
}

Deno.test("traceKernels() leaves the backend as it was where the function fails", async () => {
  await useBackend({ backend: "cpu" });
  const failing = () => {
    throw new RangeError("no");
  };
  assert.throws(() => traceKernels(failing, tf.ones([1])), { name: "RangeError" });
  assert.equal(tf.getBackend(), "cpu");
});
