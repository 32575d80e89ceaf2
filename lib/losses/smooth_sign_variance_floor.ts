import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { varianceOf } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * `weight` max(`least` - variance of tanh(`steepness` f), 0): {@linkcode signVarianceFloor} with the sign made smooth. It has
 * a slope wherever it is not 0, save where all forecasts are alike; which of them go to the other side, it does not ask.
 *
 * Options: `weight` 1, `least` 0.3, `steepness` 10 in 1 / y.
 */
export function smoothSignVarianceFloor(given: LossOptions = {}): Loss {
  const name = "smooth_sign_variance_floor";
  const options = completeOptions(name, { weight: 1, least: 0.3, steepness: 10 }, {
    given,
    ranges: { weight: [0, 1e6], least: [0, 1], steepness: [1e-9, 1e9] },
  });
  const { weight, least, steepness } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "none",
    differentiable: true,
    value: (_actual, forecast, mean) =>
      tf.mul(weight, tf.relu(tf.sub(least, varianceOf(tf.tanh(tf.mul(steepness, forecast)), mean)))),
  });
}
