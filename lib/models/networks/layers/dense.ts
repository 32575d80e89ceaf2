import { matrixProduct, tf } from "@lib/tensorflow";
import type { Layer } from "./layer.ts";

/** Settings of {@link dense}. */
export interface DenseOptions {
  /** Columns that go in. */
  readonly inputs: number;
  /** Columns that come out. */
  readonly units: number;
  /** What is done to the sum; default: nothing. */
  readonly activation?: "relu" | "tanh" | "linear";
}

/**
 * A fully connected layer on the last axis: activation(x kernel + bias), the same for every row and step. Learns `kernel`
 * (inputs, units) and `bias` (units).
 *
 * @param name What its parameters' names begin with.
 *
 * @example
 * ```ts
 * import { tf, useBackend } from "@lib/tensorflow";
 * import assert from "node:assert/strict";
 *
 * await useBackend({ backend: "cpu" });
 * const layer = dense("out", { inputs: 2, units: 1, activation: "relu" });
 * const weights = { "out/kernel": tf.tensor([[1], [-1]]), "out/bias": tf.tensor([0.5]) };
 * const y = layer.apply(tf.tensor([[2, 1], [1, 2]]), { weights, training: false, seed: 0 });
 * assert.deepEqual([...y.dataSync()], [1.5, 0]);
 * ```
 */
export function dense<Shape extends tf.Tensor = tf.Tensor>(
  name: string,
  { inputs, units, activation = "linear" }: DenseOptions,
): Layer<Shape, Shape> {
  const [kernel, bias] = [`${name}/kernel`, `${name}/bias`];
  return {
    parameters: [{ name: kernel, shape: [inputs, units], start: "glorot" }, {
      name: bias,
      shape: [units],
      start: "zeros",
    }],
    apply(x, { weights }) {
      // One product of two matrices, whatever the rank: a product for each row of a batch costs many times that.
      const flat = tf.reshape(x, [-1, inputs]) as tf.Tensor2D;
      const product = matrixProduct(flat, weights[kernel] as tf.Tensor2D);
      const sum = tf.add(tf.reshape(product, [...x.shape.slice(0, -1), units]), weights[bias]) as Shape;
      return activation === "relu" ? tf.relu(sum) : activation === "tanh" ? tf.tanh(sum) : sum;
    },
  };
}
