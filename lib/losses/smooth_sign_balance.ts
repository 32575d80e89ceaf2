import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * 4 `weight` (mean of sigmoid(`steepness` f) - 1/2)^2: the share of positive forecasts, made smooth.
 *
 * Options: `weight` 1, `steepness` 10 in 1 / y.
 */
export function smoothSignBalance(given: LossOptions = {}): Loss {
  const name = "smooth_sign_balance";
  const options = completeOptions(name, { weight: 1, steepness: 10 }, {
    given,
    ranges: { weight: [0, 1e6], steepness: [1e-9, 1e9] },
  });
  const { weight, steepness } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "none",
    differentiable: true,
    value: (_actual, forecast, mean) =>
      tf.mul(4 * weight, tf.square(tf.sub(mean(tf.sigmoid(tf.mul(steepness, forecast))), 0.5))),
  });
}
