import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { oppositeSigns } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * (y - f)^2 + `wrongSide` |y - f| where forecast and outcome have opposite signs, which is a step.
 *
 * Options: `wrongSide` 2 in y.
 */
export function directionalSquaredError(given: LossOptions = {}): Loss {
  const name = "directional_squared_error";
  const options = completeOptions(name, { wrongSide: 2 }, { given, ranges: { wrongSide: [0, 1e6] } });
  const { wrongSide } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "y^2",
    differentiable: false,
    value: (actual, forecast, mean) => {
      const errors = tf.sub(actual, forecast);
      const wrong = tf.mul(oppositeSigns(actual, forecast), tf.abs(errors));
      return mean(tf.add(tf.square(errors), tf.mul(wrongSide, wrong)));
    },
  });
}
