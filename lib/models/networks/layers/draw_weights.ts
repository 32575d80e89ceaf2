import { checkInteger, normalRandom, type Random } from "@lib/core";
import type { Weight, Weights } from "../network.ts";
import { namedRandom } from "./_named_random.ts";
import type { Parameter, Start } from "./layer.ts";

/**
 * Fresh values for parameters, each from a stream that depends on the seed and its own name alone.
 *
 * `"glorot"`: uniform within the root of 6 / (rows + columns) on both sides of 0, which keeps the variance of what flows
 * through about equal forwards and backwards (Glorot and Bengio 2010). `"orthogonal"`: rows of length 1 at right angles
 * to each other, so that what goes round in a recurrent layer neither grows nor fades (Saxe, McClelland and Ganguli
 * 2014); no more rows than columns. `"forget_one"`: the bias of an LSTM, 1 for its forget gate, the second quarter, and
 * 0 elsewhere, so that it remembers at first (Jozefowicz, Zaremba and Sutskever 2015).
 *
 * @throws {RangeError} If the seed is no integer from 0 to 2147483647, or two parameters have one name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const parameter = { name: "out/kernel", shape: [2, 4], start: "glorot" } as const;
 * const { "out/kernel": kernel } = drawWeights([parameter], 7);
 * assert.ok(kernel.values.length === 8 && kernel.values.every((value) => Math.abs(value) <= 1));
 * ```
 */
export function drawWeights(parameters: readonly Parameter[], seed: number): Weights {
  const action = "draw weights";
  checkInteger(action, "seed", seed, { least: 0, most: 2147483647 });
  const weights: Record<string, Weight> = {};
  for (const { name, shape, start } of parameters) {
    if (name in weights) {
      throw new RangeError(`Cannot ${action}: each name must be used once, current value ${name} is used twice`);
    }
    const size = shape.reduce((product, length) => product * length, 1);
    const values = draw[start](size, shape[0], namedRandom(seed, name));
    weights[name] = { shape: [...shape], values: Float32Array.from(values) };
  }
  return weights;
}

const draw: Record<Start, (size: number, rows: number, random: Random) => ArrayLike<number>> = {
  zeros: (size) => new Float64Array(size),
  ones: (size) => new Float64Array(size).fill(1),
  forget_one: (size) => Float64Array.from({ length: size }, (_, at) => Math.floor(4 * at / size) === 1 ? 1 : 0),
  glorot: (size, rows, random) => {
    const limit = Math.sqrt(6 / (rows + size / rows));
    return Float64Array.from({ length: size }, () => (2 * random() - 1) * limit);
  },
  orthogonal: (size, rows, random) => orthogonal(rows, size / rows, random),
};

/** Gram and Schmidt on normal numbers, each row cleaned twice, since once leaves rounding behind. */
function orthogonal(rows: number, columns: number, random: Random): Float64Array {
  const normal = normalRandom(random);
  const values = Float64Array.from({ length: rows * columns }, normal);
  const row = (at: number) => values.subarray(at * columns, (at + 1) * columns);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, at) => sum + value * b[at], 0);
  for (let at = 0; at < rows; at++) {
    const current = row(at);
    for (let before = 0; before < 2 * at; before++) {
      const other = row(before % at);
      const shared = dot(current, other);
      for (let column = 0; column < columns; column++) current[column] -= shared * other[column];
    }
    const length = Math.sqrt(dot(current, current));
    for (let column = 0; column < columns; column++) current[column] /= length;
  }
  return values;
}
