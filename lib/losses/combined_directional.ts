import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { collapseOf, huberOf, signImbalance, spreadOf } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Huber + 0.3 ([y > 0] - sigmoid(10 f))^2 + 0.3 max(-ln(spread of f / spread of y), 0) + 0.2 (share of positive forecasts -
 * 1/2)^2. The last term is a step.
 *
 * Options: `delta` 1.
 */
export function combinedDirectional(given: LossOptions = {}): Loss {
  const name = "combined_directional";
  const options = completeOptions(name, { delta: 1 }, { given, ranges: { delta: [1e-9, 1e9] } });
  const { delta } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "y^2",
    differentiable: false,
    value: (actual, forecast, mean) => {
      const side = tf.square(tf.sub(tf.step(actual), tf.sigmoid(tf.mul(10, forecast))));
      return tf.addN([
        mean(huberOf(tf.sub(actual, forecast), delta)),
        tf.mul(0.3, mean(side)),
        tf.mul(0.3, collapseOf(forecast, spreadOf(actual, mean), mean)),
        tf.mul(0.2, signImbalance(forecast, mean)),
      ]) as tf.Scalar;
    },
  });
}
