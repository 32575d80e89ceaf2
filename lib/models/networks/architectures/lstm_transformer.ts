import { denseHead } from "../layers/dense_head.ts";
import type { LossSpec, Network } from "../network.ts";
import { completeOptions } from "./_complete_options.ts";
import { networkOf } from "./_network_of.ts";
import { defaultLosses } from "./default_losses.ts";
import { lstmTrunk, lstmTrunkDefaults, type LstmTrunkOptions } from "./lstm_trunk.ts";

/** Settings of {@link lstmTransformer}. */
export interface LstmTransformerOptions extends LstmTrunkOptions {
  /** Widths of the dense layers behind the mean, normalised each. Default: none. */
  readonly hidden?: readonly number[];
  /** What it learns by; one column. Default `huber`. */
  readonly loss?: LossSpec;
}

const defaults: Required<LstmTransformerOptions> = { ...lstmTrunkDefaults, hidden: [], loss: defaultLosses.forecast };

/**
 * The LSTM-Transformer regressor with a single task: one number from each window.
 *
 * @throws {RangeError} If an option is unknown or out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { heads } = lstmTransformer({ blocks: 1 });
 * assert.deepEqual(heads.map(({ name, width }) => [name, width]), [["forecast", 1]]);
 * ```
 */
export function lstmTransformer(options: LstmTransformerOptions = {}): Network {
  const name = "lstm_transformer";
  const complete = completeOptions(`make the network ${name}`, defaults, options);
  const { hidden, loss, ...trunk } = complete;
  return networkOf({
    name,
    options: { ...complete },
    heads: [{ name: "forecast", width: 1, loss, weight: 1, target: "target", scaling: "standardise" }],
    forecastHead: "forecast",
  }, (features) => ({
    trunk: lstmTrunk(features, trunk),
    heads: { forecast: denseHead("forecast", { inputs: trunk.width, hidden, units: 1, normalised: true }) },
  }));
}
