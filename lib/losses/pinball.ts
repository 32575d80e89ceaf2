import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Sum over `levels` of max(level e, (level - 1) e) with e = y - quantile: each output becomes the quantile of its level.
 * Nothing in it keeps quantiles from crossing; the form of the outputs does.
 *
 * Source: Koenker and Bassett (1978), Regression Quantiles, Econometrica 46.
 *
 * Options: `levels` [0.1, 0.5, 0.9], as many outputs.
 */
export function pinball(given: LossOptions = {}): Loss {
  const name = "pinball";
  const options = completeOptions(name, { levels: [0.1, 0.5, 0.9] as readonly number[] }, {
    given,
    ranges: { levels: [1e-6, 1 - 1e-6] },
  });
  const { levels } = options;
  return lossOf({
    name,
    options,
    outputs: levels.length,
    units: "y",
    differentiable: true,
    value: (actual, forecast, mean) => {
      const errors = tf.sub(actual, forecast);
      const own = tf.tensor1d([...levels]);
      return mean(tf.sum(tf.maximum(tf.mul(own, errors), tf.mul(tf.sub(own, 1), errors)), 1));
    },
  });
}
