import { tf } from "@lib/tensorflow";
import type { Layer } from "./layer.ts";

/** A layer that learns nothing: a function of tensors. */
export function mapLayer<Input extends tf.Tensor, Output extends tf.Tensor>(
  compute: (x: Input) => Output,
): Layer<Input, Output> {
  return { parameters: [], apply: compute };
}

/** Mean over all steps: (rows, steps, width) becomes (rows, width). */
export const meanOfSteps: Layer<tf.Tensor3D, tf.Tensor2D> = mapLayer((x) => tf.mean(x, 1) as tf.Tensor2D);

/** The newest step alone: (rows, steps, width) becomes (rows, width). */
export const newestStep: Layer<tf.Tensor3D, tf.Tensor2D> = mapLayer((x) => {
  const [rows, steps, width] = x.shape;
  return tf.reshape(tf.slice(x, [0, steps - 1, 0], [rows, 1, width]), [rows, width]);
});
