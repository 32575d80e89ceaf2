import type { tf } from "@lib/tensorflow";
import { chain } from "../layers/chain.ts";
import { dense } from "../layers/dense.ts";
import { encoder, type EncoderOptions } from "../layers/encoder.ts";
import type { Layer } from "../layers/layer.ts";

/** Settings of the encoder that pre-training and fine-tuning share. */
export interface EncoderTrunkOptions {
  /** Width of the encoder, a multiple of `heads` and even. Default 32. */
  readonly width?: number;
  /** Blocks of the encoder. Default 2. */
  readonly blocks?: number;
  /** Heads of each block's attention. Default 2. */
  readonly heads?: number;
  /** Width of each block's hidden layer. Default 64. */
  readonly feedForward?: number;
  /** Share of values dropped in each block, in training. Default 0.1. */
  readonly dropout?: number;
  /** Where blocks normalise. Default `"pre"`. */
  readonly norm?: EncoderOptions["norm"];
  /** Whether a step sees itself and earlier ones only. Default false. */
  readonly causal?: boolean;
}

/** Defaults of {@link EncoderTrunkOptions}. */
export const encoderTrunkDefaults: Required<EncoderTrunkOptions> = {
  width: 32,
  blocks: 2,
  heads: 2,
  feedForward: 64,
  dropout: 0.1,
  norm: "pre",
  causal: false,
};

/** What the names of an encoder's weights begin with. */
export const encoderPrefix = "encoder/";

/**
 * A Transformer's encoder without LSTM: a dense layer to its width, position code, blocks. All its weights begin with
 * `encoder/`.
 *
 * @returns From windows (rows, steps, features) to (rows, steps, width).
 * @throws {RangeError} If a size is below 1, heads do not divide the width, it is odd, or dropout is outside 0 to 0.95.
 */
export function encoderTrunk(
  features: number,
  options: Required<EncoderTrunkOptions>,
): Layer<tf.Tensor3D, tf.Tensor3D> {
  return chain([
    dense(`${encoderPrefix}embed`, { inputs: features, units: options.width }),
    encoder(encoderPrefix.slice(0, -1), options),
  ]);
}
