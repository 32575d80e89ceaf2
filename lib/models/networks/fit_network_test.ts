import assert from "node:assert/strict";
import { CURVES_FILE, normalRandom, Panel, readCurvePoints, seededRandom, weekdays } from "@lib/core";
import { type Dataset, gatherRows, joinRows, type TrainingRows, walkForward } from "@lib/dataset";
import { lossNames } from "@lib/losses";
import { loadForecaster } from "../load_forecaster.ts";
import { modelForecasts } from "../model_forecasts.ts";
import { walkForwardForecasts } from "../walk_forward_forecasts.ts";
import { fitNetwork, type FitNetworkOptions } from "./fit_network.ts";
import type { NetworkSpec } from "./network.ts";
import { networkNames } from "./network_named.ts";
import type { Epoch } from "./training/epoch_watch.ts";

Deno.env.set("LAB_TF_BACKEND", "cpu");

/** Three names whose return follows the mean of the signal of the last three days. */
function market(days = 160): Dataset {
  const normal = normalRandom(seededRandom(3));
  const dates = weekdays("2020-01-01", days);
  const columns: Record<string, Float64Array> = {};
  const rows = 3 * days;
  for (const name of ["signal", "noise"]) columns[name] = Float64Array.from({ length: rows }, normal);
  const index = {
    symbol: [..."ABC"].flatMap((symbol) => dates.map(() => symbol)),
    date: [...dates, ...dates, ...dates],
  };
  const outcome = (row: number) => {
    const past = [0, 1, 2].map((back) => row % days >= back ? columns.signal[row - back] : 0);
    return 0.01 * (past[0] + past[1] + past[2]) + 0.003 * normal();
  };
  const known = (value: (row: number) => number) =>
    Float64Array.from({ length: rows }, (_, row) => row % days === days - 1 ? NaN : value(row));
  const target = known(outcome);
  const targets = Panel.fromRows({
    ...index,
    columns: {
      target,
      target_event: target.map((value) => Number.isNaN(value) ? NaN : Number(value > 0)),
      target_sign: target.map((value) => Number.isNaN(value) ? NaN : value < -0.005 ? 0 : value > 0.005 ? 2 : 1),
      target_volatility: target.map((value) => Math.abs(value) + 0.001),
      ...Object.fromEntries([1, 5, 10, 20].map((ahead) => [`target_return_${ahead}`, target])),
    },
  });
  return joinRows({ features: Panel.fromRows({ ...index, columns }), targets }, {
    target: "target",
    horizonDays: 1,
    outcomes: targets.names.filter((name) => name !== "target"),
  });
}

const dataset = market();
const rowsOf = (from: number, to: number, of = dataset) =>
  Int32Array.from(of.features.dayOf.keys()).filter((row) =>
    of.features.dayOf[row] >= from && of.features.dayOf[row] < to
  );

/** The first days to fit on, later ones to stop by. */
function parts({ target = "target" } = {}): TrainingRows {
  const of = target === "target" ? dataset : { ...dataset, target: dataset.outcomes![target] };
  const part = (from: number, to: number) => gatherRows(of, rowsOf(from, to), { history: true });
  return { ...part(0, 100), stop: part(100, 130) };
}

const small = { lstmUnits: 4, width: 4, heads: 2, feedForward: 6, dropout: 0.1 };
const smallEncoder = { width: 4, heads: 2, feedForward: 6, dropout: 0.1 };
const networks: Record<string, { network: NetworkSpec; target?: string }> = {
  encoder_pretraining: {
    network: { name: "encoder_pretraining", options: { ...smallEncoder, steps: 4, features: 2 } },
  },
  encoder_regressor: { network: { name: "encoder_regressor", options: smallEncoder } },
  linear: { network: { name: "linear", options: { steps: 4 } } },
  lstm_transformer: { network: { name: "lstm_transformer", options: small } },
  lstm_transformer_classifier: {
    network: { name: "lstm_transformer_classifier", options: small },
    target: "target_event",
  },
  lstm_transformer_horizons: { network: { name: "lstm_transformer_horizons", options: small } },
  lstm_transformer_multi_task: { network: { name: "lstm_transformer_multi_task", options: { ...small, shared: 6 } } },
  lstm_transformer_quantiles: { network: { name: "lstm_transformer_quantiles", options: small } },
  lstm_transformer_volatility: {
    network: { name: "lstm_transformer_volatility", options: small },
    target: "target_volatility",
  },
};
const quick = { steps: 4, epochs: 2, batchRows: 100, seed: 5 } satisfies Partial<FitNetworkOptions>;

