import { tf } from "@lib/tensorflow";
import type { Network, Weight, Weights } from "./network.ts";

/** What the steps of windows attended to, in one block. */
export interface AttentionWeights {
  /** Place of the block in the encoder, from 0. */
  readonly block: number;
  /** (rows, heads, steps that look, steps looked at). */
  readonly shape: readonly [number, number, number, number];
  /** Row-major, from 0 to 1, the last axis summing to 1. */
  readonly values: Float32Array;
}

/**
 * What a network attends to as it forecasts windows: for each block, row, head and step, how much each step counts. It
 * shows where a network looks, not what made the forecast: values are mixed again in later layers.
 *
 * @param windows Scaled windows, shape (rows, steps, features), the oldest step first.
 * @returns The blocks in order; none for a network without attention.
 *
 * @example
 * ```ts
 * import { tf, useBackend } from "@lib/tensorflow";
 * import assert from "node:assert/strict";
 *
 * await useBackend({ backend: "cpu" });
 * const network = {
 *   forward(_weights: unknown, x: tf.Tensor3D, { attention }: { attention?: (block: number, of: tf.Tensor4D) => void }) {
 *     attention?.(0, tf.ones([x.shape[0], 1, 1, 1]));
 *     return { forecast: tf.zeros<tf.Rank.R2>([x.shape[0], 1]) };
 *   },
 * };
 * const [block] = attentionWeights(network, {}, { shape: [2, 1, 1], values: new Float32Array(2) });
 * assert.deepEqual([...block.values], [1, 1]);
 * ```
 */
export function attentionWeights(
  network: Pick<Network, "forward">,
  weights: Weights,
  windows: Weight,
): AttentionWeights[] {
  const found: AttentionWeights[] = [];
  tf.tidy(() => {
    const tensors = Object.entries(weights).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]);
    const x = tf.tensor3d(windows.values, windows.shape as [number, number, number]);
    network.forward(Object.fromEntries(tensors), x, {
      training: false,
      seed: 0,
      attention: (block, of) => found.push({ block, shape: of.shape, values: Float32Array.from(of.dataSync()) }),
    });
  });
  return found;
}
