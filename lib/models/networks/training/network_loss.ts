import { type Loss, lossNamed } from "@lib/losses";
import { tf } from "@lib/tensorflow";
import type { Network, Weights } from "../network.ts";
import type { Numbers } from "./adam_w.ts";

/** Some rows as a network sees them in training. */
export interface Batch {
  /** Scaled windows, shape (rows, steps, features). */
  readonly windows: Float32Array;
  readonly shape: readonly [rows: number, steps: number, features: number];
  /** Scaled outcomes by head, each of shape (rows,); NaN where not known. */
  readonly outcomes: Readonly<Record<string, Float32Array>>;
  /** Weights of the rows, shape (rows,). */
  readonly weights: Float32Array;
}

/** The loss of a batch and where it falls. */
export interface BatchGradient {
  /** Weighted sum over the heads. */
  readonly loss: number;
  /** By weight. */
  readonly gradients: Numbers;
}

/** Losses of all heads, made once. @throws {RangeError} If a head has another width than its loss wants. */
export function headLosses({ name, heads }: Network): Readonly<Record<string, Loss>> {
  return Object.fromEntries(heads.map((head) => {
    const loss = lossNamed(head.loss.name, head.loss.options);
    if ((loss.outputs ?? head.width) === head.width) return [head.name, loss];
    throw new RangeError(
      `Cannot train ${name}: its head ${head.name} must have the ${loss.outputs} outputs that the loss ${loss.name} ` +
        `wants, current number is ${head.width}`,
    );
  }));
}

/**
 * Loss and gradients of a batch; of one head alone where it is named.
 *
 * @param seed Of the masks of dropout.
 */
export function batchGradient(
  { network, losses, weights }: { network: Network; losses: Readonly<Record<string, Loss>>; weights: Weights },
  batch: Batch,
  { seed, head }: { seed: number; head?: string },
): BatchGradient {
  const names = Object.keys(weights);
  const { value, grads } = tf.tidy(() => {
    const tensors = names.map((name) => tf.tensor(weights[name].values, [...weights[name].shape]));
    return tf.valueAndGrads((...own: tf.Tensor[]) => {
      const byName = Object.fromEntries(own.map((tensor, at) => [names[at], tensor]));
      return lossOf({ network, losses, weights: byName }, batch, { training: true, seed, head });
    })(tensors);
  });
  const gradients = Object.fromEntries(names.map((name, at) => [name, Float32Array.from(grads[at].dataSync())]));
  const loss = value.dataSync()[0];
  tf.dispose([value, ...grads]);
  return { loss, gradients };
}

/** Loss of a batch without dropout. */
export function batchLoss(
  { network, losses, weights }: { network: Network; losses: Readonly<Record<string, Loss>>; weights: Weights },
  batch: Batch,
): number {
  return tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(weights).map(([name, { shape, values }]) => [name, tf.tensor(values, [...shape])]),
    );
    return lossOf({ network, losses, weights: tensors }, batch, { training: false, seed: 0 }).dataSync()[0];
  });
}

function lossOf(
  { network, losses, weights }: {
    network: Network;
    losses: Readonly<Record<string, Loss>>;
    weights: Record<string, tf.Tensor>;
  },
  { windows, shape, outcomes, weights: ofRows }: Batch,
  { training, seed, head }: { training: boolean; seed: number; head?: string },
): tf.Scalar {
  const x = tf.tensor3d(windows, [...shape]);
  const answers = network.forward(weights, x, { training, seed });
  // What does not count stays in the sum, times 0: gradients are asked for all weights, and each must be reached.
  const nothing = (name: string) => tf.mul(0, tf.sum(answers[name]));
  const parts = network.heads.map(({ name, weight }) => {
    if (head !== undefined && name !== head) return nothing(name);
    if (!(name in outcomes)) {
      const wanted = tf.reshape(x, [shape[0], shape[1] * shape[2]]) as tf.Tensor2D;
      return tf.mul(weight, losses[name].compute(wanted, answers[name], tf.tensor1d(ofRows)));
    }
    // A row without this outcome counts for nothing; what stands in its place must not be NaN, since 0 NaN is NaN.
    const own = ofRows.map((value, row) => Number.isNaN(outcomes[name][row]) ? 0 : value);
    if (own.every((value) => value === 0)) return nothing(name);
    const wanted = outcomes[name].map((value) => Number.isNaN(value) ? 0 : value);
    const actual = tf.tensor2d(wanted, [shape[0], 1]);
    return tf.mul(weight, losses[name].compute(actual, answers[name], tf.tensor1d(own)));
  });
  return tf.addN(parts) as tf.Scalar;
}
