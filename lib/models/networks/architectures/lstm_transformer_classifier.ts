import { tf } from "@lib/tensorflow";
import { chain } from "../layers/chain.ts";
import { denseHead } from "../layers/dense_head.ts";
import { mapLayer } from "../layers/map_layer.ts";
import type { LossSpec, Network } from "../network.ts";
import { completeOptions } from "./_complete_options.ts";
import { networkOf } from "./_network_of.ts";
import { defaultLosses } from "./default_losses.ts";
import { lstmTrunk, lstmTrunkDefaults, type LstmTrunkOptions } from "./lstm_trunk.ts";

/** Settings of {@link lstmTransformerClassifier}. */
export interface LstmTransformerClassifierOptions extends LstmTrunkOptions {
  /** Widths of the dense layers behind the mean, normalised each. Default: none. */
  readonly hidden?: readonly number[];
  /** What it learns by; one column. Default `binary_focal`. */
  readonly loss?: LossSpec;
}

const defaults: Required<LstmTransformerClassifierOptions> = {
  ...lstmTrunkDefaults,
  hidden: [],
  loss: defaultLosses.event,
};

/**
 * A classifier on the LSTM-Transformer's trunk: the probability that the target, 0 or 1, is 1. One network asks one
 * question, such as whether to buy; whether to sell is another network, of the same kind, on rows with another target.
 * What a focal loss has learnt is not a probability yet: calibrate it (`fitIsotonic`, `fitPlatt`).
 *
 * @throws {RangeError} If an option is unknown or out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [head] = lstmTransformerClassifier().heads;
 * assert.deepEqual([head.name, head.scaling], ["event", "none"]);
 * ```
 */
export function lstmTransformerClassifier(options: LstmTransformerClassifierOptions = {}): Network {
  const name = "lstm_transformer_classifier";
  const complete = completeOptions(`make the network ${name}`, defaults, options);
  const { hidden, loss, ...trunk } = complete;
  return networkOf({
    name,
    options: { ...complete },
    heads: [{ name: "event", width: 1, loss, weight: 1, target: "target", scaling: "none" }],
    forecastHead: "event",
  }, (features) => ({
    trunk: lstmTrunk(features, trunk),
    heads: {
      event: chain([
        denseHead("event", { inputs: trunk.width, hidden, units: 1, normalised: true }),
        mapLayer((x: tf.Tensor2D) => tf.sigmoid(x)),
      ]),
    },
  }));
}
