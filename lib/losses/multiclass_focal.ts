import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * -w (1 - p)^`focus` ln p, p being the probability given to the class that came true and w its weight. Outcomes are classes
 * 0, 1, 2 ..., outputs their probabilities, each held to 1e-6 from both ends. An outcome that is no class makes it NaN.
 *
 * Source: Lin and others (2017), Focal Loss for Dense Object Detection, ICCV.
 *
 * Options: `focus` 2, `classWeights` [1, 1, 1], as many outputs.
 */
export function multiclassFocal(given: LossOptions = {}): Loss {
  const name = "multiclass_focal";
  const options = completeOptions(name, { focus: 2, classWeights: [1, 1, 1] as readonly number[] }, {
    given,
    ranges: { focus: [0, 100], classWeights: [0, 1e6] },
  });
  const { focus, classWeights } = options;
  return lossOf({
    name,
    options,
    outputs: classWeights.length,
    units: "nats",
    differentiable: true,
    value: (actual, forecast, mean) => {
      const isTrue = tf.cast(tf.equal(actual, tf.range(0, classWeights.length)), "float32");
      const probability = tf.sum(tf.mul(isTrue, tf.clipByValue(forecast, 1e-6, 1 - 1e-6)), 1);
      const weight = tf.sum(tf.mul(isTrue, tf.tensor1d([...classWeights])), 1);
      return mean(tf.mul(weight, tf.mul(tf.pow(tf.sub(1, probability), focus), tf.neg(tf.log(probability)))));
    },
  });
}
