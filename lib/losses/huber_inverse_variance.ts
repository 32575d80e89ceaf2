import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { huberOf, varianceOf } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Huber + min(`weight` / variance of the forecasts, `most`): a reward for spread, whatever it is made of. Beyond `most`,
 * that is below a variance of `weight` / `most`, the reward is flat: it does not pull where it is needed most.
 *
 * Options: `delta` 1, `weight` 10, `most` 100.
 */
export function huberInverseVariance(given: LossOptions = {}): Loss {
  const name = "huber_inverse_variance";
  const options = completeOptions(name, { delta: 1, weight: 10, most: 100 }, {
    given,
    ranges: { delta: [1e-9, 1e9], weight: [0, 1e6], most: [0, 1e6] },
  });
  const { delta, weight, most } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "y^2",
    differentiable: true,
    value: (actual, forecast, mean) => {
      const reward = tf.minimum(tf.div(weight, tf.add(varianceOf(forecast, mean), 1e-12)), most);
      return tf.add(mean(huberOf(tf.sub(actual, forecast), delta)), reward);
    },
  });
}
