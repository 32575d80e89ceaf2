import { checkInteger } from "@lib/core";
import { matrixProduct, tf } from "@lib/tensorflow";
import { dense } from "./dense.ts";
import type { Layer } from "./layer.ts";

/** Settings of {@link multiHeadAttention}. */
export interface MultiHeadAttentionOptions {
  /** Columns that go in and come out. */
  readonly width: number;
  readonly heads: number;
  /** Width of a head's queries, keys and values. Default: width / heads. */
  readonly keyWidth?: number;
  /** Whether a step sees itself and earlier ones only. Default false: it sees all. */
  readonly causal?: boolean;
  /** Number under which the weights are shown to `attention` of the call. Default 0. */
  readonly block?: number;
}

/**
 * Self-attention with several heads: each step asks all steps (query), weighs them by how well their keys answer,
 * softmax(query key / sqrt(keyWidth)), and takes the weighted mean of their values; what the heads found is mixed by a
 * last dense layer. Learns four dense layers: `query`, `key`, `value` (width, heads keyWidth) and `output` (heads
 * keyWidth, width), all with bias. Without a position code it does not know the order of steps.
 *
 * @param name What its parameters' names begin with.
 * @throws {RangeError} If a size is below 1, or heads do not divide the width and `keyWidth` is not given.
 * @see Vaswani et al. 2017, section 3.2.2.
 *
 * @example A step attends to itself alone where it is the first that may be seen
 * ```ts
 * import { tf, useBackend } from "@lib/tensorflow";
 * import assert from "node:assert/strict";
 *
 * await useBackend({ backend: "cpu" });
 * const layer = multiHeadAttention("attention", { width: 2, heads: 1, causal: true });
 * const weights = Object.fromEntries(layer.parameters.map(({ name, shape }) => [name, tf.ones([...shape])]));
 * const seen: number[][] = [];
 * const attention = (_block: number, weights: tf.Tensor) => seen.push([...weights.dataSync()]);
 * layer.apply(tf.zeros([1, 2, 2]), { weights, training: false, seed: 0, attention });
 * assert.deepEqual(seen, [[1, 0, 0.5, 0.5]]);
 * ```
 */
export function multiHeadAttention(
  name: string,
  { width, heads, keyWidth = width / heads, causal = false, block = 0 }: MultiHeadAttentionOptions,
): Layer<tf.Tensor3D, tf.Tensor3D> {
  Object.entries({ width, heads, keyWidth }).forEach(([of, value]) =>
    checkInteger("attend with several heads", of, value, { least: 1 })
  );
  const into = (of: string) => dense<tf.Tensor3D>(`${name}/${of}`, { inputs: width, units: heads * keyWidth });
  const [query, key, value] = [into("query"), into("key"), into("value")];
  const output = dense<tf.Tensor3D>(`${name}/output`, { inputs: heads * keyWidth, units: width });
  return {
    parameters: [query, key, value, output].flatMap(({ parameters }) => parameters),
    apply(x, forward) {
      const [rows, steps] = x.shape;
      const byHead = (layer: typeof query, axes: number[]) =>
        tf.transpose(tf.reshape(layer.apply(x, forward), [rows, steps, heads, keyWidth]), axes);
      const [asked, answers] = [byHead(query, [0, 2, 1, 3]), byHead(key, [0, 2, 3, 1])];
      const match = matrixProduct(tf.mul(asked, 1 / Math.sqrt(keyWidth)), answers);
      const weights = tf.softmax(causal ? tf.add(match, future(steps)) : match) as tf.Tensor4D;
      forward.attention?.(block, weights);
      const found = tf.transpose(matrixProduct<tf.Tensor>(weights, byHead(value, [0, 2, 1, 3])), [0, 2, 1, 3]);
      return output.apply(tf.reshape(found, [rows, steps, heads * keyWidth]), forward);
    },
  };
}

/** What takes later steps out of a softmax: so far below every match that their weight is exactly 0. */
function future(steps: number): tf.Tensor2D {
  const values = Float32Array.from(
    { length: steps * steps },
    (_, at) => at % steps > Math.floor(at / steps) ? -1e9 : 0,
  );
  return tf.tensor2d(values, [steps, steps]);
}
