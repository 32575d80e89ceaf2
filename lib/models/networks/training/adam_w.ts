import type { Weights } from "../network.ts";

/** Values of tensors by name, each flat. */
export type Numbers = Readonly<Record<string, Float32Array<ArrayBuffer>>>;

/** What the optimiser remembers between two steps. */
export interface AdamState {
  /** Steps done. */
  readonly step: number;
  /** Running mean of the gradients, by weight. */
  readonly first: Numbers;
  /** Running mean of their squares, by weight. */
  readonly second: Numbers;
}

/** Options of {@linkcode adamW}. */
export interface AdamWOptions {
  /** How far one step may go, about. */
  learningRate: number;
  /** Share of each weight, times the learning rate, that a step takes away; biases and scales are spared. Default 0. */
  weightDecay?: number;
}

const [KEEP_FIRST, KEEP_SECOND, TINY] = [0.9, 0.999, 1e-8];

/** The state before the first step. */
export function adamStart(weights: Weights): AdamState {
  const zeros = () =>
    Object.fromEntries(Object.entries(weights).map(([name, { values }]) => [name, new Float32Array(values.length)]));
  return { step: 0, first: zeros(), second: zeros() };
}

/**
 * One step of AdamW, in double precision on plain numbers: whoever keeps weights and state can go on from them to the
 * last bit, whatever computed the gradients.
 *
 * Source: Kingma and Ba (2015), Adam; Loshchilov and Hutter (2019), Decoupled Weight Decay Regularization. Decay 0.9 and
 * 0.999, 1e-8 beside the root.
 *
 * @example The first step goes by the learning rate, whatever the size of the gradient
 * ```ts
 * import assert from "node:assert/strict";
 * const weights = { bias: { shape: [2], values: Float32Array.of(1, 1) } };
 * const { weights: moved } = adamW(weights, { bias: Float32Array.of(5, -0.1) }, adamStart(weights), { learningRate: 0.5 });
 * assert.deepEqual(Array.from(moved.bias.values, (value) => value.toFixed(4)), ["0.5000", "1.5000"]);
 * ```
 */
export function adamW(
  weights: Weights,
  gradients: Numbers,
  { step, first, second }: AdamState,
  { learningRate, weightDecay = 0 }: AdamWOptions,
): { weights: Weights; state: AdamState } {
  const done = step + 1;
  const [ofFirst, ofSecond] = [1 - KEEP_FIRST ** done, 1 - KEEP_SECOND ** done];
  const moved: Record<string, Weights[string]> = {};
  const [means, squares]: Record<string, Float32Array<ArrayBuffer>>[] = [{}, {}];
  for (const [name, { shape, values }] of Object.entries(weights)) {
    const gradient = gradients[name];
    const [mean, square, next] = [first[name].slice(), second[name].slice(), values.slice()];
    const decay = shape.length > 1 ? learningRate * weightDecay : 0;
    for (let at = 0; at < next.length; at++) {
      mean[at] = KEEP_FIRST * mean[at] + (1 - KEEP_FIRST) * gradient[at];
      square[at] = KEEP_SECOND * square[at] + (1 - KEEP_SECOND) * gradient[at] ** 2;
      const step = learningRate * (mean[at] / ofFirst) / (Math.sqrt(square[at] / ofSecond) + TINY);
      next[at] = values[at] * (1 - decay) - step;
    }
    moved[name] = { shape, values: next };
    means[name] = mean;
    squares[name] = square;
  }
  return { weights: moved, state: { step: done, first: means, second: squares } };
}