async function inFolder(work: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await work(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("fitNetwork() trains every network, and a process that knows its folder alone forecasts the same bits", () =>
  inFolder(async (folder) => {
    assert.deepEqual(Object.keys(networks), networkNames);
    const asked = gatherRows(dataset, rowsOf(130, 140), { history: true }).features;
    const told: Record<string, number[]> = {};
    for (const [name, { network, target }] of Object.entries(networks)) {
      using model = await fitNetwork(parts({ target }), { ...quick, network });
      assert.ok(model.description.losses!.every((loss) => lossNames.includes(loss.name)));
      const forecast = model.predict(asked);
      assert.ok(forecast.length === asked.rows && forecast.every(Number.isFinite), name);
      const shares = Object.values(model.featureImportance());
      assert.ok(Math.abs(shares.reduce((sum, share) => sum + share, 0) - 1) < 1e-6, name);
      await model.save(`${folder}/${name}`);
      told[name] = [...forecast];
    }
    const program = `
      import { loadForecaster } from "@lib/models";
      const { history, ...features } = JSON.parse(Deno.env.get("ASKED"));
      const whole = { ...history.all, values: Float32Array.from(history.all.values) };
      const asked = { ...features, values: Float32Array.from(features.values), history: { all: whole, at: history.at, first: history.first } };
      const told = {};
      for (const name of ${JSON.stringify(networkNames)}) {
        using model = await loadForecaster(\`${folder}/\${name}\`);
        told[name] = [...model.predict(asked)];
      }
      console.log(JSON.stringify(told));`;
    const plain = (matrix: typeof asked) => ({ ...matrix, values: [...matrix.values] });
    const { all, at, first } = asked.history!;
    const env = {
      ASKED: JSON.stringify({ ...plain(asked), history: { all: plain(all), at: [...at], first: [...first] } }),
      LAB_TF_BACKEND: "cpu",
    };
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--quiet", program],
      cwd: import.meta.dirname,
      env,
    }).output();
    assert.deepEqual(JSON.parse(new TextDecoder().decode(stdout) || "{}"), told, new TextDecoder().decode(stderr));
  }));

Deno.test("fitNetwork() finds what the last days say together, which no single row says", async () => {
  const options = { network: { name: "linear", options: { steps: 3 } }, epochs: 60, learningRate: 0.03, seed: 1 };
  using wide = await fitNetwork(parts(), { ...options, steps: 3 });
  using narrow = await fitNetwork(parts(), { ...options, network: { name: "linear" }, steps: 1 });
  const best = (model: typeof wide) => model.state.epochs[model.description.rounds - 1];
  assert.ok(best(wide).stopRankIc! > 0.9, `${best(wide).stopRankIc}`);
  assert.ok(best(narrow).stopRankIc! < 0.75);
  assert.ok(best(wide).stopLoss! < best(narrow).stopLoss!);
});

Deno.test("fitNetwork() goes on after it was cut off to the same weights, and leaves another training's checkpoint alone", () =>
  inFolder(async (folder) => {
    const options = { ...quick, network: networks.lstm_transformer.network, epochs: 4 };
    const rows = parts();
    using whole = await fitNetwork(rows, options);
    const rounds: number[] = [];
    const cut = fitNetwork(rows, {
      ...options,
      checkpoints: folder,
      onEpoch: ({ epoch }) => {
        rounds.push(epoch);
        if (epoch === 2) throw new Error("cut off");
      },
    });
    await assert.rejects(cut, /cut off/);
    const onEpoch = ({ epoch }: Epoch) => {
      rounds.push(epoch);
    };
    using other = await fitNetwork(rows, { ...options, seed: 6, epochs: 1, checkpoints: folder });
    using resumed = await fitNetwork(rows, { ...options, checkpoints: folder, onEpoch });
    assert.deepEqual(rounds, [1, 2, 3, 4]);
    assert.deepEqual(resumed.state.weights, whole.state.weights);
    assert.deepEqual(resumed.state.epochs, whole.state.epochs);
    assert.notDeepEqual(other.state.weights, whole.state.weights);
  }));

