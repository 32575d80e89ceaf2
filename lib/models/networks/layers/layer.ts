import type { tf } from "@lib/tensorflow";
import type { ForwardMode } from "../network.ts";

/** How fresh values of a parameter are drawn; `drawWeights` says what each means. */
export type Start = "zeros" | "ones" | "glorot" | "orthogonal" | "forget_one";

/** A tensor that a layer learns. */
export interface Parameter {
  /** Unique in the network: the layer's name, a slash and its own. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly start: Start;
}

/** What layers are handed on the way forward. */
export interface Forward extends ForwardMode {
  readonly weights: Readonly<Record<string, tf.Tensor>>;
}

/** A step from tensor to tensor, with what it learns declared beside it: counts, fresh weights and use never disagree. */
export interface Layer<Input extends tf.Tensor = tf.Tensor, Output extends tf.Tensor = tf.Tensor> {
  readonly parameters: readonly Parameter[];
  apply(x: Input, forward: Forward): Output;
}
