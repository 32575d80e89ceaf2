import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Mean squared error, (y - f)^2.
 */
export function meanSquaredError(given: LossOptions = {}): Loss {
  const name = "mean_squared_error";
  const options = completeOptions(name, {}, { given, ranges: {} });
  return lossOf({
    name,
    options,
    units: "y^2",
    differentiable: true,
    value: (actual, forecast, mean) => mean(tf.square(tf.sub(actual, forecast))),
  });
}
