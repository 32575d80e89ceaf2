import { checkInteger } from "@lib/core";
import { axisOf, type FigureText, layoutOf, literal, SERIES_COLOURS } from "./_style.ts";
import { type Figure, figureNumbers } from "./figure.ts";

/** Importance of one feature. */
export interface FeatureImportance {
  feature: string;
  /** In the unit that the figure names; finite. */
  importance: number;
}

/** Options of {@linkcode featureImportance}. */
export interface FeatureImportanceOptions extends FigureText {
  /** How many features to show, from the most important down; the subtitle says how many there are. Default 20. */
  top?: number;
  /** What importance means here; names the axis. Default "importance". */
  measure?: string;
}

/**
 * Horizontal bars, the most important feature at the top; equal ones in order of name.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const rows = [{ feature: "rsi_14", importance: 1 }, { feature: "return_5", importance: 3 }];
 * assert.deepEqual(featureImportance(rows, { top: 1 }).data[0].y, ["return_5"]);
 * ```
 *
 * @throws {RangeError} If `top` is not an integer of at least 1, or an importance is not finite.
 */
export function featureImportance(
  rows: readonly FeatureImportance[],
  { top = 20, measure = "importance", title = "What the model leans on", subtitle }: FeatureImportanceOptions = {},
): Figure {
  const action = "draw feature importance";
  checkInteger(action, "top", top, { least: 1 });
  for (const { feature, importance } of rows) {
    if (!Number.isFinite(importance)) {
      throw new RangeError(
        `Cannot ${action}: every value must be finite, current value of ${feature} is ${importance}`,
      );
    }
  }
  const shown = rows
    .toSorted((a, b) => b.importance - a.importance || (a.feature < b.feature ? -1 : 1))
    .slice(0, top);
  return {
    data: [{
      type: "bar",
      orientation: "h",
      x: figureNumbers(shown.map(({ importance }) => importance)),
      y: shown.map(({ feature }) => literal(feature)),
      marker: { color: SERIES_COLOURS[0] },
      hovertemplate: "%{y}: %{x:.4~g}<extra></extra>",
    }],
    layout: layoutOf({ title, subtitle: subtitle ?? `The ${shown.length} most important of ${rows.length} features` }, {
      height: 90 + 24 * shown.length,
      xaxis: axisOf(literal(measure)),
      yaxis: axisOf("", { type: "category", autorange: "reversed", showgrid: false, ticks: "", dtick: 1 }),
      bargap: 0.3,
    }),
  };
}
