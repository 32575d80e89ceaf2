import { join } from "node:path";
import { checkInteger, checkNumber, sha256, stableJson, tellCurvePoints } from "@lib/core";
import { fitScaler, type TrainingRows } from "@lib/dataset";
import { lossNamed } from "@lib/losses";
import { useBackend } from "@lib/tensorflow";
import { checkTrainingRows } from "../check_training_rows.ts";
import type { FitOptions } from "../forecaster.ts";
import { learntFrom } from "../learnt_from.ts";
import type { Network, NetworkSpec } from "./network.ts";
import { NetworkForecaster } from "./network_forecaster.ts";
import { networkNamed } from "./network_named.ts";
import type { Epoch } from "./training/epoch_watch.ts";
import { headOutcomes, headScales } from "./training/head_outcomes.ts";
import type { Schedule } from "./training/learning_rate.ts";
import { packWeights } from "./training/pack_numbers.ts";
import { type TrainingSettings, trainNetwork } from "./training/train_network.ts";

/** Options of {@linkcode fitNetwork}. */
export interface FitNetworkOptions extends FitOptions {
  /** The network, by name and options or made already, such as one with the encoder of another. */
  network: NetworkSpec | Network;
  /** Length of the windows, in rows of the symbol. Above 1 the rows must be gathered with `history`. Default 20. */
  steps?: number;
  /** Most rounds through the rows. Default 20. */
  epochs?: number;
  /** Rows of a batch. Default 256. */
  batchRows?: number;
  /** Default 0.001. */
  learningRate?: number;
  /** Share of each weight, times the learning rate, that a step takes away. Default 0.01. */
  weightDecay?: number;
  /** How the learning rate changes. Default: up over a twentieth of the steps, then down by a cosine. */
  schedule?: Schedule;
  /** Longest gradient; longer ones are shortened. Default 1. */
  clipNorm?: number;
  /** Rounds without a lower loss on the rows to stop by before it ends. Default 4. */
  patience?: number;
  /** A folder to keep the state in after each round, from which a training that was killed goes on. Default: none. */
  checkpoints?: string;
  /**
   * Called after each round with its curves and findings; also for rounds of a training that is resumed, from there. The
   * curves are told to `tellCurvePoints` besides, so that a pipeline shows them in MLflow while it trains.
   */
  onEpoch?: (epoch: Epoch) => void | Promise<void>;
}

/**
 * Trains a network on windows of rows, by AdamW, and keeps the weights of the best round on the rows to stop by.
 *
 * Features are standardised on the rows fitted on, held to 5 deviations, and missing ones 0; outcomes are scaled as the
 * heads ask and come back in their own unit. A row without the outcome of one head counts for the others. Everything
 * drawn comes from the seed: the same rows, settings, backend and machine give the same weights, in one go or resumed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const features = { values: Float32Array.of(-1, 1, -2, 2), rows: 4, columns: ["momentum_5"] };
 * const rows = { features, target: Float64Array.of(-2, 2, -4, 4), day: Int32Array.of(0, 1, 2, 3) };
 * using model = await fitNetwork(rows, {
 *   network: { name: "linear" },
 *   steps: 1,
 *   epochs: 200,
 *   learningRate: 0.05,
 *   weightDecay: 0,
 *   seed: 1,
 * });
 * assert.ok(Math.abs(model.predict(features)[1] - 2) < 0.05);
 * ```
 *
 * @throws {RangeError} If an option is out of range, the network or a loss is unknown, rows lack the outcome of a head, or
 * the loss does not stay finite.
 * @throws {TypeError} If shapes disagree, or there is no history for windows.
 */
