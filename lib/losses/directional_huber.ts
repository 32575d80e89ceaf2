import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { huberOf, oppositeSigns } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Huber times (1 + `wrongSide` where forecast and outcome have opposite signs). The factor is a step: errors on the wrong
 * side pull harder, and crossing over is worth nothing to the gradient.
 *
 * Options: `delta` 1, `wrongSide` 2.
 */
export function directionalHuber(given: LossOptions = {}): Loss {
  const name = "directional_huber";
  const options = completeOptions(name, { delta: 1, wrongSide: 2 }, {
    given,
    ranges: { delta: [1e-9, 1e9], wrongSide: [0, 1e6] },
  });
  const { delta, wrongSide } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "y^2",
    differentiable: false,
    value: (actual, forecast, mean) => {
      const factor = tf.add(1, tf.mul(wrongSide, oppositeSigns(actual, forecast)));
      return mean(tf.mul(huberOf(tf.sub(actual, forecast), delta), factor));
    },
  });
}
