import { chain } from "../layers/chain.ts";
import { denseHead } from "../layers/dense_head.ts";
import { orderedQuantiles } from "../layers/ordered_quantiles.ts";
import type { Network } from "../network.ts";
import { completeOptions } from "./_complete_options.ts";
import { networkOf } from "./_network_of.ts";
import { pinballOf } from "./default_losses.ts";
import { lstmTrunk, lstmTrunkDefaults, type LstmTrunkOptions } from "./lstm_trunk.ts";

/** Settings of {@link lstmTransformerQuantiles}. */
export interface LstmTransformerQuantilesOptions extends LstmTrunkOptions {
  /** Levels, rising, between 0 and 1. Default 0.1, 0.5, 0.9. */
  readonly levels?: readonly number[];
  /** Widths of the dense layers behind the mean, normalised each. Default: none. */
  readonly hidden?: readonly number[];
}

const defaults: Required<LstmTransformerQuantilesOptions> = {
  ...lstmTrunkDefaults,
  levels: [0.1, 0.5, 0.9],
  hidden: [],
};

/**
 * Quantiles on the LSTM-Transformer's trunk, by the pinball loss, a column for each level. They cannot cross: the one
 * nearest to the median is free, the others lie a softplus apart (`orderedQuantiles`).
 *
 * @throws {RangeError} If levels do not rise or leave 0 to 1, or an option is unknown or out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [head] = lstmTransformerQuantiles().heads;
 * assert.deepEqual([head.width, head.column], [3, 1]); // one number is wanted: the median
 * ```
 */
export function lstmTransformerQuantiles(options: LstmTransformerQuantilesOptions = {}): Network {
  const name = "lstm_transformer_quantiles";
  const action = `make the network ${name}`;
  const complete = completeOptions(action, defaults, options);
  const { levels, hidden, ...trunk } = complete;
  const rise = levels.every((level, at) => level > (levels[at - 1] ?? 0) && level < 1);
  if (levels.length === 0 || !rise) {
    throw new RangeError(`Cannot ${action}: levels must rise between 0 and 1, current value is ${levels.join(", ")}`);
  }
  const distances = levels.map((level) => Math.abs(level - 0.5));
  const centre = distances.indexOf(Math.min(...distances));
  const width = levels.length;
  return networkOf({
    name,
    options: { ...complete },
    heads: [{
      name: "quantiles",
      width,
      loss: pinballOf(levels),
      weight: 1,
      target: "target",
      scaling: "standardise",
      column: centre,
    }],
    forecastHead: "quantiles",
  }, (features) => ({
    trunk: lstmTrunk(features, trunk),
    heads: {
      quantiles: chain([
        denseHead("quantiles", { inputs: trunk.width, hidden, units: width, normalised: true }),
        orderedQuantiles(centre),
      ]),
    },
  }));
}