export async function fitNetwork(rows: TrainingRows, options: FitNetworkOptions): Promise<NetworkForecaster> {
  const action = "fit a network";
  const { network: given, steps = 20, checkpoints, onEpoch, progress, signal, seed } = options;
  checkTrainingRows(action, rows, seed);
  checkInteger(action, "steps", steps, { least: 1 });
  const settings = checkSettings(action, options);
  const network = "forward" in given ? given : networkNamed(given.name, given.options);
  const { engine } = await useBackend();
  const scaler = fitScaler(rows.features);
  const scales = headScales(network, rows);
  const prepare = (part: TrainingRows["stop"]) => part && { rows: part, outcomes: headOutcomes(network, part, scales) };
  const learnt = learntFrom(rows, { usesStop: rows.stop !== undefined });
  const task = { network, steps, scaler, scales, rows: prepare(rows)!, stop: prepare(rows.stop), seed };
  const key = checkpoints && trainingKey(task, { settings, data: learnt.data, engine });
  const checkpoint = key ? { path: join(checkpoints, `${key}.json`), key } : undefined;
  const label = curvesLabel(network, { steps, settings, seed, data: learnt.data });
  const watched = async (epoch: Epoch) => {
    tellCurvePoints(epoch.epoch, curvesOf(label, epoch));
    await onEpoch?.(epoch);
  };
  const { best, epochs } = await trainNetwork(task, settings, { checkpoint, onEpoch: watched, progress, signal });
  const description = {
    model: "network",
    engine,
    features: [...rows.features.columns],
    options: { network: network.name, networkOptions: network.options, steps, ...settings },
    seed,
    rounds: best.epoch,
    losses: network.heads.map(({ loss }) => {
      const { name, options } = lossNamed(loss.name, loss.options);
      return { name, options };
    }),
    ...learnt,
  };
  return new NetworkForecaster(description, { network, weights: best.weights, scaler, scales, steps, epochs });
}

function checkSettings(action: string, options: FitNetworkOptions): TrainingSettings {
  const {
    epochs = 20,
    batchRows = 256,
    learningRate = 0.001,
    weightDecay = 0.01,
    schedule = { form: "cosine", warmUpShare: 0.05 },
    clipNorm = 1,
    patience = 4,
  } = options;
  for (const [name, value] of Object.entries({ epochs, batchRows, patience })) {
    checkInteger(action, name, value, { least: 1 });
  }
  checkNumber(action, "learningRate", learningRate, { least: 0, most: 10 });
  checkNumber(action, "weightDecay", weightDecay, { least: 0, most: 10 });
  checkNumber(action, "clipNorm", clipNorm, { least: 1e-9 });
  return { epochs, batchRows, learningRate, weightDecay, schedule, clipNorm, patience };
}

/** Tells one training from another: network and seed to be read, the rest as a hash. */
function curvesLabel(
  network: Network,
  about: { steps: number; settings: TrainingSettings; seed: number; data: string },
) {
  const rest = sha256(stableJson({ options: network.options, ...about })).slice(0, 6);
  return `${network.name}/seed ${about.seed}/${rest}`;
}

function curvesOf(label: string, epoch: Epoch): Record<string, number | null> {
  const { loss, stopLoss, stopRankIc, spreadRatio, gradientNorms } = epoch;
  const norms = Object.entries(gradientNorms).map(([head, norm]) => [`gradient norm of ${head}`, norm] as const);
  const told = Object.entries({ loss, "stop loss": stopLoss, "rank IC": stopRankIc, "spread ratio": spreadRatio });
  return Object.fromEntries([...told, ...norms].map(([name, value]) => [`${label}/${name}`, value]));
}

/** What the outcome of a training depends on, as a hash. */
function trainingKey(
  { network, steps, seed, scaler }: {
    network: Network;
    steps: number;
    seed: number;
    scaler: { columns: readonly string[] };
  },
  about: { settings: TrainingSettings; data: string; engine: string },
): string {
  const start = packWeights(network.initialise({ steps, features: scaler.columns.length }, seed));
  return sha256(stableJson({ ...about, name: network.name, options: network.options, steps, seed, start })).slice(
    0,
    32,
  );
}
