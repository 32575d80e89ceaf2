import assert from "node:assert/strict";
import { assertAlmostEqual } from "@lib/core";
import { type BackendName, tf, useBackend } from "@lib/tensorflow";
import { assertGradients, movedTensors, normalTensor, toTensor } from "../layers/_on_tensors.ts";
import { attentionWeights } from "../attention_weights.ts";
import { networkNamed, networkNames } from "../network_named.ts";
import { networkPresets } from "../network_presets.ts";
import { parameterCount } from "../parameter_count.ts";

await useBackend({ backend: "cpu" });
const shape = { steps: 4, features: 3 };
const rows = 2;
const tiny = { width: 4, heads: 2, blocks: 1, feedForward: 5 };
const tinyLstm = { ...tiny, lstmUnits: 3 };
const encoderWeights = (width: number, hidden: number) =>
  4 * (width * width + width) + 2 * width * hidden + hidden + width + 4 * width + 2 * width;
const trunkWeights = 4 * 3 * (3 + 3 + 1) + (3 * 4 + 4) + encoderWeights(4, 5);
const embedWeights = 3 * 4 + 4 + encoderWeights(4, 5);

/** Each architecture in its smallest form, and how many numbers that learns, added up by hand. */
const cases: readonly { name: string; options: Record<string, unknown>; learns: number }[] = [
  { name: "lstm_transformer", options: { ...tinyLstm, hidden: [6] }, learns: trunkWeights + 30 + 12 + 7 },
  {
    name: "lstm_transformer_multi_task",
    options: { ...tinyLstm, shared: 6, magnitudeHidden: [5], sideHidden: [5] },
    learns: trunkWeights + 30 + (35 + 6) + (35 + 10 + 18) + (35 + 10 + 6),
  },
  { name: "lstm_transformer_classifier", options: tinyLstm, learns: trunkWeights + 5 },
  { name: "lstm_transformer_quantiles", options: tinyLstm, learns: trunkWeights + 15 },
  { name: "lstm_transformer_volatility", options: tinyLstm, learns: trunkWeights + 5 },
  { name: "lstm_transformer_horizons", options: tinyLstm, learns: trunkWeights + 4 * 5 },
  { name: "encoder_regressor", options: { ...tiny, summary: "newest" }, learns: embedWeights + 5 },
  { name: "encoder_pretraining", options: { ...tiny, ...shape }, learns: embedWeights + 15 + 3 },
  {
    name: "encoder_pretraining",
    options: { ...tiny, ...shape, causal: true, guess: "next" },
    learns: embedWeights + 15,
  },
];

const quiet = { training: false, seed: 8 };
const windows = () => normalTensor<tf.Tensor3D>("windows", [rows, shape.steps, shape.features]);

