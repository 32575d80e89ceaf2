import type { Panel } from "@lib/core";
import { lastOutcome, trailingMean } from "./known_outcomes.ts";

/** Options of {@linkcode withOutcomeBaselines}. */
export interface OutcomeBaselinesOptions {
  /** Column of outcomes of the coming `horizonDays` days. Default `actual`. */
  actual?: string;
  /** Days until an outcome is known. Default 1. */
  horizonDays?: number;
}

/**
 * Adds the baselines that need nothing but outcomes known at the close: `baseline_trailing_mean`,
 * `baseline_last_outcome` and `baseline_reversal` (the last outcome with its sign turned).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const columns = { actual: Float64Array.of(0.1, 0.2) };
 * const { panel, baselines } = withOutcomeBaselines(
 *   Panel.fromRows({ symbol: ["A", "A"], date: weekdays("2020-01-01", 2), columns }),
 * );
 * assert.equal(baselines.length, 3);
 * assert.equal(panel.column("baseline_reversal")[1], -0.1);
 * ```
 *
 * @returns The panel with the columns, and their names.
 */
export function withOutcomeBaselines(
  panel: Panel,
  options: OutcomeBaselinesOptions = {},
): { panel: Panel; baselines: string[] } {
  const last = lastOutcome(panel, options);
  const columns = {
    baseline_trailing_mean: trailingMean(panel, options),
    baseline_last_outcome: last,
    baseline_reversal: last.map((value) => -value),
  };
  return { panel: panel.with(columns), baselines: Object.keys(columns) };
}
