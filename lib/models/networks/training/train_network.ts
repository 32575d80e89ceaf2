import { seededRandom, shuffled } from "@lib/core";
import type { Network } from "../network.ts";
import { adamStart, adamW } from "./adam_w.ts";
import { readCheckpoint, type TrainingState, writeCheckpoint } from "./checkpoint.ts";
import { clipGradients, gradientNorm } from "./clip_gradients.ts";
import { dailyRankIc, type Epoch, spreadRatio, trainingFindings } from "./epoch_watch.ts";
import { type HeadScale, outcomeOf } from "./head_outcomes.ts";
import { learningRateShare, type Schedule } from "./learning_rate.ts";
import { forecastOf, networkAnswers } from "./network_answers.ts";
import { batchGradient, batchLoss, headLosses } from "./network_loss.ts";
import { batchOf, blocksOf, type PreparedRows, type WindowForm } from "./network_windows.ts";

/** Settings of a training, all of them part of what it comes to. */
export interface TrainingSettings {
  epochs: number;
  batchRows: number;
  learningRate: number;
  weightDecay: number;
  schedule: Schedule;
  clipNorm: number;
  patience: number;
}

/** What a training is of. */
export interface TrainingTask extends WindowForm {
  network: Network;
  scales: Readonly<Record<string, HeadScale>>;
  rows: PreparedRows;
  stop?: PreparedRows;
  seed: number;
}

/** How a training is watched, stopped and resumed; none of it changes what comes out. */
export interface TrainingWatch {
  /** File of the checkpoint, and what the training depends on. */
  checkpoint?: { path: string; key: string };
  onEpoch?: (epoch: Epoch) => void | Promise<void>;
  progress?: (done: number, planned: number) => void;
  signal?: AbortSignal;
}

/**
 * Trains until all rounds are done, or `patience` of them have not lowered the loss on the rows to stop by. After each
 * round the state is kept; a training that was killed goes on from there to the same weights.
 */
export async function trainNetwork(
  task: TrainingTask,
  settings: TrainingSettings,
  { checkpoint, onEpoch, progress, signal }: TrainingWatch,
): Promise<TrainingState> {
  const { network, seed, steps, scaler } = task;
  const fresh = network.initialise({ steps, features: scaler.columns.length }, seed);
  const names = Object.keys(fresh);
  let state = checkpoint && await readCheckpoint(checkpoint.path, { key: checkpoint.key, names }) ||
    { weights: fresh, adam: adamStart(fresh), epochs: [], best: { epoch: 0, weights: fresh } };
  while (state.epochs.length < settings.epochs && !isExhausted(state, settings.patience, task.stop !== undefined)) {
    state = await nextEpoch(task, settings, { state, signal });
    if (checkpoint) await writeCheckpoint(checkpoint.path, checkpoint.key, state);
    await onEpoch?.(state.epochs.at(-1)!);
    progress?.(state.epochs.length, settings.epochs);
  }
  return state;
}

function isExhausted({ epochs, best }: TrainingState, patience: number, hasStop: boolean): boolean {
  return hasStop && epochs.length - best.epoch >= patience;
}

async function nextEpoch(
  task: TrainingTask,
  settings: TrainingSettings,
  { state, signal }: { state: TrainingState; signal?: AbortSignal },
): Promise<TrainingState> {
  const { network, rows, seed } = task;
  const { batchRows, epochs: planned } = settings;
  const epoch = state.epochs.length + 1;
  const losses = headLosses(network);
  const count = rows.rows.features.rows;
  // Each round draws its own order and masks from the seed and its number: none remembers what came before.
  const order = shuffled(Array.from({ length: count }, (_, row) => row), seededRandom((seed + 7919 * epoch) % 2 ** 31));
  const batches = Math.ceil(count / batchRows);
  let { weights, adam } = state;
  let sum = 0;
  let gradientNorms: Record<string, number> = {};
  for (let place = 0; place < batches; place++) {
    signal?.throwIfAborted();
    const chosen = order.slice(place * batchRows, (place + 1) * batchRows);
    const batch = batchOf(rows, chosen, task);
    const step = (epoch - 1) * batches + place;
    const maskSeed = (seed + 104729 * step) % 2 ** 31;
    if (place === 0) {
      gradientNorms = Object.fromEntries(network.heads.map(({ name: head }) => {
        const { gradients } = batchGradient({ network, losses, weights }, batch, { seed: maskSeed, head });
        return [head, gradientNorm(gradients)];
      }));
    }
    const { loss, gradients } = batchGradient({ network, losses, weights }, batch, { seed: maskSeed });
    if (!Number.isFinite(loss) || !Number.isFinite(gradientNorm(gradients))) {
      throw new RangeError(
        `Cannot train ${network.name}: the loss must stay finite, current value is ${loss} in batch ${place + 1} of ` +
          `round ${epoch}; a lower learningRate or clipNorm may help`,
      );
    }
    sum += loss * chosen.length;
    const share = learningRateShare(step, { steps: planned * batches, schedule: settings.schedule });
    const { learningRate, weightDecay, clipNorm } = settings;
    ({ weights, state: adam } = adamW(weights, clipGradients(gradients, clipNorm), adam, {
      learningRate: learningRate * share,
      weightDecay,
    }));
    await new Promise((resolve) => setTimeout(resolve)); // lets progress be shown and aborts be heard
  }
  const watched = watchStop(task, { weights, batchRows });
  const about = { epoch, loss: sum / count, ...watched, gradientNorms };
  const told: Epoch = { ...about, findings: trainingFindings(about) };
  const epochs = [...state.epochs, told];
  const before = state.best.epoch === 0 ? Infinity : state.epochs[state.best.epoch - 1].stopLoss ?? Infinity;
  const isBetter = told.stopLoss === null || told.stopLoss < before;
  return { weights, adam, epochs, best: isBetter ? { epoch, weights } : state.best };
}

function watchStop(
  { network, scales, stop, steps, scaler }: TrainingTask,
  { weights, batchRows }: { weights: TrainingState["weights"]; batchRows: number },
): Pick<Epoch, "stopLoss" | "stopRankIc" | "spreadRatio"> {
  if (!stop) return { stopLoss: null, stopRankIc: null, spreadRatio: null };
  const losses = headLosses(network);
  const { rows } = stop;
  let sum = 0;
  for (const chosen of blocksOf(rows.features.rows, batchRows)) {
    sum += chosen.length * batchLoss({ network, losses, weights }, batchOf(stop, chosen, { steps, scaler }));
  }
  const stopLoss = sum / rows.features.rows;
  const head = network.heads.find(({ name }) => name === network.forecastHead)!;
  if (head.target === "window") return { stopLoss, stopRankIc: null, spreadRatio: null };
  const forecast = forecastOf(network, networkAnswers({ network, weights, scales, steps, scaler }, rows.features));
  const actual = outcomeOf(head, rows);
  const known = (value: number) => Number.isFinite(value) ? value : null;
  return {
    stopLoss,
    stopRankIc: known(dailyRankIc(forecast, actual, rows.day)),
    spreadRatio: known(spreadRatio(forecast, actual)),
  };
}
