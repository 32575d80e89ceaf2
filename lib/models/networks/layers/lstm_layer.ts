import { lstm, type LstmOptions, type tf } from "@lib/tensorflow";
import type { Layer } from "./layer.ts";

/** Settings of {@link lstmLayer}. */
export interface LstmLayerOptions extends LstmOptions {
  /** Columns that go in. */
  readonly inputs: number;
}

/**
 * A long short-term memory as a layer: see `lstm` of `@lib/tensorflow`. Learns `kernel` (inputs, 4 units),
 * `recurrent_kernel` (units, 4 units) and `bias` (4 units), with the forget gate open at the start.
 *
 * @param name What its parameters' names begin with.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { parameters } = lstmLayer("lstm", { inputs: 3, units: 2 });
 * assert.deepEqual(parameters.map(({ shape }) => shape), [[3, 8], [2, 8], [8]]);
 * ```
 */
export function lstmLayer<Output extends tf.Tensor2D | tf.Tensor3D = tf.Tensor3D>(
  name: string,
  { inputs, units, returnSequences }: LstmLayerOptions,
): Layer<tf.Tensor3D, Output> {
  const parameters = [
    { name: `${name}/kernel`, shape: [inputs, 4 * units], start: "glorot" },
    { name: `${name}/recurrent_kernel`, shape: [units, 4 * units], start: "orthogonal" },
    { name: `${name}/bias`, shape: [4 * units], start: "forget_one" },
  ] as const;
  return {
    parameters,
    apply(x, { weights }) {
      const [kernel, recurrent, bias] = parameters.map(({ name }) => weights[name]);
      return lstm(x, kernel as tf.Tensor2D, recurrent as tf.Tensor2D, bias as tf.Tensor1D, {
        units,
        returnSequences,
      }) as Output;
    },
  };
}
