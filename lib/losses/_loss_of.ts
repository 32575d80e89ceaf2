import { tf } from "@lib/tensorflow";
import type { Loss } from "./loss.ts";

/** Mean over rows (and columns) by the weights of rows, shape ( ). */
export type Mean = (values: tf.Tensor) => tf.Scalar;

interface Definition extends Omit<Loss, "compute"> {
  /** The value from outcomes, outputs and a mean that knows the weights. */
  value: (actual: tf.Tensor2D, forecast: tf.Tensor2D, mean: Mean) => tf.Scalar;
}

/** A loss whose shapes are checked, and which is missing where a number is. */
export function lossOf({ value, ...description }: Definition): Loss {
  const { name, outputs } = description;
  return {
    ...description,
    compute(actual, forecast, weights) {
      const [rows, columns] = actual.shape;
      const wanted = outputs === undefined ? [[rows, columns], [rows, columns]] : [[rows, 1], [rows, outputs]];
      const shapes = [actual.shape, forecast.shape, ...(weights ? [weights.shape] : [])];
      if (rows === 0 || String(shapes) !== String([...wanted, ...(weights ? [[rows]] : [])])) {
        const told = (all: readonly (readonly number[])[]) => all.map((shape) => `(${shape.join(", ")})`).join(", ");
        throw new TypeError(
          `Cannot compute the loss ${name}: actual, forecast and weights must have rows and shapes ${
            told([...wanted, [rows]])
          }, current shapes are ${told(shapes)}`,
        );
      }
      return tf.tidy(() => {
        const mean: Mean = weights ? weightedMean(weights) : (values) => tf.mean(values);
        return tf.add(value(actual, forecast, mean), missing(actual, forecast));
      });
    },
  };
}

/**
 * 0, or NaN where a number is missing. Backends differ in what a bound, a maximum or a sign makes of NaN, and some make a
 * number of it; a product keeps it on all of them.
 */
function missing(actual: tf.Tensor2D, forecast: tf.Tensor2D): tf.Scalar {
  return tf.mul(0, tf.add(tf.sum(actual), tf.sum(forecast)));
}

function weightedMean(weights: tf.Tensor1D): Mean {
  const shares = tf.div(weights, tf.sum(weights));
  return (values) => {
    const ofRows = values.rank > 1 ? tf.mean(values, 1) : values;
    return tf.sum(tf.mul(ofRows, shares));
  };
}
