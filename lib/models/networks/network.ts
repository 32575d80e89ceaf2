import type { LossOptions } from "@lib/losses";
import type { tf } from "@lib/tensorflow";

/** Numbers of one tensor outside any backend. */
export interface Weight {
  readonly shape: readonly number[];
  /** Row-major, as many as the shape holds. */
  readonly values: Float32Array<ArrayBuffer>;
}

/** What a network learns, by name. The order of names is part of it. */
export type Weights = Readonly<Record<string, Weight>>;

/** A loss by its name in `@lib/losses` and its settings; plain JSON. */
export interface LossSpec {
  readonly name: string;
  readonly options?: LossOptions;
}

/** One output of a network and what it is trained on. */
export interface NetworkHead {
  readonly name: string;
  /** Columns of the output, as many as the loss wants. */
  readonly width: number;
  readonly loss: LossSpec;
  /** Weight of its loss in the sum over all heads. */
  readonly weight: number;
  /**
   * What it is held against: `"target"` is the rows' own target, any other name one of the rows' `outcomes`;
   * `"window"` is the whole scaled window that the network was shown, flattened, for training without outcomes.
   */
  readonly target: string;
  /**
   * How outcomes become what the loss sees, by the rows fitted on: `"standardise"` subtracts their mean and divides by
   * their standard deviation, `"spread"` only divides (positive stays positive), `"none"` leaves them alone (classes,
   * probabilities). Forecasts come back in the unit of the outcome. Default `"standardise"`; windows are scaled anyway.
   */
  readonly scaling?: "standardise" | "spread" | "none";
  /** The column that stands for the head where one number is wanted, such as the median of quantiles. Default 0. */
  readonly column?: number;
}

/** Circumstances of one pass forward. */
export interface ForwardMode {
  /** Whether dropout is on. */
  readonly training: boolean;
  /** Seed of its masks: the same seed gives the same masks. */
  readonly seed: number;
  /** Called with the attention of each block, shape (rows, heads, steps, steps); each row sums to 1. */
  readonly attention?: (block: number, weights: tf.Tensor4D) => void;
}

/**
 * A network as functions of its weights: nothing is kept between two calls, so that training, checkpoints and saved
 * models need to know no more of it than its name and options.
 *
 * Made by name with `networkNamed`.
 */
export interface Network {
  readonly name: string;
  /** Settings, defaults included; plain JSON. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly heads: readonly NetworkHead[];
  /** Name of the head that makes the forecast. */
  readonly forecastHead: string;
  /**
   * Fresh weights, drawn by our own seeded generator.
   *
   * @param shape Of one window.
   */
  initialise(shape: { steps: number; features: number }, seed: number): Weights;
  /**
   * Outputs of all heads by name, each of shape (rows, width). Runs within `tf.tidy`.
   *
   * @param weights Tensors of the shapes of `initialise`, by the same names.
   * @param x Scaled windows, shape (rows, steps, features), the oldest step first; never missing.
   */
  forward(weights: Readonly<Record<string, tf.Tensor>>, x: tf.Tensor3D, mode: ForwardMode): Record<string, tf.Tensor2D>;
}

/** A network by its name and options; plain JSON. */
export interface NetworkSpec {
  readonly name: string;
  readonly options?: Readonly<Record<string, unknown>>;
}
