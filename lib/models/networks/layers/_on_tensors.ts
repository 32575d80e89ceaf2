import assert from "node:assert/strict";
import { normalRandom } from "@lib/core";
import { tf } from "@lib/tensorflow";
import type { Weight, Weights } from "../network.ts";
import { namedRandom } from "./_named_random.ts";

/** For tests: normal numbers in a tensor's shape. */
export function normalTensor<Shape extends tf.Tensor>(name: string, shape: readonly number[]): Shape {
  const normal = normalRandom(namedRandom(11, name));
  return tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, normal), [...shape]) as Shape;
}

/** For tests: a weight as a tensor. */
export function toTensor<Shape extends tf.Tensor>({ shape, values }: Weight): Shape {
  return tf.tensor(values, [...shape]) as Shape;
}

/** For tests: all weights as tensors, each moved a little, so that none is 0 or 1 throughout. */
export function movedTensors(weights: Weights): Record<string, tf.Tensor> {
  return Object.fromEntries(
    Object.entries(weights).map(([name, weight]) => {
      return [name, tf.add(toTensor(weight), tf.mul(0.1, normalTensor(`move ${name}`, weight.shape)))];
    }),
  );
}

/**
 * For tests: holds the gradient of each input against finite differences, along a direction that is drawn for it. Single
 * precision and kinks leave a hundredth of doubt.
 */
export function assertGradients(
  compute: (inputs: Record<string, tf.Tensor>) => tf.Tensor,
  inputs: Record<string, tf.Tensor>,
): void {
  tf.tidy(() => {
    const names = Object.keys(inputs);
    const pull = normalTensor("pull", compute(inputs).shape).dataSync();
    const score = (values: readonly tf.Tensor[]) => {
      const result = compute(Object.fromEntries(names.map((name, at) => [name, values[at]])));
      return tf.sum(tf.mul(result, tf.tensor(pull, result.shape))) as tf.Scalar;
    };
    const exactScore = (values: Record<string, tf.Tensor>) =>
      compute(values).dataSync<"float32">().reduce((sum, value, at) => sum + value * pull[at], 0);
    const gradients = tf.grads((...values) => score(values))(names.map((name) => inputs[name]));
    names.forEach((name, at) => {
      const direction = normalTensor(`direction ${name}`, inputs[name].shape);
      const claimed = tf.sum(tf.mul(gradients[at], direction)).dataSync()[0];
      const step = 1e-3;
      const moved = (by: number) => exactScore({ ...inputs, [name]: tf.add(inputs[name], tf.mul(by, direction)) });
      const measured = (moved(step) - moved(-step)) / (2 * step);
      const size = Math.sqrt(tf.sum(tf.square(gradients[at])).dataSync()[0]) + 0.1;
      assert.ok(
        Math.abs(claimed - measured) < 0.01 * size,
        `gradient of ${name} is ${claimed} along a direction, differences say ${measured}`,
      );
    });
  });
}
