import { stableJson, writeAtomically } from "@lib/core";
import type { Weights } from "../network.ts";
import type { AdamState } from "./adam_w.ts";
import type { Epoch } from "./epoch_watch.ts";
import { packAll, type PackedWeights, packWeights, unpackAll, unpackWeights } from "./pack_numbers.ts";

/** A training between two rounds: all that it takes to go on as if nothing had happened. */
export interface TrainingState {
  readonly weights: Weights;
  readonly adam: AdamState;
  readonly epochs: readonly Epoch[];
  /** Weights of the best round so far and its place, from 1; 0 before any. */
  readonly best: { readonly epoch: number; readonly weights: Weights };
}

interface SavedState {
  format: 1;
  key: string;
  weights: PackedWeights;
  adam: { step: number; first: Record<string, string>; second: Record<string, string> };
  epochs: Epoch[];
  best: { epoch: number; weights: PackedWeights };
}

/** Keeps a state, in the place of the one before. */
export async function writeCheckpoint(path: string, key: string, { weights, adam, epochs, best }: TrainingState) {
  const saved: SavedState = {
    format: 1,
    key,
    weights: packWeights(weights),
    adam: { step: adam.step, first: packAll(adam.first), second: packAll(adam.second) },
    epochs: [...epochs],
    best: { epoch: best.epoch, weights: packWeights(best.weights) },
  };
  await writeAtomically(path, stableJson(saved));
}

/**
 * The state that was kept for the same training; undefined where there is none, or one of other rows or settings.
 *
 * @param key What the training depends on.
 * @param names Of the weights, in their order: sums over them are rounded in it.
 * @throws {SyntaxError} If the file is no checkpoint.
 */
export async function readCheckpoint(
  path: string,
  { key, names }: { key: string; names: readonly string[] },
): Promise<TrainingState | undefined> {
  const text = await Deno.readTextFile(path).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  try {
    const saved: SavedState = JSON.parse(text);
    if (saved.key !== key) return undefined;
    const { step, first, second } = saved.adam;
    return {
      weights: unpackWeights(ordered(saved.weights, names)),
      adam: { step, first: unpackAll(ordered(first, names)), second: unpackAll(ordered(second, names)) },
      epochs: saved.epochs,
      best: { epoch: saved.best.epoch, weights: unpackWeights(ordered(saved.best.weights, names)) },
    };
  } catch (cause) {
    throw new SyntaxError(
      `Cannot resume a training: ${path} must be a checkpoint, it cannot be read; remove it to begin anew`,
      { cause },
    );
  }
}

function ordered<Value>(record: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}
