import type { tf } from "@lib/tensorflow";
import type { Layer } from "./layer.ts";

/** Layers one after the other, as one layer. The caller answers for the ranks of the tensors in between. */
export function chain<Input extends tf.Tensor, Output extends tf.Tensor>(
  layers: readonly Layer[],
): Layer<Input, Output> {
  return {
    parameters: layers.flatMap(({ parameters }) => parameters),
    apply: (x, forward) => layers.reduce<tf.Tensor>((x, layer) => layer.apply(x, forward), x) as Output,
  };
}
