import { tf } from "@lib/tensorflow";
import { chain } from "../layers/chain.ts";
import { dense } from "../layers/dense.ts";
import { denseHead } from "../layers/dense_head.ts";
import { dropout } from "../layers/dropout.ts";
import { mapLayer } from "../layers/map_layer.ts";
import type { LossSpec, Network } from "../network.ts";
import { completeOptions } from "./_complete_options.ts";
import { networkOf } from "./_network_of.ts";
import { defaultLosses } from "./default_losses.ts";
import { lstmTrunk, lstmTrunkDefaults, type LstmTrunkOptions } from "./lstm_trunk.ts";

/** Settings of {@link lstmTransformerMultiTask}. */
export interface LstmTransformerMultiTaskOptions extends LstmTrunkOptions {
  /** Width of the dense layer that the heads share. Default 32. */
  readonly shared?: number;
  /** Share of its values dropped. Default 0.1. */
  readonly sharedDropout?: number;
  /** Widths of the hidden layers of the head for the size of the return. Default [16]. */
  readonly magnitudeHidden?: readonly number[];
  /** Widths of the hidden layers of the other two heads, normalised each. Default [16]. */
  readonly sideHidden?: readonly number[];
  /** What the head for the return learns by; one column. Default `huber`. */
  readonly loss?: LossSpec;
  /** What the head for the sign learns by; three columns. Default `multiclass_focal`. */
  readonly signLoss?: LossSpec;
  /** What the head for volatility learns by; one positive column. Default `qlike`. */
  readonly volatilityLoss?: LossSpec;
  /** What the loss of the sign counts beside 1 for the return's. Default 0.15. */
  readonly signWeight?: number;
  /** What the loss of volatility counts. Default 0.1. */
  readonly volatilityWeight?: number;
  /** Outcome with 0 for down, 1 for flat, 2 for up. Default `target_sign`. */
  readonly signTarget?: string;
  /** Outcome of the volatility to come. Default `target_volatility`. */
  readonly volatilityTarget?: string;
}

const defaults: Required<LstmTransformerMultiTaskOptions> = {
  ...lstmTrunkDefaults,
  shared: 32,
  sharedDropout: 0.1,
  magnitudeHidden: [16],
  sideHidden: [16],
  loss: defaultLosses.forecast,
  signLoss: defaultLosses.sign,
  volatilityLoss: defaultLosses.volatility,
  signWeight: 0.15,
  volatilityWeight: 0.1,
  signTarget: "target_sign",
  volatilityTarget: "target_volatility",
};

/**
 * The LSTM-Transformer regressor with three tasks on one trunk: `magnitude` (the return, which is the forecast), `sign`
 * (probabilities of down, flat and up, by softmax) and `volatility` (positive, by softplus).
 *
 * @throws {RangeError} If an option is unknown or out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { heads, forecastHead } = lstmTransformerMultiTask({ signWeight: 0.3 });
 * assert.deepEqual(heads.map(({ name, weight }) => [name, weight]), [["magnitude", 1], ["sign", 0.3], ["volatility", 0.1]]);
 * assert.equal(forecastHead, "magnitude");
 * ```
 */
export function lstmTransformerMultiTask(options: LstmTransformerMultiTaskOptions = {}): Network {
  const name = "lstm_transformer_multi_task";
  const complete = completeOptions(`make the network ${name}`, defaults, options);
  const { shared, sharedDropout, magnitudeHidden, sideHidden, loss, signLoss, volatilityLoss, ...rest } = complete;
  const { signWeight, volatilityWeight, signTarget, volatilityTarget, ...trunk } = rest;
  const side = (name: string, units: number) =>
    denseHead(name, { inputs: shared, hidden: sideHidden, units, normalised: true });
  return networkOf({
    name,
    options: { ...complete },
    heads: [
      { name: "magnitude", width: 1, loss, weight: 1, target: "target", scaling: "standardise" },
      { name: "sign", width: 3, loss: signLoss, weight: signWeight, target: signTarget, scaling: "none" },
      {
        name: "volatility",
        width: 1,
        loss: volatilityLoss,
        weight: volatilityWeight,
        target: volatilityTarget,
        scaling: "spread",
      },
    ],
    forecastHead: "magnitude",
  }, (features) => ({
    trunk: chain([
      lstmTrunk(features, trunk),
      dense("shared", { inputs: trunk.width, units: shared, activation: "relu" }),
      dropout("shared/dropout", sharedDropout),
    ]),
    heads: {
      magnitude: denseHead("magnitude", { inputs: shared, hidden: magnitudeHidden, units: 1 }),
      sign: chain([side("sign", 3), mapLayer((x: tf.Tensor2D) => tf.softmax(x))]),
      volatility: chain([side("volatility", 1), mapLayer((x: tf.Tensor2D) => tf.softplus(x))]),
    },
  }));
}
