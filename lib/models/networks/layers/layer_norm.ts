import { tf } from "@lib/tensorflow";
import type { Layer } from "./layer.ts";

/** Settings of {@link layerNorm}. */
export interface LayerNormOptions {
  /** Columns of the last axis. */
  readonly width: number;
  /** Added to the variance, so that a row without spread comes out as 0 and not as NaN. Default 1e-5. */
  readonly epsilon?: number;
}

/**
 * Layer normalisation: the last axis of each row and step is brought to mean 0 and variance 1 (population), then scaled
 * and shifted: (x - mean) / sqrt(variance + epsilon) scale + offset. It stands where the original normalised by batches:
 * here the forecast of a row does not depend on the rows that happen to be computed with it.
 *
 * @param name What its parameters' names begin with.
 * @see Ba, Kiros and Hinton 2016.
 *
 * @example
 * ```ts
 * import { tf, useBackend } from "@lib/tensorflow";
 * import assert from "node:assert/strict";
 *
 * await useBackend({ backend: "cpu" });
 * const weights = { "norm/scale": tf.ones([2]), "norm/offset": tf.zeros([2]) };
 * const y = layerNorm("norm", { width: 2 }).apply(tf.tensor([[1, 5]]), { weights, training: false, seed: 0 });
 * assert.deepEqual([...y.dataSync()].map(Math.round), [-1, 1]);
 * ```
 */
export function layerNorm<Shape extends tf.Tensor = tf.Tensor>(
  name: string,
  { width, epsilon = 1e-5 }: LayerNormOptions,
): Layer<Shape, Shape> {
  const [scale, offset] = [`${name}/scale`, `${name}/offset`];
  return {
    parameters: [{ name: scale, shape: [width], start: "ones" }, { name: offset, shape: [width], start: "zeros" }],
    apply(x, { weights }) {
      const centred = tf.sub(x, tf.mean(x, -1, true));
      const variance = tf.mean(tf.square(centred), -1, true);
      const standardised = tf.mul(centred, tf.rsqrt(tf.add(variance, epsilon)));
      return tf.add(tf.mul(standardised, weights[scale]), weights[offset]) as Shape;
    },
  };
}
