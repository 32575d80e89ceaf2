import { tf } from "@lib/tensorflow";
import type { Mean } from "./_loss_of.ts";

/** Keeps a root or quotient of a spread of exactly 0 from an infinite gradient. */
const TINY = 1e-12;

/** Half the square of errors up to delta, linear beyond: Huber (1964). Shape as the errors. */
export function huberOf(errors: tf.Tensor, delta: number): tf.Tensor {
  const size = tf.abs(errors);
  const near = tf.minimum(size, delta);
  return tf.add(tf.mul(0.5, tf.square(near)), tf.mul(delta, tf.sub(size, near)));
}

/** 1 where forecast and outcome have opposite signs, else 0: a step, whose gradient is 0. */
export function oppositeSigns(actual: tf.Tensor, forecast: tf.Tensor): tf.Tensor {
  return tf.step(tf.neg(tf.mul(actual, forecast)));
}

/** Variance over rows, by n. */
export function varianceOf(values: tf.Tensor, mean: Mean): tf.Scalar {
  return mean(tf.square(tf.sub(values, mean(values))));
}

/** Standard deviation over rows, by n. */
export function spreadOf(values: tf.Tensor, mean: Mean): tf.Scalar {
  return tf.sqrt(tf.add(varianceOf(values, mean), TINY));
}

/** Pearson correlation over rows; 0 where either does not vary. */
export function correlationOf(one: tf.Tensor, other: tf.Tensor, mean: Mean): tf.Scalar {
  const [a, b] = [one, other].map((values) => tf.sub(values, mean(values)));
  return tf.div(mean(tf.mul(a, b)), tf.mul(spreadOf(one, mean), spreadOf(other, mean)));
}

/** max(-ln(spread of the forecasts / least), 0): what a collapse to the mean costs. */
export function collapseOf(forecast: tf.Tensor, least: tf.Scalar | number, mean: Mean): tf.Scalar {
  return tf.relu(tf.neg(tf.log(tf.div(spreadOf(forecast, mean), least))));
}

/** (share of positive forecasts - 1/2)^2, a step function. */
export function signImbalance(forecast: tf.Tensor, mean: Mean): tf.Scalar {
  return tf.square(tf.sub(mean(tf.step(forecast)), 0.5));
}

/** Variance of the signs of the forecasts, a step function. */
export function signVariance(forecast: tf.Tensor, mean: Mean): tf.Scalar {
  return varianceOf(tf.sign(forecast), mean);
}
