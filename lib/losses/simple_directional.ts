import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { oppositeSigns } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * `errorWeight` (y - f)^2 + (1 - `errorWeight`) |y - f| where forecast and outcome have opposite signs, which is a step.
 *
 * Options: `errorWeight` 0.4.
 */
export function simpleDirectional(given: LossOptions = {}): Loss {
  const name = "simple_directional";
  const options = completeOptions(name, { errorWeight: 0.4 }, { given, ranges: { errorWeight: [0, 1] } });
  const { errorWeight } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "y^2",
    differentiable: false,
    value: (actual, forecast, mean) => {
      const errors = tf.sub(actual, forecast);
      const wrong = tf.mul(oppositeSigns(actual, forecast), tf.abs(errors));
      return mean(tf.add(tf.mul(errorWeight, tf.square(errors)), tf.mul(1 - errorWeight, wrong)));
    },
  });
}
