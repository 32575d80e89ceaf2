import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { huberOf } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Half the squared error up to `delta`, linear beyond: one wild day does not pull all weights.
 *
 * Source: Huber (1964), Robust Estimation of a Location Parameter, Annals of Mathematical Statistics 35.
 *
 * Options: `delta` 1, in the unit of the outcome.
 */
export function huber(given: LossOptions = {}): Loss {
  const name = "huber";
  const options = completeOptions(name, { delta: 1 }, { given, ranges: { delta: [1e-9, 1e9] } });
  const { delta } = options;
  return lossOf({
    name,
    options,
    units: "y^2",
    differentiable: true,
    value: (actual, forecast, mean) => mean(huberOf(tf.sub(actual, forecast), delta)),
  });
}
