import { checkSameLength } from "@lib/core";
import {
  axisOf,
  type FigureText,
  INK,
  layoutOf,
  literal,
  panelTitle,
  scatter,
  seriesColour,
  seriesDash,
} from "./_style.ts";
import { type Figure, type FigureAttributes, figureNumbers } from "./figure.ts";

/** One curve of {@linkcode curves}. */
export interface Curve {
  name: string;
  x: ArrayLike<number>;
  /** Shape of `x`; a missing value is a gap. */
  y: ArrayLike<number>;
  /** `line` for what a formula says, `points` for what was measured. Default `line`. */
  marks?: "line" | "points";
  /** Curves of one colour belong together, such as a formula and its measurement. Default: the place in the list. */
  colour?: number;
}

/** Options of {@linkcode curves}. */
export interface CurvesOptions extends FigureText {
  /** What is on the horizontal axis, with its unit. */
  horizontal: string;
  /** What is on the vertical axis, with its unit. */
  vertical: string;
  /** Axes on which equal steps are equal factors. Default: none. */
  logarithmic?: readonly ("horizontal" | "vertical")[];
  /** A line across at this value, such as that of no effect. Default: none. */
  reference?: number;
}

/**
 * One number as a function of another: curves of formulas, and points of what was measured beside them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const figure = curves([
 *   { name: "expected", x: [1, 2, 3], y: [1, 4, 9] },
 *   { name: "measured", x: [2], y: [4.1], marks: "points", colour: 0 },
 * ], { horizontal: "trials", vertical: "Sharpe ratio", title: "The best of many" });
 * assert.deepEqual(figure.data.map((trace) => trace.mode), ["lines", "markers"]);
 * ```
 *
 * @throws {TypeError} If a curve has different numbers of x and y.
 */
export function curves(
  series: readonly Curve[],
  {
    horizontal,
    vertical,
    logarithmic = [],
    reference,
    title = `${vertical.charAt(0).toUpperCase()}${vertical.slice(1)} by ${horizontal}`,
    subtitle,
  }: CurvesOptions,
): Figure {
  const type = (axis: "horizontal" | "vertical"): FigureAttributes =>
    logarithmic.includes(axis) ? { type: "log", dtick: 1 } : {};
  return {
    data: series.map(({ name, x, y, marks = "line", colour }, place) => {
      checkSameLength("draw curves", { [`x of ${name}`]: x.length, [`y of ${name}`]: y.length });
      const own = seriesColour(colour ?? place);
      return scatter({
        x: figureNumbers(x),
        y: figureNumbers(y),
        ...(marks === "line"
          ? { mode: "lines", line: { color: own, width: 2.2, dash: seriesDash(colour ?? place) } }
          : { mode: "markers", marker: { color: own, size: 8 } }),
        name: literal(name),
        hovertemplate: `%{x:.4~g}: %{y:.4~g}`,
      });
    }),
    layout: layoutOf({ title, subtitle }, {
      height: 500,
      xaxis: axisOf(literal(horizontal), type("horizontal")),
      yaxis: axisOf("", type("vertical")),
      margin: { b: 70 },
      showlegend: series.length > 1,
      shapes: reference === undefined ? [] : [{
        type: "line",
        xref: "paper",
        x0: 0,
        x1: 1,
        y0: reference,
        y1: reference,
        layer: "below",
        line: { color: INK.soft, width: 1.4, dash: "dot" },
      }],
      annotations: [panelTitle(literal(vertical))],
    }),
  };
}
