import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { oppositeSigns } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/** A side without rows is divided by this share, and weighs nothing. */
const LEAST_SHARE = 1e-6;

/**
 * {@linkcode simpleDirectional} with both sides counted alike: a row is weighted by 1 / (2 share of outcomes on its side)
 * in the batch, the sides being outcomes above 0 and all others. Where days up are many, a forecast that says up to all of
 * them no longer pays; what it says of size is biased by as much. Where only one side is there, all rows weigh 1/2.
 *
 * Options: `errorWeight` 0.3.
 */
export function balancedDirectional(given: LossOptions = {}): Loss {
  const name = "balanced_directional";
  const options = completeOptions(name, { errorWeight: 0.3 }, { given, ranges: { errorWeight: [0, 1] } });
  const { errorWeight } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "y^2",
    differentiable: false,
    value: (actual, forecast, mean) => {
      const up = tf.step(actual);
      const balance = [up, tf.sub(1, up)].map((side) => tf.div(side, tf.mul(2, tf.maximum(mean(side), LEAST_SHARE))));
      const errors = tf.sub(actual, forecast);
      const wrong = tf.mul(oppositeSigns(actual, forecast), tf.abs(errors));
      const cost = tf.add(tf.mul(errorWeight, tf.square(errors)), tf.mul(1 - errorWeight, wrong));
      return mean(tf.mul(tf.addN(balance), cost));
    },
  });
}
