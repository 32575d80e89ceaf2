import {
  growTrees,
  LightgbmBooster,
  LightgbmDataset,
  type LightgbmFold,
  type LightgbmInterface,
  type LightgbmSettings,
  loadWasmLightgbm,
  trainFolds,
} from "./index.ts";

/** What the package promises, each as a check that throws where it is broken: the same in Deno, Node and browsers. */
export const behaviours: Readonly<Record<string, (module: WebAssembly.Module) => Promise<void>>> = {
  "training lowers the loss, twice with the same bytes": async (module) => {
    const texts = [await load(module), await load(module)].map((lightgbm) => {
      using data = new LightgbmDataset(lightgbm, sample(500));
      using booster = LightgbmBooster.onData(data, settings);
      const before = squaredError(booster.scores(), sample(500).target);
      for (let round = 0; round < 20; round++) booster.update();
      expect(squaredError(booster.scores(), sample(500).target) < before / 4, "20 rounds must learn the sample");
      return booster.text();
    });
    expect(texts[0] === texts[1], "two modules must grow the same trees");
  },

  "a weighted sample has a weighted mean": async (module) => {
    const features = { values: new Float32Array(40), rows: 40, columns: ["constant"] };
    const target = Float32Array.from({ length: 40 }, (_, row) => row % 2);
    const weight = target.map((value) => value === 1 ? 3 : 1);
    using data = new LightgbmDataset(await load(module), { features, target, weight });
    using booster = LightgbmBooster.onData(data, settings);
    booster.update();
    expectClose(booster.predict({ ...features, values: new Float32Array(1), rows: 1 })[0], 0.75, 1e-6);
  },

  "training stops by the rows to validate by": async (module) => {
    const lightgbm = await load(module);
    const { features, target } = sample(300);
    using train = new LightgbmDataset(lightgbm, { features, target });
    const opposite = { features, target: target.map((value) => -value) };
    using stop = new LightgbmDataset(lightgbm, opposite, { reference: train });
    using booster = LightgbmBooster.onData(train, settings, [stop]);
    expect(await growTrees(booster, { rounds: 50, earlyStoppingRounds: 4 }) === 1, "the first round must be the best");
    expect(booster.rounds === 5, "4 rounds more must have been tried");
  },

  "an objective of one's own does as LightGBM's": async (module) => {
    const lightgbm = await load(module);
    const { features, target } = sample(400);
    const forecasts = ["regression", "custom"].map((objective) => {
      using data = new LightgbmDataset(lightgbm, { features, target });
      using booster = LightgbmBooster.onData(data, { ...settings, objective, boost_from_average: false });
      for (let round = 0; round < 10; round++) {
        if (objective === "regression") booster.update();
        else booster.updateBy(booster.scores().map((score, row) => score - target[row]), new Float32Array(400).fill(1));
      }
      return booster.predict(features);
    });
    forecasts[0].forEach((value, row) => expectClose(forecasts[1][row], value, 1e-6));
  },

  "kinds are told apart in one split, missing values have a way of their own": async (module) => {
    const lightgbm = await load(module);
    const kinds = Float32Array.from({ length: 400 }, (_, row) => row % 4 === 3 ? NaN : row % 4);
    const target = kinds.map((kind) => Number.isNaN(kind) ? 5 : kind === 1 ? 1 : 0);
    const features = { values: kinds, rows: 400, columns: ["kind"] };
    using data = new LightgbmDataset(lightgbm, { features, target }, { categorical: ["kind"] });
    const parameters = {
      ...settings,
      num_leaves: 4,
      learning_rate: 0.5,
      min_data_per_group: 1,
      cat_smooth: 0,
      cat_l2: 0,
    };
    using booster = LightgbmBooster.onData(data, parameters);
    for (let round = 0; round < 40; round++) booster.update();
    const asked = { ...features, values: Float32Array.of(0, 1, 2, NaN), rows: 4 };
    [0, 1, 0, 5].forEach((value, row) => expectClose(booster.predict(asked)[row], value, 1e-4));
  },

  "contributions sum to the score": async (module) => {
    const { features, target } = sample(300);
    using data = new LightgbmDataset(await load(module), { features, target });
    using booster = LightgbmBooster.onData(data, settings);
    for (let round = 0; round < 15; round++) booster.update();
    const [raw, parts] = [
      booster.predict(features, { kind: "raw" }),
      booster.predict(features, { kind: "contributions" }),
    ];
    raw.forEach((score, row) => expectClose(parts.subarray(4 * row, 4 * row + 4).reduce((a, b) => a + b), score, 1e-9));
  },

  "a model's text is read in another module, which forecasts the same bits, a row at a time too": async (module) => {
    const { features, target } = sample(300);
    using data = new LightgbmDataset(await load(module), {
      features,
      target: target.map((value) => Number(value > 0)),
    });
    using booster = LightgbmBooster.onData(data, { ...settings, objective: "binary" });
    for (let round = 0; round < 15; round++) booster.update();
    using read = LightgbmBooster.fromText(await load(module), booster.text());
    const [before, after] = [booster.predict(features), read.predict(features)];
    using single = read.rowForecaster();
    before.forEach((value, row) => {
      expect(Object.is(value, after[row]), "forecasts must be the same bits");
      expect(Object.is(value, single.forecast(features.values.subarray(3 * row, 3 * row + 3))[0]), "of a row, too");
    });
  },

  "what LightGBM refuses is an exception, after which the module goes on": async (module) => {
    const lightgbm = await load(module);
    expectThrows(() => LightgbmBooster.fromText(lightgbm, "no model"), /number of classes/);
    const { features, target } = sample(50);
    using data = new LightgbmDataset(lightgbm, { features, target });
    expectThrows(() => LightgbmBooster.onData(data, { ...settings, objective: "tea leaves" }), /tea leaves/);
    expectThrows(() => LightgbmBooster.onData(data, { ...settings, num_leaves: -1 }), /num_leaves/);
    using booster = LightgbmBooster.onData(data, settings);
    expect(booster.update(), "the module must still train");
  },

  "where memory ends there is an exception, after which the module goes on": async (module) => {
    const lightgbm = await load(module);
    const { features, target } = sample(2000);
    const taken: number[] = [];
    for (let bytes = 2 ** 30; bytes >= 2 ** 10;) {
      try {
        taken.push(lightgbm.allocate(bytes));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        bytes /= 2;
      }
    }
    expectThrows(() => train(lightgbm, features, target), /memory|bad_alloc|alloc/);
    taken.forEach((address) => lightgbm.release(address));
    train(lightgbm, features, target);
  },

  "memory that is handed out belongs to one, and is joined again when it comes back": async (module) => {
    const lightgbm = await load(module);
    const draw = generator(7);
    const held = new Map<number, { bytes: number; mark: number }>();
    for (let turn = 0; turn < 3_000; turn++) {
      if (draw() < 0.02 || held.size < 50) {
        const bytes = Math.floor(2 ** (16 * (draw() + 0.5)));
        const address = lightgbm.allocate(bytes);
        expect(address % 16 === 0, "addresses must be aligned");
        lightgbm.view(address, bytes).fill(turn);
        held.set(address, { bytes, mark: turn % 256 });
      } else {
        const [address, { bytes, mark }] = [...held][Math.floor(held.size * (draw() + 0.5))];
        expect(lightgbm.view(address, bytes).every((byte) => byte === mark), "what was written must stay");
        lightgbm.release(address);
        held.delete(address);
      }
    }
    const { memoryBytes } = lightgbm;
    for (const address of held.keys()) lightgbm.release(address);
    lightgbm.release(lightgbm.allocate(memoryBytes * 0.8 - 5 * 2 ** 20)); // the module's stack has 4 MB of it
    expect(lightgbm.memoryBytes === memoryBytes, "what came back must be one block again");
  },

  "200 models leave no memory behind": async (module) => {
    const lightgbm = await load(module);
    const { features, target } = sample(2000);
    for (let model = 0; model < 20; model++) train(lightgbm, features, target);
    const before = lightgbm.memoryBytes;
    for (let model = 0; model < 200; model++) train(lightgbm, features, target);
    expect(
      lightgbm.memoryBytes === before,
      `memory must stay at ${before} bytes, current value is ${lightgbm.memoryBytes}`,
    );
  },

  "folds in workers are what one worker makes of them": async (module) => {
    const folds = [1, 2, 3, 4, 5].map((seed): LightgbmFold => {
      const rows = sample(200, seed);
      return { train: rows, stop: sample(100, seed + 9), parameters: settings, rounds: 8, forecast: rows.features };
    });
    const [alone, together] = [
      await trainFolds(module, folds, { workers: 1 }),
      await trainFolds(module, folds, { workers: 2 }),
    ];
    expect(alone.length === 5 && alone.every(({ rounds }) => rounds === 8), "there must be a model for each fold");
    alone.forEach(({ text, forecast }, fold) => {
      expect(text === together[fold].text, "trees must not depend on the number of workers");
      expect(forecast.every((value, row) => Object.is(value, together[fold].forecast[row])), "nor forecasts");
    });
    const broken = [folds[0], { ...folds[1], parameters: { objective: "tea leaves" } }];
    const failure = await trainFolds(module, broken).catch((error: Error) => error.message);
    expect(
      /Cannot train fold 1: .*tea leaves/.test(String(failure)),
      `the fold must be named, current message is ${failure}`,
    );
    const reason = new Error("no longer wanted");
    const controller = new AbortController();
    const progress = () => controller.abort(reason);
    const aborted = await trainFolds(module, folds, { workers: 1, signal: controller.signal, progress })
      .catch((error) => error);
    expect(aborted === reason, "an abort must be thrown with its reason");
  },
};

