import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { huberOf, signVariance, spreadOf, varianceOf } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Huber + `weight` / (v + 1e-6) + 10 max((`leastSpread` - s) / `leastSpread`, 0)^2 + 0.1 max(0.5 - variance of signs, 0), v
 * and s being variance and standard deviation of the forecasts. The last term is a step.
 *
 * Options: `delta` 1, `weight` 0.001, `leastSpread` 0.003 in y.
 */
export function varianceRegularised(given: LossOptions = {}): Loss {
  const name = "variance_regularised";
  const options = completeOptions(name, { delta: 1, weight: 0.001, leastSpread: 0.003 }, {
    given,
    ranges: { delta: [1e-9, 1e9], weight: [0, 1e6], leastSpread: [1e-9, 1e9] },
  });
  const { delta, weight, leastSpread } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "y^2",
    differentiable: false,
    value: (actual, forecast, mean) => {
      const lack = tf.relu(tf.div(tf.sub(leastSpread, spreadOf(forecast, mean)), leastSpread));
      const signs = tf.relu(tf.sub(0.5, signVariance(forecast, mean)));
      return tf.addN([
        mean(huberOf(tf.sub(actual, forecast), delta)),
        tf.div(weight, tf.add(varianceOf(forecast, mean), 1e-6)),
        tf.mul(10, tf.square(lack)),
        tf.mul(0.1, signs),
      ]) as tf.Scalar;
    },
  });
}
