import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { correlationOf, huberOf } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Huber - `weight` times the Pearson correlation of forecasts and outcomes over the batch, 0 where either does not vary.
 * The less forecasts vary, the steeper the second part, by `weight` over their spread: where a network starts with forecasts
 * that are all alike, clip its gradients.
 *
 * Options: `delta` 1, `weight` 0.1 in y^2.
 */
export function correlationAware(given: LossOptions = {}): Loss {
  const name = "correlation_aware";
  const options = completeOptions(name, { delta: 1, weight: 0.1 }, {
    given,
    ranges: { delta: [1e-9, 1e9], weight: [0, 1e6] },
  });
  const { delta, weight } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "y^2",
    differentiable: true,
    value: (actual, forecast, mean) =>
      tf.sub(
        mean(huberOf(tf.sub(actual, forecast), delta)),
        tf.mul(weight, correlationOf(actual, forecast, mean)),
      ),
  });
}
