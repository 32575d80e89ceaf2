import { checkOneOf } from "@lib/core";
import { chain } from "../layers/chain.ts";
import { denseHead } from "../layers/dense_head.ts";
import { meanOfSteps, newestStep } from "../layers/map_layer.ts";
import type { LossSpec, Network } from "../network.ts";
import { completeOptions } from "./_complete_options.ts";
import { networkOf } from "./_network_of.ts";
import { defaultLosses } from "./default_losses.ts";
import { encoderTrunk, encoderTrunkDefaults, type EncoderTrunkOptions } from "./encoder_trunk.ts";

/** Settings of {@link encoderRegressor}. */
export interface EncoderRegressorOptions extends EncoderTrunkOptions {
  /** How a window is summed up: the mean of its steps, or the newest step alone. Default `"mean"`. */
  readonly summary?: "mean" | "newest";
  /** Widths of the dense layers behind the summary, normalised each. Default: none. */
  readonly hidden?: readonly number[];
  /** What it learns by; one column. Default `huber`. */
  readonly loss?: LossSpec;
}

const defaults: Required<EncoderRegressorOptions> = {
  ...encoderTrunkDefaults,
  summary: "mean",
  hidden: [],
  loss: defaultLosses.forecast,
};

/**
 * A regressor on a Transformer's encoder alone. It may begin with an encoder that `encoder_pretraining` has trained on
 * many names (`withEncoderWeights`), and be tuned on one.
 *
 * @throws {RangeError} If an option is unknown or out of range.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { heads } = encoderRegressor({ causal: true, summary: "newest" });
 * assert.deepEqual(heads.map(({ name, width }) => [name, width]), [["forecast", 1]]);
 * ```
 */
export function encoderRegressor(options: EncoderRegressorOptions = {}): Network {
  const name = "encoder_regressor";
  const action = `make the network ${name}`;
  const complete = completeOptions(action, defaults, options);
  const { summary, hidden, loss, ...trunk } = complete;
  checkOneOf(action, "summary", summary, ["mean", "newest"]);
  return networkOf({
    name,
    options: { ...complete },
    heads: [{ name: "forecast", width: 1, loss, weight: 1, target: "target", scaling: "standardise" }],
    forecastHead: "forecast",
  }, (features) => ({
    trunk: chain([encoderTrunk(features, trunk), summary === "mean" ? meanOfSteps : newestStep]),
    heads: { forecast: denseHead("forecast", { inputs: trunk.width, hidden, units: 1, normalised: true }) },
  }));
}
