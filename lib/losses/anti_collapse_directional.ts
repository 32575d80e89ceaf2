import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import { collapseOf, huberOf, oppositeSigns, signImbalance } from "./_terms.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Huber (1 + 0.2 where signs differ) + 0.5 exp(-5 |f|) + min(`collapse` max(-ln(spread of f / `leastSpread`), 0), 2) +
 * 4 `balance` (share of positive forecasts - 1/2)^2: what the replaced system was trained on. Its last term and the factor
 * of signs are steps, so no gradient comes of them whatever their weight; and a spread of `leastSpread` is next to nothing
 * where outcomes are standardised. There, NaN became the constant 1000; here it stays NaN.
 *
 * Options: `delta` 1, `collapse` 0.3, `leastSpread` 0.008 in y, `balance` 0.15.
 */
export function antiCollapseDirectional(given: LossOptions = {}): Loss {
  const name = "anti_collapse_directional";
  const options = completeOptions(name, { delta: 1, collapse: 0.3, leastSpread: 0.008, balance: 0.15 }, {
    given,
    ranges: { delta: [1e-9, 1e9], collapse: [0, 1e6], leastSpread: [1e-9, 1e9], balance: [0, 1e6] },
  });
  const { delta, collapse, leastSpread, balance } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "y^2",
    differentiable: false,
    value: (actual, forecast, mean) => {
      const factor = tf.add(1, tf.mul(0.2, oppositeSigns(actual, forecast)));
      return tf.addN([
        mean(tf.mul(huberOf(tf.sub(actual, forecast), delta), factor)),
        tf.mul(0.5, mean(tf.exp(tf.mul(-5, tf.abs(forecast))))),
        tf.minimum(tf.mul(collapse, collapseOf(forecast, leastSpread, mean)), 2),
        tf.mul(4 * balance, signImbalance(forecast, mean)),
      ]) as tf.Scalar;
    },
  });
}
