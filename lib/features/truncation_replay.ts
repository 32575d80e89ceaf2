import type { Panel } from "@lib/core";
import { buildFeatures } from "./build_features.ts";
import type { Feature } from "./feature.ts";

/** Options of {@linkcode truncationReplay}. */
export interface TruncationReplayOptions {
  /** Trading days (ISO) after which the panel is cut off. */
  cuts: readonly string[];
}

/** A value that changed when the future was taken away. */
export interface TruncationViolation {
  feature: string;
  symbol: string;
  /** Last day left in the panel. */
  cut: string;
  /** Day of the first value that changed. */
  date: string;
  /** Value computed from the whole panel. */
  before: number;
  /** Value computed from the panel up to `cut`. */
  after: number;
}

/**
 * Proves that features do not look ahead: cuts the panel at a day, computes again, and compares every value up to that
 * day, bit for bit (NaN equals NaN, 0 differs from -0).
 *
 * A feature that passes at a cut cannot have used, at any day up to it, anything that came after it. Cut where there is
 * something to see: in the middle of the history, and a day or two before its end.
 *
 * @example A feature that peeks at tomorrow
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { defineFeature, featuresNamed } from "@lib/features";
 * const market = Panel.fromRows({
 *   symbol: ["A", "A", "A"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-06"],
 *   columns: { index: Float64Array.of(1, 1.5, 1.2) },
 * });
 * const [honest] = featuresNamed(["momentum_1"]);
 * const peeking = defineFeature({
 *   ...honest,
 *   name: "peeking",
 *   needs: ["index"],
 *   compute: ({ index }) => index.map((_, day) => index[day + 1] ?? NaN),
 * });
 * const violations = truncationReplay(market, [honest, peeking], { cuts: ["2020-01-03"] });
 * assert.deepEqual(violations, [
 *   { feature: "peeking", symbol: "A", cut: "2020-01-03", date: "2020-01-03", before: 1.2, after: NaN },
 * ]);
 * ```
 *
 * @param panel Market columns. Features whose columns it lacks are left out.
 * @param features What to replay.
 * @returns The earliest violation of each feature, cut and symbol; empty if nothing looks ahead.
 * @throws {RangeError} If a cut is no trading day of the panel.
 */
export function truncationReplay(
  panel: Panel,
  features: readonly Feature[],
  { cuts }: TruncationReplayOptions,
): TruncationViolation[] {
  const whole = buildFeatures(panel, { features }).panel;
  const violations: TruncationViolation[] = [];
  for (const cut of cuts) {
    const lastDay = panel.dates.indexOf(cut);
    if (lastDay < 0) {
      throw new RangeError(
        `Cannot replay features: each cut must be a trading day of the panel, current value is ${cut}`,
      );
    }
    const kept = Int32Array.from(panel.dayOf.keys()).filter((row) => panel.dayOf[row] <= lastDay);
    const replayed = buildFeatures(panel.select((row) => panel.dayOf[row] <= lastDay), { features }).panel;
    for (const feature of whole.names) {
      const [before, after] = [whole.column(feature), replayed.column(feature)];
      let reported = -1;
      kept.forEach((row, position) => {
        if (Object.is(before[row], after[position]) || panel.symbolOf[row] === reported) return;
        reported = panel.symbolOf[row];
        violations.push({ feature, ...panel.key(row), cut, before: before[row], after: after[position] });
      });
    }
  }
  return violations;
}
