import { checkInteger, checkOneOf } from "@lib/core";
import { tf } from "@lib/tensorflow";
import { chain } from "./chain.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import type { Layer } from "./layer.ts";
import { layerNorm } from "./layer_norm.ts";
import { multiHeadAttention, type MultiHeadAttentionOptions } from "./multi_head_attention.ts";

/** Settings of {@link encoderBlock}. */
export interface EncoderBlockOptions extends MultiHeadAttentionOptions {
  /** Width of the hidden layer between attention and output. */
  readonly feedForward: number;
  /** Share of values dropped from what attention and the dense layers add. Default 0. */
  readonly dropout?: number;
  /**
   * Where values are normalised: `"pre"`, before attention and dense layers, so that the sum of all blocks runs through
   * untouched and deep stacks train without a long warm-up (Xiong et al. 2020); `"post"`, after each sum, as in the
   * first Transformer and in the original. Default `"pre"`.
   */
  readonly norm?: "pre" | "post";
}

/**
 * A block of a Transformer's encoder: x plus what attention finds, plus what two dense layers with a ReLU between them
 * make of that, each normalised.
 *
 * @param name What its parameters' names begin with.
 * @throws {RangeError} If a size is below 1, `norm` is unknown, or dropout is outside 0 to 0.95.
 * @see Vaswani et al. 2017, section 3.1.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { parameters } = encoderBlock("block", { width: 8, heads: 2, feedForward: 16 });
 * assert.equal(parameters.length, 16); // four dense layers of attention, two others, two normalisations
 * ```
 */
export function encoderBlock(
  name: string,
  { feedForward, dropout: rate = 0, norm = "pre", ...attention }: EncoderBlockOptions,
): Layer<tf.Tensor3D, tf.Tensor3D> {
  const { width } = attention;
  checkInteger("build an encoder block", "feedForward", feedForward, { least: 1 });
  checkOneOf("build an encoder block", "norm", norm, ["pre", "post"]);
  const around = (step: "attention" | "dense", layers: readonly Layer[]): Layer => {
    const change = chain([...layers, dropout(`${name}/${step}_dropout`, rate)]);
    const normalise = layerNorm(`${name}/${step}_norm`, { width });
    return {
      parameters: [...normalise.parameters, ...change.parameters],
      apply: (x, forward) =>
        norm === "pre"
          ? tf.add(x, change.apply(normalise.apply(x, forward), forward))
          : normalise.apply(tf.add(x, change.apply(x, forward)), forward),
    };
  };
  return chain([
    around("attention", [multiHeadAttention(`${name}/attention`, attention)]),
    around("dense", [
      dense(`${name}/hidden`, { inputs: width, units: feedForward, activation: "relu" }),
      dense(`${name}/output`, { inputs: feedForward, units: width }),
    ]),
  ]);
}
