import { checkNumber } from "@lib/core";
import { tf } from "@lib/tensorflow";
import { namedRandom } from "./_named_random.ts";
import type { Layer } from "./layer.ts";

/**
 * Dropout: in training each value is 0 with probability `rate`, else divided by 1 - rate, so that its mean stays; outside
 * training nothing happens. The mask is drawn here and not by the backend: it depends on the call's seed, the layer's
 * name and the shape alone, so that a training run that resumes draws what it would have drawn, on any backend.
 *
 * @param name Unique in the network, since the mask follows from it.
 * @param rate From 0 to 0.95.
 * @throws {RangeError} If the rate is outside.
 * @see Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov 2014.
 *
 * @example
 * ```ts
 * import { tf, useBackend } from "@lib/tensorflow";
 * import assert from "node:assert/strict";
 *
 * await useBackend({ backend: "cpu" });
 * const y = dropout("drop", 0.5).apply(tf.ones([1000]), { weights: {}, training: true, seed: 3 });
 * assert.deepEqual([...new Set(y.dataSync())].sort(), [0, 2]);
 * ```
 */
export function dropout<Shape extends tf.Tensor = tf.Tensor>(name: string, rate: number): Layer<Shape, Shape> {
  checkNumber("drop values", "rate", rate, { least: 0, most: 0.95 });
  return {
    parameters: [],
    apply(x, { training, seed }) {
      if (!training || rate === 0) return x;
      const random = namedRandom(seed, name);
      const kept = Math.fround(1 / (1 - rate));
      const mask = new Float32Array(x.size);
      for (let at = 0; at < mask.length; at++) mask[at] = random() < rate ? 0 : kept;
      return tf.mul(x, tf.tensor(mask, x.shape)) as Shape;
    },
  };
}
