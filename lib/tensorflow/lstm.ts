import { nativeLstm } from "./_native_lstm.ts";
import { nativeName } from "./_native_tensorflow.ts";
import { plainLstm } from "./_plain_lstm.ts";
import { tf } from "./tf.ts";

/** Settings of {@link lstm}. */
export interface LstmOptions {
  /** Width of the state. */
  readonly units: number;
  /** Whether to give the outputs of all steps, (rows, steps, units), instead of the last, (rows, units). Default false. */
  readonly returnSequences?: boolean;
}

/**
 * A long short-term memory over sequences, with gradients for all four tensors (first order only):
 * z = x kernel + h recurrentKernel + bias, cut into input, forget, candidate and output gates in this order;
 * c = sigmoid(forget) c + sigmoid(input) tanh(candidate), h = sigmoid(output) tanh(c), both zero at the start.
 *
 * That is the layer of Keras and `tf.layers.lstm({ recurrentActivation: "sigmoid" })` with their weights, without
 * dropout. Where the native backend runs, all steps are one operation of TensorFlow (`BlockLSTMV2`) forward and one
 * back; elsewhere steps are computed one by one, and all that does not depend on the step before for all at once.
 * A value that is NaN makes the outputs of its row NaN from its step on.
 *
 * @param x Shape (rows, steps, features).
 * @param kernel Shape (features, 4 units).
 * @param recurrentKernel Shape (units, 4 units).
 * @param bias Shape (4 units).
 * @throws {TypeError} If shapes do not fit.
 * @see Hochreiter and Schmidhuber 1997; Gers, Schmidhuber and Cummins 2000 for the forget gate.
 *
 * @example
 * ```ts
 * import { tf, useBackend } from "@lib/tensorflow";
 * import assert from "node:assert/strict";
 *
 * await useBackend({ backend: "wasm" });
 * const x = tf.ones<tf.Rank.R3>([2, 5, 3]);
 * const [kernel, recurrentKernel] = [tf.zeros<tf.Rank.R2>([3, 16]), tf.zeros<tf.Rank.R2>([4, 16])];
 * const bias = tf.ones<tf.Rank.R1>([16]);
 * assert.deepEqual(lstm(x, kernel, recurrentKernel, bias, { units: 4, returnSequences: true }).shape, [2, 5, 4]);
 * ```
 */
export function lstm(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrentKernel: tf.Tensor2D,
  bias: tf.Tensor1D,
  { units, returnSequences = false }: LstmOptions,
): tf.Tensor {
  const shapes = [x, kernel, recurrentKernel, bias].map(({ shape }) => `(${shape.join(", ")})`).join(", ");
  const [rows, steps, features] = x.shape;
  const wanted = `(${rows}, ${steps}, ${features}), (${features}, ${4 * units}), (${units}, ${4 * units}), (${
    4 * units
  })`;
  if (steps === 0 || shapes !== wanted) {
    throw new TypeError(
      `Cannot compute an LSTM of ${units} units: x, kernel, recurrentKernel and bias must have shapes ` +
        `(rows, steps > 0, features), (features, ${4 * units}), (${units}, ${4 * units}), (${4 * units}), ` +
        `current shapes are ${shapes}`,
    );
  }
  const compute = tf.getBackend() === nativeName ? nativeLstm : plainLstm;
  return tf.tidy(() => {
    const outputs = compute(tf.transpose(x, [1, 0, 2]), kernel, recurrentKernel, bias);
    if (returnSequences) return tf.transpose(outputs, [1, 0, 2]);
    return tf.reshape(tf.slice(outputs, [steps - 1, 0, 0], [1, rows, units]), [rows, units]);
  });
}
