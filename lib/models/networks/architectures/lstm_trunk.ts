import { checkInteger } from "@lib/core";
import type { tf } from "@lib/tensorflow";
import { chain } from "../layers/chain.ts";
import { dense } from "../layers/dense.ts";
import { encoder, type EncoderOptions } from "../layers/encoder.ts";
import type { Layer } from "../layers/layer.ts";
import { lstmLayer } from "../layers/lstm_layer.ts";
import { meanOfSteps } from "../layers/map_layer.ts";

/** Settings that all networks with an LSTM and a Transformer share. */
export interface LstmTrunkOptions {
  /** Width of the LSTM's state. Default 32. */
  readonly lstmUnits?: number;
  /** Width of the encoder, a multiple of `heads` and even. Default 32. */
  readonly width?: number;
  /** Blocks of the encoder. Default 1. */
  readonly blocks?: number;
  /** Heads of each block's attention. Default 2. */
  readonly heads?: number;
  /** Width of each block's hidden layer. Default 64. */
  readonly feedForward?: number;
  /** Share of values dropped in each block, in training. Default 0.1. */
  readonly dropout?: number;
  /** Where blocks normalise. Default `"pre"`; the original has `"post"`. */
  readonly norm?: EncoderOptions["norm"];
}

/** Defaults of {@link LstmTrunkOptions}: small enough for two cores. */
export const lstmTrunkDefaults: Required<LstmTrunkOptions> = {
  lstmUnits: 32,
  width: 32,
  blocks: 1,
  heads: 2,
  feedForward: 64,
  dropout: 0.1,
  norm: "pre",
};

/**
 * LSTM, a dense layer to the encoder's width, position code, encoder, mean over the steps: what the original's networks
 * have in common.
 *
 * @returns From windows (rows, steps, features) to summaries (rows, width).
 * @throws {RangeError} If a size is below 1, heads do not divide the width, it is odd, or dropout is outside 0 to 0.95.
 * @see Ruiru et al. 2024, LSTM versus Transformers.
 */
export function lstmTrunk(
  features: number,
  { lstmUnits, width, ...blocks }: Required<LstmTrunkOptions>,
): Layer<tf.Tensor3D, tf.Tensor2D> {
  checkInteger("build an LSTM", "lstmUnits", lstmUnits, { least: 1 });
  return chain([
    lstmLayer("lstm", { inputs: features, units: lstmUnits, returnSequences: true }),
    dense("project", { inputs: lstmUnits, units: width }),
    encoder("encoder", { width, ...blocks }),
    meanOfSteps,
  ]);
}
