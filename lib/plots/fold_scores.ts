import { checkSameLength } from "@lib/core";
import {
  axisOf,
  errorBars,
  type FigureText,
  INK,
  layoutOf,
  levelLine,
  literal,
  panelTitle,
  scatter,
  SERIES_COLOURS,
} from "./_style.ts";
import { type Figure, figureNumbers } from "./figure.ts";

/** Scores of one model, fold by fold; all arrays run side by side with `folds`. */
export interface FoldScores {
  /** Labels of the folds in time order, for example test years. */
  folds: readonly string[];
  /** As in the legend. */
  name: string;
  score: ArrayLike<number>;
  /** Lower end of each score's interval, NaN where there is none. */
  low: ArrayLike<number>;
  /** Upper end of it. */
  high: ArrayLike<number>;
  /** What the model has to beat, on the same folds. Default: none. */
  baselines?: readonly { name: string; score: ArrayLike<number> }[];
}

/** Options of {@linkcode foldScores}. */
export interface FoldScoresOptions extends FigureText {
  /** What the score is, with its unit; names the axis. Default "score". */
  metric?: string;
}

const BASELINE_SYMBOLS = ["diamond-open", "x-thin-open", "triangle-up-open", "square-open", "cross-thin-open"];

/**
 * The score of each fold with its interval, and beside it the baselines as open marks.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const figure = foldScores({
 *   folds: ["2010", "2011"],
 *   name: "ridge",
 *   score: [0.02, 0.01],
 *   low: [0.01, -0.01],
 *   high: [0.03, 0.03],
 *   baselines: [{ name: "momentum", score: [0.005, 0.008] }],
 * }, { metric: "rank IC" });
 * assert.deepEqual(figure.data.map((trace) => trace.name), ["ridge, with interval", "momentum"]);
 * ```
 *
 * @throws {TypeError} If an array is not as long as `folds`.
 */
export function foldScores(
  { folds, name, score, low, high, baselines = [] }: FoldScores,
  { metric = "score", title = `${metric} by fold`, subtitle = "" }: FoldScoresOptions = {},
): Figure {
  checkSameLength("draw fold scores", {
    folds: folds.length,
    score: score.length,
    low: low.length,
    high: high.length,
    ...Object.fromEntries(baselines.map((baseline) => [`baseline ${baseline.name}`, baseline.score.length])),
  });
  const [colour] = SERIES_COLOURS;
  const places = folds.map((_, fold) => fold);
  const step = 0.5 / (baselines.length + 1); // models of a fold stand side by side, none hides another
  const beside = (series: number) => places.map((place) => place + step * (series - baselines.length / 2));
  return {
    data: [
      scatter({
        x: beside(0),
        y: figureNumbers(score),
        error_y: errorBars(score, low, high, { color: colour }),
        mode: "markers",
        marker: { color: colour, size: 11 },
        name: `${literal(name)}, with interval`,
        hovertemplate: "%{y:.4f}",
      }),
      ...baselines.map((baseline, i) =>
        scatter({
          x: beside(i + 1),
          y: figureNumbers(baseline.score),
          mode: "markers",
          marker: {
            color: INK.soft,
            size: 10,
            symbol: BASELINE_SYMBOLS[i % BASELINE_SYMBOLS.length],
            line: { color: INK.soft, width: 2 },
          },
          name: literal(baseline.name),
          hovertemplate: "%{y:.4f}",
        })
      ),
    ],
    layout: layoutOf({ title, subtitle }, {
      height: 460,
      xaxis: axisOf("", {
        tickvals: places,
        ticktext: folds.map(literal),
        range: [-0.5, folds.length - 0.5],
        showgrid: false,
        showline: true,
      }),
      yaxis: axisOf(""),
      shapes: [levelLine(0)],
      annotations: [panelTitle(literal(metric))],
    }),
  };
}
