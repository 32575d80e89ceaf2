import { tf } from "@lib/tensorflow";
import { chain } from "../layers/chain.ts";
import { denseHead } from "../layers/dense_head.ts";
import { mapLayer } from "../layers/map_layer.ts";
import type { LossSpec, Network } from "../network.ts";
import { completeOptions } from "./_complete_options.ts";
import { networkOf } from "./_network_of.ts";
import { defaultLosses } from "./default_losses.ts";
import { lstmTrunk, lstmTrunkDefaults, type LstmTrunkOptions } from "./lstm_trunk.ts";

/** Settings of {@link lstmTransformerVolatility}. */
export interface LstmTransformerVolatilityOptions extends LstmTrunkOptions {
  /** Widths of the dense layers behind the mean, normalised each. Default: none. */
  readonly hidden?: readonly number[];
  /** What it learns by; one positive column. Default `qlike`. */
  readonly loss?: LossSpec;
}

const defaults: Required<LstmTransformerVolatilityOptions> = {
  ...lstmTrunkDefaults,
  hidden: [],
  loss: defaultLosses.volatility,
};

/**
 * A network for the volatility to come, on the LSTM-Transformer's trunk. What it says is positive, by softplus, and the
 * target is only divided by its spread, so that it stays positive in the target's own unit.
 *
 * @throws {RangeError} If an option is unknown or out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [head] = lstmTransformerVolatility().heads;
 * assert.deepEqual([head.name, head.scaling], ["volatility", "spread"]);
 * ```
 */
export function lstmTransformerVolatility(options: LstmTransformerVolatilityOptions = {}): Network {
  const name = "lstm_transformer_volatility";
  const complete = completeOptions(`make the network ${name}`, defaults, options);
  const { hidden, loss, ...trunk } = complete;
  return networkOf({
    name,
    options: { ...complete },
    heads: [{ name: "volatility", width: 1, loss, weight: 1, target: "target", scaling: "spread" }],
    forecastHead: "volatility",
  }, (features) => ({
    trunk: lstmTrunk(features, trunk),
    heads: {
      volatility: chain([
        denseHead("volatility", { inputs: trunk.width, hidden, units: 1, normalised: true }),
        mapLayer((x: tf.Tensor2D) => tf.softplus(x)),
      ]),
    },
  }));
}
