import { checkInteger } from "@lib/core";
import type { tf } from "@lib/tensorflow";
import { chain } from "./chain.ts";
import { encoderBlock, type EncoderBlockOptions } from "./encoder_block.ts";
import type { Layer } from "./layer.ts";
import { layerNorm } from "./layer_norm.ts";
import { addPositionCode } from "./position_code.ts";

/** Settings of {@link encoder}. */
export interface EncoderOptions extends Omit<EncoderBlockOptions, "block"> {
  /** How many blocks stand one on the other, at least 1. */
  readonly blocks: number;
}

/**
 * A Transformer's encoder: position code, then blocks, and with pre-normalisation one more at the end, since the sum of
 * the blocks comes out of them as it is.
 *
 * @param name What its parameters' names begin with.
 * @throws {RangeError} If a size is below 1, `norm` is unknown, or dropout is outside 0 to 0.95.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const of = (norm: "pre" | "post") => encoder("encoder", { blocks: 2, width: 8, heads: 2, feedForward: 16, norm });
 * assert.equal(of("pre").parameters.length - of("post").parameters.length, 2);
 * ```
 */
export function encoder(
  name: string,
  { blocks, ...options }: EncoderOptions,
): Layer<tf.Tensor3D, tf.Tensor3D> {
  checkInteger("build an encoder", "blocks", blocks, { least: 1 });
  const all = Array.from(
    { length: blocks },
    (_, block) => encoderBlock(`${name}/block_${block}`, { ...options, block }),
  );
  const last = options.norm === "post" ? [] : [layerNorm(`${name}/norm`, { width: options.width })];
  return chain([addPositionCode(), ...all, ...last]);
}
