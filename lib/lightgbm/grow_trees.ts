import type { LightgbmBooster } from "./lightgbm_booster.ts";

/** First and second derivative of each row's loss by its score. */
export interface LightgbmDerivatives {
  /** Shape (outputs, rows). */
  readonly gradient: ArrayLike<number>;
  /** Shape (outputs, rows); above 0 where a row shall count. */
  readonly hessian: ArrayLike<number>;
}

/** Options of {@linkcode growTrees}. */
export interface GrowTreesOptions {
  /** Rounds, at most. Default 100. */
  rounds?: number;
  /** Derivatives of a loss of our own at the scores of the training rows, shape (outputs, rows). Default: LightGBM's. */
  derivatives?: (scores: Float64Array<ArrayBuffer>) => LightgbmDerivatives;
  /** Stop when the loss has not fallen for so many rounds. Default: grow all. */
  earlyStoppingRounds?: number;
  /** What is to fall. Default: the first metric on the first rows to validate by, negated if it is to be large. */
  loss?: () => number;
  /** Called after each round with the number done and the number planned. */
  progress?: (done: number, planned: number) => void;
  /** Aborts between two rounds. */
  signal?: AbortSignal;
  /** Waited for after each round, so that something else can run. Default: nothing. */
  pause?: () => Promise<unknown>;
}

/** Sums on one thread and on two, by one engine and the other, differ by some 1e-16: less than this share is no gain. */
const leastImprovement = 1e-10;

/**
 * Grows trees until all are grown, none is worth growing, or the loss no longer falls.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { LightgbmBooster, LightgbmDataset, nativeLightgbm } from "@lib/lightgbm";
 * const target = Float32Array.from({ length: 100 }, (_, row) => row < 50 ? -1 : 1);
 * const features = { values: Float32Array.from(target.keys()), rows: 100, columns: ["rank"] };
 * using train = new LightgbmDataset(nativeLightgbm(), { features, target });
 * using stop = new LightgbmDataset(nativeLightgbm(), { features, target: target.map((value) => -value) }, {
 *   reference: train,
 * });
 * using model = LightgbmBooster.onData(train, { verbosity: -1 }, [stop]);
 * assert.equal(await growTrees(model, { earlyStoppingRounds: 3 }), 1);
 * assert.equal(model.rounds, 4);
 * ```
 *
 * @returns Rounds to keep: with early stopping those up to the best, else all.
 * @throws {RangeError} If there is no loss to stop by.
 * @throws The signal's reason, if it aborts.
 */
export async function growTrees(booster: LightgbmBooster, options: GrowTreesOptions = {}): Promise<number> {
  const { rounds = 100, derivatives, earlyStoppingRounds, progress, signal, pause } = options;
  const loss = earlyStoppingRounds === undefined ? undefined : options.loss ?? firstMetric(booster);
  let best = { loss: Infinity, rounds: 0 };
  for (let round = 1; round <= rounds; round++) {
    signal?.throwIfAborted();
    const grown = derivatives ? updateBy(booster, derivatives) : booster.update();
    if (loss) {
      const current = loss();
      if (best.rounds === 0 || current < best.loss - leastImprovement * Math.abs(best.loss)) {
        best = { loss: current, rounds: booster.rounds };
      }
    }
    progress?.(round, rounds);
    if (!grown || (loss && round - best.rounds >= earlyStoppingRounds!)) break;
    await pause?.();
  }
  return loss ? best.rounds : booster.rounds;
}

function updateBy(booster: LightgbmBooster, derivatives: NonNullable<GrowTreesOptions["derivatives"]>): boolean {
  const { gradient, hessian } = derivatives(booster.scores());
  return booster.updateBy(gradient, hessian);
}

const largerIsBetter = /^(auc|auc_mu|average_precision|ndcg|map)(@|$)/;

function firstMetric(booster: LightgbmBooster): () => number {
  const [name] = booster.metricNames();
  if (name === undefined) {
    throw new RangeError("Cannot stop early: there must be a metric or a loss of one's own, current number is 0");
  }
  const sign = largerIsBetter.test(name) ? -1 : 1;
  return () => sign * booster.evaluate()[0];
}