for (const { name, options, learns } of cases) {
  const network = networkNamed(name, options);
  const told = options.guess ? `${name} (${options.guess})` : name;

  Deno.test(`\`${told}\` learns as many numbers as its layers have`, () => {
    assert.equal(parameterCount(network, shape), learns);
  });

  Deno.test(`\`${told}\` answers in the shape of its heads, all tensors but the answers gone`, () => {
    const [weights, x] = [movedTensors(network.initialise(shape, 1)), windows()];
    const before = tf.memory().numTensors;
    const answers = network.forward(weights, x, quiet);
    assert.equal(tf.memory().numTensors - before, network.heads.length);
    const shapes = Object.fromEntries(network.heads.map(({ name, width }) => [name, [rows, width]]));
    assert.deepEqual(Object.fromEntries(Object.entries(answers).map(([name, { shape }]) => [name, shape])), shapes);
    assert.ok(network.forecastHead in answers);
  });

  Deno.test(`\`${told}\` has the gradients that finite differences measure, at every weight`, () => {
    const weights = movedTensors(network.initialise(shape, 1));
    const x = windows();
    assertGradients((weights) => tf.concat(Object.values(network.forward(weights, x, quiet)), 1), weights);
  });

  Deno.test(`\`${told}\` is made again from its name and options as JSON`, () => {
    const again = networkNamed(network.name, JSON.parse(JSON.stringify(network.options)));
    assert.deepEqual(again.options, network.options);
    assert.deepEqual(again.heads, network.heads);
    assert.deepEqual(again.initialise(shape, 3), network.initialise(shape, 3));
    assert.notDeepEqual(again.initialise(shape, 4), network.initialise(shape, 3));
  });

  Deno.test(`\`${told}\` forecasts a row alike whatever rows are beside it`, () => {
    if (name === "encoder_pretraining") return assert.notEqual(network.heads[0].target, "target"); // draws by row
    const weights = movedTensors(network.initialise(shape, 1));
    const x = windows();
    const together = tf.slice(network.forward(weights, x, quiet)[network.forecastHead], 0, 1);
    const alone = network.forward(weights, tf.slice(x, 0, 1), quiet)[network.forecastHead];
    assertAlmostEqual(alone.dataSync(), together.dataSync(), 1e-6);
  });

  Deno.test(`\`${told}\` drops in training only, by its seed`, () => {
    const weights = movedTensors(network.initialise(shape, 1));
    const answer = (
      training: boolean,
      seed: number,
    ) => [...network.forward(weights, windows(), { training, seed })[network.forecastHead].dataSync()];
    assert.deepEqual(answer(true, 7), answer(true, 7));
    assert.notDeepEqual(answer(true, 7), answer(true, 8));
    assert.notDeepEqual(answer(true, 7), answer(false, 7));
  });

  Deno.test(`\`${told}\` says and learns the same on WebAssembly as in plain JavaScript`, async () => {
    const on = async (backend: BackendName) => {
      await useBackend({ backend });
      const weights = movedTensors(network.initialise(shape, 1));
      const names = Object.keys(weights);
      const answers = (...values: tf.Tensor[]) => {
        const forward = network.forward(
          Object.fromEntries(names.map((name, at) => [name, values[at]])),
          windows(),
          quiet,
        );
        return tf.concat(Object.values(forward), 1);
      };
      const tensors = Object.values(weights);
      const gradients = tf.grads((...values) => tf.sum(tf.square(answers(...values))))(tensors);
      return [answers(...tensors), ...gradients].map((tensor) => tensor.dataSync());
    };
    const fast = await on("wasm");
    const plain = await on("cpu");
    plain.forEach((values, at) => assertAlmostEqual(fast[at], values, 1e-4));
  });

  Deno.test(`\`${told}\` refuses an option that it does not know`, () => {
    assert.throws(() => networkNamed(name, { ...options, widht: 8 }), {
      name: "RangeError",
      message: /value is widht/,
    });
  });
}

Deno.test("every architecture is tried here", () => {
  assert.deepEqual([...new Set(["linear", ...cases.map(({ name }) => name)])].sort(), [...networkNames].sort());
});

Deno.test("`networkPresets` have the size of the original's networks, whose batches were normalised", () => {
  // The original counts four numbers a unit where it normalises by batches, of which two are moving averages that no
  // gradient reaches; ours has the two that are trained. 157 features, and hidden layers of 32 and 32, and of 64 and 32.
  const movingAverages = { original_multi_task: 2 * (32 + 32), original_single_task: 2 * (64 + 32) };
  const count = (preset: keyof typeof movingAverages) => {
    const { name, options, steps } = networkPresets[preset];
    return parameterCount(networkNamed(name, options), { steps, features: 157 }) + movingAverages[preset];
  };
  assert.equal(count("original_multi_task"), 993_349);
  assert.equal(count("original_single_task"), 870_785);
});

Deno.test("`networkPresets` can all be made, classifiers between 75 and 100 thousand numbers", () => {
  for (const [preset, { name, options, steps }] of Object.entries(networkPresets)) {
    const count = parameterCount(networkNamed(name, options), { steps, features: 157 });
    if (/buy|sell/.test(preset)) assert.ok(count > 75_000 && count < 100_000, `${count}`);
    else assert.ok(count > 100_000, `${count}`);
  }
});

Deno.test("`attentionWeights()` shows each block, its weights summing to 1", () => {
  const network = networkNamed("lstm_transformer", { ...tinyLstm, blocks: 3 });
  const x = { shape: windows().shape, values: Float32Array.from(windows().dataSync()) };
  const tensors = tf.memory().numTensors;
  const blocks = attentionWeights(network, network.initialise(shape, 1), x);
  assert.equal(tf.memory().numTensors, tensors);
  assert.deepEqual(blocks.map(({ block }) => block), [0, 1, 2]);
  for (const { shape: found, values } of blocks) {
    assert.deepEqual(found, [rows, 2, shape.steps, shape.steps]);
    const sums = tf.sum(tf.tensor(values, [...found]), -1).dataSync();
    assertAlmostEqual(sums, new Float32Array(rows * 2 * shape.steps).fill(1), 1e-6);
  }
});