const settings: LightgbmSettings = {
  objective: "regression",
  num_leaves: 15,
  learning_rate: 0.2,
  min_data_in_leaf: 5,
  num_threads: 1,
  deterministic: true,
  force_col_wise: true,
  seed: 1,
  verbosity: -1,
};

function load(module: WebAssembly.Module) {
  return loadWasmLightgbm(module, { print: () => {} });
}

/** Numbers from -0.5 to 0.5 by a linear congruential generator, the same everywhere. */
function generator(seed: number): () => number {
  let state = seed;
  return () => (state = (1_103_515_245 * state + 12_345) % 2 ** 31) / 2 ** 31 - 0.5;
}

function sample(rows: number, seed = 1) {
  const draw = generator(seed);
  const values = Float32Array.from({ length: 3 * rows }, draw);
  const target = Float32Array.from(
    { length: rows },
    (_, row) => values[3 * row] + values[3 * row + 1] ** 2 + draw() / 9,
  );
  return { features: { values, rows, columns: ["first", "second", "third"] }, target };
}

function train(
  lightgbm: LightgbmInterface,
  features: ReturnType<typeof sample>["features"],
  target: Float32Array,
): void {
  using data = new LightgbmDataset(lightgbm, { features, target });
  using booster = LightgbmBooster.onData(data, settings);
  for (let round = 0; round < 3; round++) booster.update();
  booster.predict(features);
}

function squaredError(forecast: Float64Array, target: Float32Array): number {
  return forecast.reduce((sum, value, row) => sum + (value - target[row]) ** 2, 0) / forecast.length;
}

function expect(isSo: boolean, rule: string): asserts isSo {
  if (!isSo) throw new Error(rule);
}

function expectClose(value: number, wanted: number, tolerance: number): void {
  expect(
    Math.abs(value - wanted) <= tolerance,
    `a number must be ${wanted} within ${tolerance}, current value is ${value}`,
  );
}

function expectThrows(work: () => unknown, message: RegExp): void {
  let thrown: unknown;
  try {
    work();
  } catch (error) {
    thrown = error;
  }
  expect(thrown instanceof Error && !(thrown instanceof WebAssembly.RuntimeError), "an Error must be thrown");
  expect(message.test(thrown.message), `the message must match ${message}, current one is ${thrown.message}`);
}
