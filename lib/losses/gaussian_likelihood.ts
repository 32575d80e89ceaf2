import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Negative log likelihood of a normal distribution, ln(2 pi v) / 2 + (y - mean)^2 / (2 v), with v the square of the second
 * output plus that of `floor`. Outputs: mean and standard deviation.
 *
 * Options: `floor` 0.001 in y.
 */
export function gaussianLikelihood(given: LossOptions = {}): Loss {
  const name = "gaussian_likelihood";
  const options = completeOptions(name, { floor: 0.001 }, { given, ranges: { floor: [1e-9, 1e9] } });
  const { floor } = options;
  return lossOf({
    name,
    options,
    outputs: 2,
    units: "nats",
    differentiable: true,
    value: (actual, forecast, mean) => {
      const [centre, deviation] = tf.split(forecast, 2, 1);
      const variance = tf.add(tf.square(deviation), floor ** 2);
      const squares = tf.div(tf.square(tf.sub(actual, centre)), tf.mul(2, variance));
      return mean(tf.add(tf.mul(0.5, tf.log(tf.mul(2 * Math.PI, variance))), squares));
    },
  });
}
