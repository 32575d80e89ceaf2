import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { huberOf } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * {@linkcode directionalHuber} with the step made smooth: the factor is 1 + `wrongSide` sigmoid(-`steepness` y f), so that
 * the gradient sees what crossing over is worth.
 *
 * Options: `delta` 1, `wrongSide` 2, `steepness` 10 in 1 / y^2.
 */
export function smoothDirectionalHuber(given: LossOptions = {}): Loss {
  const name = "smooth_directional_huber";
  const options = completeOptions(name, { delta: 1, wrongSide: 2, steepness: 10 }, {
    given,
    ranges: { delta: [1e-9, 1e9], wrongSide: [0, 1e6], steepness: [1e-9, 1e9] },
  });
  const { delta, wrongSide, steepness } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "y^2",
    differentiable: true,
    value: (actual, forecast, mean) => {
      const wrong = tf.sigmoid(tf.mul(-steepness, tf.mul(actual, forecast)));
      const factor = tf.add(1, tf.mul(wrongSide, wrong));
      return mean(tf.mul(huberOf(tf.sub(actual, forecast), delta), factor));
    },
  });
}
