import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * -ln of the probability given to what came true; outcomes are 0 and 1, outputs probabilities of 1, held to 1e-6 from
 * both ends.
 */
export function binaryCrossEntropy(given: LossOptions = {}): Loss {
  const name = "binary_cross_entropy";
  const options = completeOptions(name, {}, { given, ranges: {} });
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "nats",
    differentiable: true,
    value: (actual, forecast, mean) => {
      const probability = tf.clipByValue(forecast, 1e-6, 1 - 1e-6);
      const ofTrue = tf.add(tf.mul(actual, probability), tf.mul(tf.sub(1, actual), tf.sub(1, probability)));
      return mean(tf.neg(tf.log(ofTrue)));
    },
  });
}
