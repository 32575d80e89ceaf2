import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * Quasi-likelihood of volatilities: r - ln r - 1 with r = (y^2 + `floor`^2) / (f^2 + `floor`^2), y and f being standard
 * deviations. 0 where they agree; too low a forecast costs more than too high a one.
 *
 * Source: Patton (2011), Volatility forecast comparison using imperfect volatility proxies, Journal of Econometrics 160.
 *
 * Options: `floor` 0.001 in y.
 */
export function qlike(given: LossOptions = {}): Loss {
  const name = "qlike";
  const options = completeOptions(name, { floor: 0.001 }, { given, ranges: { floor: [1e-9, 1e9] } });
  const { floor } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "nats",
    differentiable: true,
    value: (actual, forecast, mean) => {
      const [true2, said2] = [actual, forecast].map((deviation) => tf.add(tf.square(deviation), floor ** 2));
      const ratio = tf.div(true2, said2);
      return mean(tf.sub(tf.sub(ratio, tf.log(ratio)), 1));
    },
  });
}
