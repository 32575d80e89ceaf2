import process from "node:process";
import { lstm, tf, useBackend } from "./mod.ts";

/** A few steps of training on tensors drawn from seeds: what they lose and what is learnt, for tests in a process each. */
export function trainOnce(): number[] {
  const [rows, steps, features, units] = [64, 20, 16, 24];
  const x = tf.randomNormal<tf.Rank.R3>([rows, steps, features], 0, 1, "float32", 1);
  const y = tf.randomNormal<tf.Rank.R2>([rows, units], 0, 1, "float32", 2);
  const kernel = tf.variable(tf.randomNormal<tf.Rank.R2>([features, 4 * units], 0, 0.3, "float32", 3));
  const recurrent = tf.variable(tf.randomNormal<tf.Rank.R2>([units, 4 * units], 0, 0.3, "float32", 4));
  const bias = tf.variable(tf.zeros<tf.Rank.R1>([4 * units]));
  const optimizer = tf.train.adam(0.01);
  const loss = () => tf.mean(tf.squaredDifference(lstm(x, kernel, recurrent, bias, { units }), y)) as tf.Scalar;
  const losses = Array.from({ length: 5 }, () => optimizer.minimize(loss, true)!.dataSync()[0]);
  return [...losses, ...kernel.dataSync()];
}

if (import.meta.main) {
  await useBackend({ backend: process.argv[2] as "wasm" });
  console.log(JSON.stringify(trainOnce()));
}
