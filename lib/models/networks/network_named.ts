import { checkOneOf } from "@lib/core";
import { encoderPretraining } from "./architectures/encoder_pretraining.ts";
import { encoderRegressor } from "./architectures/encoder_regressor.ts";
import { linearNetwork } from "./architectures/linear_network.ts";
import { lstmTransformer } from "./architectures/lstm_transformer.ts";
import { lstmTransformerClassifier } from "./architectures/lstm_transformer_classifier.ts";
import { lstmTransformerHorizons } from "./architectures/lstm_transformer_horizons.ts";
import { lstmTransformerMultiTask } from "./architectures/lstm_transformer_multi_task.ts";
import { lstmTransformerQuantiles } from "./architectures/lstm_transformer_quantiles.ts";
import { lstmTransformerVolatility } from "./architectures/lstm_transformer_volatility.ts";
import type { Network, NetworkSpec } from "./network.ts";

/** Every architecture by name: a saved network is made again by it, in a process that knows nothing else. */
const makers: Readonly<Record<string, (options: Readonly<Record<string, unknown>>) => Network>> = {
  encoder_pretraining: encoderPretraining,
  encoder_regressor: encoderRegressor,
  linear: linearNetwork,
  lstm_transformer: lstmTransformer,
  lstm_transformer_classifier: lstmTransformerClassifier,
  lstm_transformer_horizons: lstmTransformerHorizons,
  lstm_transformer_multi_task: lstmTransformerMultiTask,
  lstm_transformer_quantiles: lstmTransformerQuantiles,
  lstm_transformer_volatility: lstmTransformerVolatility,
};

/** Names of all networks. */
export const networkNames: readonly string[] = Object.keys(makers);

/**
 * A network by name, with options of its own.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { kernel } = networkNamed("linear").initialise({ steps: 1, features: 3 }, 1);
 * assert.deepEqual(kernel.shape, [3, 1]);
 * ```
 *
 * @throws {RangeError} If there is none of that name, or an option is out of range.
 */
export function networkNamed(name: NetworkSpec["name"], options: NetworkSpec["options"] = {}): Network {
  checkOneOf("make a network", "name", name, networkNames);
  return makers[name](options);
}
