/**
 * How fast an LSTM trains and forecasts here, on every backend that this machine has, beside Keras on the same data with
 * the same starting weights, order and optimiser, in turns. The losses of all must agree, or nothing is shown. Some
 * minutes; without a Python that has Keras, our own backends alone.
 *
 *     python3 -m venv /tmp/keras && /tmp/keras/bin/pip install -r lib/tensorflow/bench/peer.txt
 *     deno run -A lib/tensorflow/bench/lstm_speed.ts /tmp/keras/bin/python [rows=1024] [epochs=6]
 */
import { normalRandom, seededRandom } from "@lib/core";
import { type BackendName, lstm, tf, useBackend } from "@lib/tensorflow";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasNativeTensorflow } from "../_native_tensorflow.ts";

interface Measured {
  engine: string;
  /** Of each epoch. */
  seconds: number[];
  /** Mean of the epoch's batches, each before its update. */
  losses: number[];
  /** Of all rows in one batch. */
  forecastSeconds: number;
}

const steps = 60, features = 64, units = 48, batch = 128;
const [python, rows = 1024, epochs = 6] = [Deno.args[0], ...Deno.args.slice(1).map(Number)];

function draw(seed: number, length: number, scale: number): Float32Array {
  const normal = normalRandom(seededRandom(seed));
  return Float32Array.from({ length }, () => scale * normal());
}

/** A target that can be learnt: the mean over the last steps of the first feature. */
function targets(x: Float32Array): Float32Array {
  const last = 5;
  return Float32Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let step = steps - last; step < steps; step++) sum += x[(row * steps + step) * features];
    return sum / last;
  });
}

const x = draw(1, rows * steps * features, 1);
const inputs = {
  x,
  y: targets(x),
  kernel: draw(2, features * 4 * units, 0.1),
  recurrent: draw(3, units * 4 * units, 0.1),
  dense: draw(4, units, 0.2),
};

async function measureHere(backend: BackendName): Promise<Measured> {
  const { engine } = await useBackend({ backend });
  const data = tf.tensor3d(inputs.x, [rows, steps, features]), y = tf.tensor2d(inputs.y, [rows, 1]);
  const kernel = tf.variable(tf.tensor2d(inputs.kernel, [features, 4 * units]));
  const recurrent = tf.variable(tf.tensor2d(inputs.recurrent, [units, 4 * units]));
  const bias = tf.variable(tf.zeros<tf.Rank.R1>([4 * units]));
  const dense = tf.variable(tf.tensor2d(inputs.dense, [units, 1])), offset = tf.variable(tf.zeros([1]));
  const forecast = (x: tf.Tensor3D) =>
    tf.add(tf.matMul(lstm(x, kernel, recurrent, bias, { units }) as tf.Tensor2D, dense), offset);
  // The two libraries add epsilon in different places of Adam's rule: too small to matter here, so that losses agree.
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-12);
  const train = (from: number) =>
    tf.tidy(() => {
      const count = Math.min(batch, rows - from);
      const [bx, by] = [tf.slice(data, [from, 0, 0], [count, steps, features]), tf.slice(y, [from, 0], [count, 1])];
      const loss = () => tf.mean(tf.squaredDifference(forecast(bx), by)) as tf.Scalar;
      return optimizer.minimize(loss, true)!.dataSync()[0] * count;
    });
  const measured: Measured = { engine, seconds: [], losses: [], forecastSeconds: Infinity };
  for (let epoch = 0; epoch < epochs; epoch++) {
    const begin = performance.now();
    let sum = 0;
    for (let from = 0; from < rows; from += batch) sum += train(from);
    measured.losses.push(sum / rows);
    measured.seconds.push((performance.now() - begin) / 1000);
  }
  for (let repeat = 0; repeat < 6; repeat++) {
    const begin = performance.now();
    tf.tidy(() => forecast(data).dataSync());
    measured.forecastSeconds = Math.min(measured.forecastSeconds, (performance.now() - begin) / 1000);
  }
  tf.disposeVariables();
  return measured;
}

async function measureKeras(folder: string, compiled: string): Promise<Measured> {
  const script = fileURLToPath(new URL("peer.py", import.meta.url));
  const args = [script, folder, ...[rows, steps, features, units, batch, epochs].map(String), compiled];
  const { success, stdout, stderr } = await new Deno.Command(python, { args }).output();
  if (!success) throw new Error(`Cannot measure Keras: ${new TextDecoder().decode(stderr)}`);
  return JSON.parse(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!);
}

const folder = await Deno.makeTempDir();
try {
  for (const [name, values] of Object.entries(inputs)) {
    await Deno.writeFile(join(folder, name), new Uint8Array(values.buffer as ArrayBuffer));
  }
  const all: Measured[] = [];
  for (let round = 0; round < 2; round++) {
    if (hasNativeTensorflow()) all.push(await measureHere("native"));
    if (round === 0) all.push(await measureHere("wasm"));
    if (python) { for (const compiled of ["auto", "no", "yes"]) all.push(await measureKeras(folder, compiled)); }
  }
  for (const { engine, losses } of all) {
    const gap = Math.max(...losses.map((loss, epoch) => Math.abs(loss - all[0].losses[epoch]) / loss));
    if (!(gap < 1e-3)) throw new Error(`Cannot compare: losses of ${engine} must be as ours, they differ by ${gap}`);
  }
  console.table(all.map(({ engine, seconds, losses, forecastSeconds }) => ({
    engine,
    "first epoch s": seconds[0].toFixed(3),
    "fastest epoch s": Math.min(...seconds.slice(1)).toFixed(3),
    "median epoch s": seconds.slice(1).sort((a, b) => a - b)[(seconds.length - 1) >> 1].toFixed(3),
    "forecast s": forecastSeconds.toFixed(4),
    "last loss": losses.at(-1)!.toFixed(6),
  })));
} finally {
  await Deno.remove(folder, { recursive: true });
}
