import type { LossSpec } from "../network.ts";

/** What each kind of head learns by where nothing else is asked for, by names of the registry of losses. */
export const defaultLosses = {
  /** Quadratic near the truth and linear far from it: one wild day does not pull all weights. */
  forecast: { name: "huber" },
  event: { name: "binary_focal" },
  sign: { name: "multiclass_focal" },
  volatility: { name: "qlike" },
  reconstruction: { name: "mean_squared_error" },
} as const satisfies Record<string, LossSpec>;

/** One pinball loss for each level, summed. */
export function pinballOf(levels: readonly number[]): LossSpec {
  return { name: "pinball", options: { levels } };
}
