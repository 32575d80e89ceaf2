import { checkSameLength } from "@lib/core";
import { tf } from "@lib/tensorflow";
import type { Loss } from "./loss.ts";

/** Outcomes and forecasts of the same rows. */
export interface ForecastRows {
  /** Shape (rows,). */
  actual: ArrayLike<number>;
  /** Shape (rows,). */
  forecast: ArrayLike<number>;
}

/** A loss at one place. */
export interface LossSlopes {
  value: number;
  /** Change of the value by each forecast, shape (rows,): training moves forecasts the other way. */
  slopes: Float64Array;
}

/**
 * The value of a loss and what it teaches each forecast, in single precision: to look at a loss before anything is
 * trained on it. For losses of one output; `useBackend` comes first.
 *
 * @example Beyond delta, Huber's loss pulls all alike
 * ```ts
 * import assert from "node:assert/strict";
 * import { lossNamed } from "@lib/losses";
 * import { useBackend } from "@lib/tensorflow";
 * await useBackend({ backend: "cpu" });
 * const { slopes } = lossSlopes(lossNamed("huber"), { actual: [0, 0], forecast: [2, 30] });
 * assert.deepEqual([...slopes], [0.5, 0.5]);
 * ```
 *
 * @throws {TypeError} If the numbers of rows differ, or the loss wants several outputs.
 */
export function lossSlopes(loss: Loss, { actual, forecast }: ForecastRows): LossSlopes {
  checkSameLength("look at a loss", { actual: actual.length, forecast: forecast.length });
  const { value, slopes } = tf.tidy(() => {
    const [outcomes, outputs] = [actual, forecast].map((values) =>
      tf.tensor2d(Float32Array.from(values), [values.length, 1])
    );
    const { value, grad } = tf.valueAndGrad((outputs) => loss.compute(outcomes, outputs as tf.Tensor2D))(outputs);
    return { value: value.dataSync()[0], slopes: grad.dataSync() as Float32Array };
  });
  return { value, slopes: Float64Array.from(slopes) };
}