Deno.test("fitNetwork() tells its curves as they come, to whoever asked for them", () =>
  inFolder(async (folder) => {
    const path = `${folder}/curves.jsonl`;
    Deno.env.set(CURVES_FILE, path);
    const seen: number[] = [];
    const onEpoch = async () => {
      seen.push(readCurvePoints(await Deno.readTextFile(path)).length);
    };
    using model = await fitNetwork(parts(), {
      ...quick,
      network: networks.lstm_transformer_multi_task.network,
      onEpoch,
    })
      .finally(() => Deno.env.delete(CURVES_FILE));
    const points = readCurvePoints(await Deno.readTextFile(path));
    assert.deepEqual(seen, [7, 14]); // four curves, and the gradient of three heads
    const losses = points.filter(({ curve }) => /^lstm_transformer_multi_task.seed 5.[0-9a-f]{6}.loss$/.test(curve));
    assert.deepEqual(losses.map(({ value }) => value), model.state.epochs.map(({ loss }) => loss));
  }));

Deno.test("fitNetwork() stops when the rows to stop by are served no better, and keeps the best round", async () => {
  const options = { network: { name: "linear" }, steps: 1, epochs: 200, learningRate: 0.3, patience: 3, seed: 2 };
  using model = await fitNetwork(parts(), options);
  const { epochs } = model.state;
  const losses = epochs.map(({ stopLoss }) => stopLoss!);
  assert.ok(epochs.length < 200);
  assert.equal(model.description.rounds, epochs.length - 3);
  assert.equal(Math.min(...losses), losses[model.description.rounds - 1]);
});

Deno.test("fitNetwork() walks forward like any model, and refuses rows that it has seen", async () => {
  const folds = walkForward(dataset.features.dates, {
    firstTestDay: dataset.features.dates[120],
    refit: 20,
    horizonDays: 1,
    innerShare: 0.2,
  });
  const fit = (rows: TrainingRows, { seed }: { seed: number }) =>
    fitNetwork(rows, {
      network: { name: "linear", options: { steps: 3 } },
      steps: 3,
      epochs: 20,
      learningRate: 0.03,
      seed,
    });
  const walked = await walkForwardForecasts({ dataset, folds, models: { network: fit } }, { seed: 1, history: true });
  assert.equal(walked.forecasts.rows, 120);
  using model = await fit(parts(), { seed: 1 });
  assert.throws(() => modelForecasts({ model, dataset }, { history: true }), /current number is/);
  assert.equal(modelForecasts({ model, dataset }, { days: [131, 150], history: true }).names[0], "forecast_network");
});

Deno.test("fitNetwork() names a collapse and says it while it trains", async () => {
  const rows = parts();
  const told: string[] = [];
  using _model = await fitNetwork({ ...rows, target: rows.target.map((_, row) => row % 2 ? 1e-9 : -1e-9) }, {
    network: { name: "linear" },
    steps: 1,
    epochs: 1,
    learningRate: 1e-6,
    seed: 1,
    onEpoch: ({ findings }) => {
      told.push(...findings);
    },
  });
  assert.match(told.join(), /^collapse: forecasts vary by .* of the outcomes, below 0.005/);
});

Deno.test("fitNetwork() refuses what it cannot train on", async () => {
  const rows = parts();
  const refuses = async (options: Partial<FitNetworkOptions>, message: RegExp, own: TrainingRows = rows) =>
    await assert.rejects(fitNetwork(own, { ...quick, network: { name: "linear" }, ...options }), { message });
  await refuses({ network: { name: "oracle" } }, /name must be one of/);
  await refuses({ epochs: 0 }, /epochs must/);
  await refuses(
    { network: { name: "linear", options: { loss: { name: "pinball" }, steps: 4 } } },
    /must have the 3 outputs/,
  );
  const { history: _, ...bare } = rows.features;
  await refuses({}, /history/, { ...rows, features: bare });
  const network = networks.lstm_transformer_multi_task.network;
  await refuses({ network }, /must have the outcome target_volatility of its head volatility/, {
    ...rows,
    outcomes: undefined,
  });
});

Deno.test("loadForecaster() refuses a network whose numbers are damaged", () =>
  inFolder(async (folder) => {
    using model = await fitNetwork(parts(), {
      ...quick,
      epochs: 1,
      network: { name: "linear", options: { steps: 4 } },
    });
    await model.save(folder);
    const text = await Deno.readTextFile(`${folder}/network.json`);
    await Deno.writeTextFile(`${folder}/network.json`, text.slice(0, -5));
    await assert.rejects(loadForecaster(folder), /must have the SHA-256 of its manifest/);
  }));
