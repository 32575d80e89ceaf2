import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { signVariance } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * `weight` max(`least` - variance of the signs of the forecasts, 0): a term without any gradient, kept to show that. With a
 * share p of positive forecasts the variance is 4 p (1 - p), so that at `least` 0.3 the term is 0 until more than 91 % agree.
 *
 * Options: `weight` 1, `least` 0.3.
 */
export function signVarianceFloor(given: LossOptions = {}): Loss {
  const name = "sign_variance_floor";
  const options = completeOptions(name, { weight: 1, least: 0.3 }, {
    given,
    ranges: { weight: [0, 1e6], least: [0, 1] },
  });
  const { weight, least } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "none",
    differentiable: false,
    value: (_actual, forecast, mean) => tf.mul(weight, tf.relu(tf.sub(least, signVariance(forecast, mean)))),
  });
}
