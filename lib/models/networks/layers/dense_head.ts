import type { tf } from "@lib/tensorflow";
import { chain } from "./chain.ts";
import { dense } from "./dense.ts";
import { dropout } from "./dropout.ts";
import type { Layer } from "./layer.ts";
import { layerNorm } from "./layer_norm.ts";

/** Settings of {@link denseHead}. */
export interface DenseHeadOptions {
  /** Columns that go in. */
  readonly inputs: number;
  /** Columns that come out. */
  readonly units: number;
  /** Widths of the hidden layers in between, each with a ReLU. Default: none. */
  readonly hidden?: readonly number[];
  /** Whether to normalise what each hidden layer gives. Default false. */
  readonly normalised?: boolean;
  /** Share of values dropped after each hidden layer. Default 0. */
  readonly dropout?: number;
}

/**
 * What turns the summary of a sequence into an answer: hidden dense layers, and a last one without activation.
 *
 * @param name What its parameters' names begin with.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { parameters } = denseHead("forecast", { inputs: 8, hidden: [4], units: 1 });
 * assert.deepEqual(parameters.map(({ shape }) => shape), [[8, 4], [4], [4, 1], [1]]);
 * ```
 */
export function denseHead(
  name: string,
  { inputs, units, hidden = [], normalised = false, dropout: rate = 0 }: DenseHeadOptions,
): Layer<tf.Tensor2D, tf.Tensor2D> {
  const widths = [inputs, ...hidden];
  return chain([
    ...hidden.flatMap((units, at) => [
      dense(`${name}/hidden_${at}`, { inputs: widths[at], units, activation: "relu" }),
      ...(normalised ? [layerNorm(`${name}/norm_${at}`, { width: units })] : []),
      dropout(`${name}/dropout_${at}`, rate),
    ]),
    dense(`${name}/output`, { inputs: widths[hidden.length], units }),
  ]);
}