Deno.test("`lstm_transformer_multi_task` gives probabilities of signs and a positive volatility", () => {
  const network = networkNamed("lstm_transformer_multi_task", tinyLstm);
  const weights = movedTensors(network.initialise(shape, 1));
  const { sign, volatility } = network.forward(weights, tf.mul(20, windows()) as tf.Tensor3D, quiet);
  assertAlmostEqual(tf.sum(sign, 1).dataSync(), [1, 1], 1e-6);
  assert.ok([...sign.dataSync(), ...volatility.dataSync()].every((value) => value > 0));
});

Deno.test("`lstm_transformer_quantiles` do not cross for any weights", () => {
  const network = networkNamed("lstm_transformer_quantiles", { ...tinyLstm, levels: [0.05, 0.25, 0.6, 0.95] });
  assert.equal(network.heads[0].column, 2);
  for (let seed = 0; seed < 20; seed++) {
    const fresh = network.initialise(shape, seed);
    const wild = Object.entries(fresh).map(([name, weight]) => [name, tf.mul(5, toTensor(weight))] as const);
    const values = network.forward(Object.fromEntries(wild), windows(), quiet).quantiles.dataSync();
    values.forEach((value, at) => assert.ok(at % 4 === 0 || value >= values[at - 1], `seed ${seed}`));
  }
  assert.throws(() => networkNamed("lstm_transformer_quantiles", { levels: [0.5, 0.1] }), /levels must rise/);
});

Deno.test("`lstm_transformer_horizons` holds the forecast against the rows' target, the others against their own", () => {
  const { heads, forecastHead } = networkNamed("lstm_transformer_horizons", { ...tinyLstm, forecastDays: 5 });
  assert.equal(forecastHead, "days_5");
  assert.deepEqual(
    heads.map(({ name, target }) => [name, target]),
    [["days_1", "target_return_1"], ["days_5", "target"], ["days_10", "target_return_10"], [
      "days_20",
      "target_return_20",
    ]],
  );
  assert.throws(() => networkNamed("lstm_transformer_horizons", { forecastDays: 3 }), /forecastDays must be one of/);
  assert.throws(() => networkNamed("lstm_transformer_horizons", { horizonsDays: [1, 1] }), /must differ/);
});

Deno.test("`encoder_pretraining` leaves what is shown alone and guesses what is hidden, as much in every row", () => {
  const wide = { steps: 20, features: 3 };
  const network = networkNamed("encoder_pretraining", { ...tiny, ...wide, hiddenShare: 0.25 });
  const weights = movedTensors(network.initialise(wide, 1));
  const x = normalTensor<tf.Tensor3D>("long", [6, 20, 3]);
  const hiddenOf = (seed: number) => {
    const { window } = network.forward(weights, x, { training: false, seed });
    const changed = tf.notEqual(tf.reshape(window, x.shape), x).dataSync();
    const steps = Array.from({ length: 6 * 20 }, (_, at) => [0, 1, 2].map((feature) => changed[3 * at + feature]));
    steps.forEach((step) => assert.equal(new Set(step).size, 1, "a step is hidden whole"));
    return steps.map(([hidden]) => hidden);
  };
  const hidden = hiddenOf(1);
  for (let row = 0; row < 6; row++) {
    assert.equal(hidden.slice(20 * row, 20 * row + 20).filter(Boolean).length, 5);
  }
  assert.notDeepEqual(hiddenOf(2), hidden);
});

Deno.test("`encoder_pretraining` guesses hidden steps from shown ones alone, and the next from earlier ones alone", () => {
  const guesses = (options: Record<string, unknown>, x: tf.Tensor3D) => {
    const network = networkNamed("encoder_pretraining", { ...tiny, ...shape, ...options });
    const weights = movedTensors(network.initialise(shape, 1));
    return tf.reshape(network.forward(weights, x, quiet).window, x.shape);
  };
  const x = windows();
  const hidden = tf.cast(tf.notEqual(guesses({}, x), x), "float32");
  const changed = guesses({}, tf.add(x, hidden) as tf.Tensor3D); // what is hidden becomes another thing
  assert.deepEqual(tf.mul(changed, hidden).dataSync(), tf.mul(guesses({}, x), hidden).dataSync());

  const next = { causal: true, guess: "next" };
  const last = tf.tensor3d([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1], [1, 4, 3]);
  assert.deepEqual(guesses(next, tf.add(x, last) as tf.Tensor3D).dataSync(), guesses(next, x).dataSync());
  assert.throws(() => networkNamed("encoder_pretraining", { ...shape, guess: "next" }), /causal must be true/);
  assert.throws(() => guesses({ steps: 9 }, x), { name: "TypeError", message: /of shape \(9, 3\), current shape is/ });
});
