import { tf } from "./tf.ts";

/**
 * The product of two matrices, or of two stacks of them, as `tf.matMul` gives it, with a gradient (first order only)
 * that suits the backend: the one of WebAssembly multiplies several times as fast what lies there transposed than what
 * it must read crosswise, the others need no copies.
 *
 * @param a Shape (..., rows, inner).
 * @param b Shape (..., inner, columns), the axes before these two being those of `a`.
 * @returns Shape (..., rows, columns).
 *
 * @example
 * ```ts
 * import { tf, useBackend } from "@lib/tensorflow";
 * import assert from "node:assert/strict";
 *
 * await useBackend({ backend: "wasm" });
 * const product = matrixProduct(tf.tensor2d([[1, 2]]), tf.tensor2d([[3], [4]]));
 * assert.deepEqual([...product.dataSync()], [11]);
 * ```
 */
export function matrixProduct<Matrix extends tf.Tensor>(a: Matrix, b: Matrix): Matrix {
  const compute = tf.customGrad((...inputs) => {
    const save = inputs.pop() as unknown as tf.GradSaveFunc;
    const [a, b] = inputs as tf.Tensor[];
    save([a, b]);
    return {
      value: tf.matMul(a, b),
      gradFunc: (change, saved) => {
        const [a, b] = saved as tf.Tensor[];
        if (tf.getBackend() !== "wasm") return [tf.matMul(change, b, false, true), tf.matMul(a, change, true, false)];
        return [tf.matMul(change, crosswise(b)), tf.matMul(crosswise(a), change)];
      },
    };
  });
  return compute(a, b) as Matrix;
}

function crosswise(stack: tf.Tensor): tf.Tensor {
  const axes = [...stack.shape.keys()];
  return tf.transpose(stack, [...axes.slice(0, -2), ...axes.slice(-2).reverse()]);
}
