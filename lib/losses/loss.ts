import type { tf } from "@lib/tensorflow";

/** Settings of a loss; plain JSON. */
export type LossOptions = Readonly<Record<string, number | readonly number[]>>;

/** What a network is trained on: a number that is smaller the better its outputs say what came true. */
export interface Loss {
  /** The name by which `lossNamed` makes it. */
  readonly name: string;
  /** Settings, defaults included. */
  readonly options: LossOptions;
  /** Columns of output that it wants for one column of outcomes; absent where it takes as many as there are outcomes. */
  readonly outputs?: number;
  /** Unit of the value, y being that of the outcome. */
  readonly units: string;
  /**
   * Whether the gradient sees all of the value. False where a part of it is a step function of the outputs, such as a
   * count of signs: the part changes the value, and nothing is learnt from it.
   */
  readonly differentiable: boolean;
  /**
   * Mean over rows. A missing number makes it NaN, which is never replaced: rows without an outcome are to be left out.
   *
   * @param actual What came true, shape (rows, 1), or as many columns as outputs where the loss takes any number.
   * @param forecast Outputs, shape (rows, outputs).
   * @param weights Of rows, shape (rows,), at least 0 and not all 0. Default: all alike.
   * @throws {TypeError} If shapes disagree.
   */
  compute(actual: tf.Tensor2D, forecast: tf.Tensor2D, weights?: tf.Tensor1D): tf.Scalar;
}
