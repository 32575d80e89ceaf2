import { tf } from "@lib/tensorflow";
import { completeOptions } from "./_complete_options.ts";
import { lossOf } from "./_loss_of.ts";
import type { Loss, LossOptions } from "./loss.ts";

/**
 * -a (1 - p)^`focus` ln p, p being the probability given to what came true and a `positiveWeight` where that is 1, else
 * 1 - `positiveWeight`: sure and right costs next to nothing. What it teaches is no probability; calibrate it.
 *
 * Source: Lin and others (2017), Focal Loss for Dense Object Detection, ICCV.
 *
 * Options: `focus` 2, `positiveWeight` 0.25.
 */
export function binaryFocal(given: LossOptions = {}): Loss {
  const name = "binary_focal";
  const options = completeOptions(name, { focus: 2, positiveWeight: 0.25 }, {
    given,
    ranges: { focus: [0, 100], positiveWeight: [0, 1] },
  });
  const { focus, positiveWeight } = options;
  return lossOf({
    name,
    options,
    outputs: 1,
    units: "nats",
    differentiable: true,
    value: (actual, forecast, mean) => {
      const probability = tf.clipByValue(forecast, 1e-6, 1 - 1e-6);
      const side = (ofOne: tf.Tensor | number, ofZero: tf.Tensor | number) =>
        tf.add(tf.mul(actual, ofOne), tf.mul(tf.sub(1, actual), ofZero));
      const ofTrue = side(probability, tf.sub(1, probability));
      const hard = tf.pow(tf.sub(1, ofTrue), focus);
      return mean(tf.mul(side(positiveWeight, 1 - positiveWeight), tf.mul(hard, tf.neg(tf.log(ofTrue)))));
    },
  });
}
