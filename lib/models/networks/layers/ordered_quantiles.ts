import { tf } from "@lib/tensorflow";
import type { Layer } from "./layer.ts";
import { mapLayer } from "./map_layer.ts";

/**
 * Turns free numbers into quantiles that cannot cross: the column of `centre` stays, every column above it lies the
 * softplus of its own number above its neighbour, every column below likewise beneath. Gaps are never negative, whatever
 * is learnt, so that no sorting is needed afterwards and each gap has a gradient of its own. Learns nothing.
 *
 * @param centre The column that stays, such as the median's.
 *
 * @example
 * ```ts
 * import { tf, useBackend } from "@lib/tensorflow";
 * import assert from "node:assert/strict";
 *
 * await useBackend({ backend: "cpu" });
 * const free = tf.tensor2d([[-50, 1, Math.log(Math.E - 1)]]);
 * const quantiles = orderedQuantiles(1).apply(free, { weights: {}, training: false, seed: 0 });
 * assert.deepEqual([...quantiles.dataSync()], [1, 1, 2]); // gaps of nearly nothing and of 1
 * ```
 */
export function orderedQuantiles(centre: number): Layer<tf.Tensor2D, tf.Tensor2D> {
  return mapLayer((free) => {
    const columns = tf.split(free, free.shape[1], 1) as tf.Tensor2D[];
    const values = [...columns];
    for (let at = centre + 1; at < columns.length; at++) {
      values[at] = tf.add(values[at - 1], tf.softplus(columns[at]));
    }
    for (let at = centre - 1; at >= 0; at--) values[at] = tf.sub(values[at + 1], tf.softplus(columns[at]));
    return tf.concat(values, 1);
  });
}
