import { checkInteger, normalRandom, seededRandom } from "@lib/core";
import { tf } from "@lib/tensorflow";
import type { LossSpec, Network } from "../network.ts";

/** Options of {@linkcode linearNetwork}. */
export interface LinearNetworkOptions {
  /** What it is trained on; one column. Default mean squared error. */
  readonly loss?: LossSpec;
  /** Its steps count, the newest last; older ones are not looked at. Default 1. */
  readonly steps?: number;
}

/**
 * A weighted sum of the newest steps: the least of all networks. Trained to the end on squared errors it is ridge
 * regression without penalty, so that it tells what training alone makes worse.
 *
 * @throws {RangeError} If `steps` is not a positive integer, or longer than the windows it is given.
 */
export function linearNetwork(options: LinearNetworkOptions = {}): Network {
  const { loss = { name: "mean_squared_error" }, steps: seen = 1 } = options;
  const action = "make a linear network";
  checkInteger(action, "steps", seen, { least: 1 });
  return {
    name: "linear",
    options: { loss, steps: seen },
    heads: [{ name: "forecast", width: 1, loss, weight: 1, target: "target" }],
    forecastHead: "forecast",
    initialise({ steps, features }, seed) {
      checkInteger(action, "steps", seen, { least: 1, most: steps });
      const normal = normalRandom(seededRandom(seed));
      const values = Float32Array.from({ length: seen * features }, () => 0.01 * normal());
      return {
        kernel: { shape: [seen * features, 1], values },
        bias: { shape: [1], values: new Float32Array(1) },
      };
    },
    forward({ kernel, bias }, x) {
      const [rows, steps, features] = x.shape;
      const newest = tf.reshape(tf.slice(x, [0, steps - seen, 0], [rows, seen, features]), [rows, seen * features]);
      return { forecast: tf.add(tf.matMul(newest as tf.Tensor2D, kernel as tf.Tensor2D), bias) };
    },
  };
}
