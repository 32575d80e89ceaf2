import { checkInteger } from "@lib/core";
import { tf } from "@lib/tensorflow";
import type { Layer } from "./layer.ts";

/**
 * Sinusoidal position code: column 2i of step p is sin(p / 10000^(2i / width)), column 2i + 1 its cosine. Without it an
 * encoder could not tell yesterday from last month.
 *
 * @param steps Length of the sequence.
 * @param width Columns, an even number.
 * @returns Row-major, (steps, width).
 * @throws {RangeError} If a size is below 1 or the width is odd.
 * @see Vaswani et al. 2017, section 3.5.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([...positionCode(1, 4)], [0, 1, 0, 1]);
 * ```
 */
export function positionCode(steps: number, width: number): Float32Array {
  const action = "code positions";
  checkInteger(action, "steps", steps, { least: 1 });
  checkInteger(action, "width", width, { least: 2 });
  checkInteger(action, "width / 2", width / 2);
  return Float32Array.from({ length: steps * width }, (_, at) => {
    const [step, column] = [Math.floor(at / width), at % width];
    const angle = step / 10000 ** ((column - column % 2) / width);
    return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  });
}

/** Adds {@link positionCode} to sequences of shape (rows, steps, width). Learns nothing. */
export function addPositionCode(): Layer<tf.Tensor3D, tf.Tensor3D> {
  return {
    parameters: [],
    apply: (x) => tf.add(x, tf.tensor(positionCode(x.shape[1], x.shape[2]), [x.shape[1], x.shape[2]])),
  };
}
