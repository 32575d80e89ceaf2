import type { NetworkSpec } from "./network.ts";

/** A network with the windows that it was meant for. */
export interface NetworkPreset extends NetworkSpec {
  /** Steps of a window. */
  readonly steps: number;
}

/** What most of them share: four heads, and normalisation behind each sum, as in the first Transformer. */
const original = { width: 128, blocks: 6, heads: 4, feedForward: 256, norm: "post" } as const;

/**
 * The sizes of the original system, as settings of our networks. They take hours on a few cores; the defaults of each
 * network are for those.
 *
 * Where the original normalises by batches, ours normalises by layers, which has as many trained numbers but keeps no
 * moving averages; there are as many of these as there are trained ones in its normalisations of heads.
 */
export const networkPresets = {
  /** The form of the paper that the original follows. */
  paper: {
    name: "lstm_transformer",
    options: { lstmUnits: 32, width: 64, blocks: 4, heads: 4, feedForward: 128, dropout: 0.2, norm: "post" },
    steps: 60,
  },
  original_single_task: {
    name: "lstm_transformer",
    options: { ...original, lstmUnits: 64, dropout: 0.3, hidden: [64, 32] },
    steps: 90,
  },
  original_multi_task: {
    name: "lstm_transformer_multi_task",
    options: {
      ...original,
      lstmUnits: 128,
      dropout: 0.25,
      shared: 128,
      sharedDropout: 0.2,
      magnitudeHidden: [64, 32],
      sideHidden: [32],
    },
    steps: 90,
  },
  /** Whether to buy: events count more than the rest, doubtful rows more than clear ones. */
  original_buy: {
    name: "lstm_transformer_classifier",
    options: {
      lstmUnits: 32,
      width: 48,
      blocks: 3,
      heads: 4,
      feedForward: 96,
      dropout: 0.35,
      norm: "post",
      loss: { name: "binary_focal", options: { focus: 2, positiveWeight: 0.75 } },
    },
    steps: 60,
  },
  /** Whether to sell: by plain cross-entropy. */
  original_sell: {
    name: "lstm_transformer_classifier",
    options: {
      lstmUnits: 32,
      width: 48,
      blocks: 3,
      heads: 4,
      feedForward: 96,
      dropout: 0.35,
      norm: "post",
      loss: { name: "binary_cross_entropy" },
    },
    steps: 60,
  },
  original_quantiles: {
    name: "lstm_transformer_quantiles",
    options: { ...original, lstmUnits: 64, blocks: 4, dropout: 0.2, hidden: [32] },
    steps: 60,
  },
} as const satisfies Record<string, NetworkPreset>;
