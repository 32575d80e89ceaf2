import { axisOf, errorBars, type FigureText, INK, layoutOf, literal, scatter, seriesColour } from "./_style.ts";
import { type Figure, figureNumbers } from "./figure.ts";

/** One number that was measured where something else says what it should be. */
export interface MeasuredPoint {
  name: string;
  expected: number;
  measured: number;
  /** Ends of the interval of what was measured. NaN where there is none. */
  low: number;
  high: number;
  /** Points of a group share a colour and a legend entry. Default: one group without a name. */
  group?: string;
}

/** Options of {@linkcode measuredAgainstExpected}. */
export interface MeasuredAgainstExpectedOptions extends FigureText {
  /** Name of the horizontal axis. Default "expected". */
  expectedTitle?: string;
  /** Name of the vertical axis. Default "measured". */
  measuredTitle?: string;
}

/**
 * What was measured against what was expected, each with its interval, beside the line on which both are the same.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const figure = measuredAgainstExpected([{ name: "ten names", expected: 0.5, measured: 0.48, low: 0.4, high: 0.55 }]);
 * assert.deepEqual([figure.data[0].x, figure.data[0].y], [[0.5], [0.48]]);
 * ```
 *
 * @throws {RangeError} If an expected or a measured number is not finite.
 */
export function measuredAgainstExpected(
  points: readonly MeasuredPoint[],
  {
    expectedTitle = "expected",
    measuredTitle = "measured",
    title = "Measured against expected",
    subtitle,
  }: MeasuredAgainstExpectedOptions = {},
): Figure {
  const odd = points.find(({ expected, measured }) => !Number.isFinite(expected) || !Number.isFinite(measured));
  if (odd !== undefined) {
    throw new RangeError(
      `Cannot draw what was measured: both numbers of ${odd.name} must be finite, current values are ${odd.expected} ` +
        `and ${odd.measured}`,
    );
  }
  const groups = [...new Set(points.map(({ group = "" }) => group))];
  const ends = points.flatMap(({ expected, measured, low, high }) => [expected, measured, low, high])
    .filter(Number.isFinite);
  const [least, most] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  return {
    data: groups.map((group, series) => {
      const members = points.filter((point) => (point.group ?? "") === group);
      const measured = members.map((point) => point.measured);
      const colour = seriesColour(series);
      return scatter({
        x: figureNumbers(members.map(({ expected }) => expected)),
        y: figureNumbers(measured),
        error_y: errorBars(measured, members.map(({ low }) => low), members.map(({ high }) => high), { color: colour }),
        text: members.map(({ name }) => literal(name)),
        mode: "markers",
        marker: { color: colour, size: 10 },
        name: literal(group),
        showlegend: groups.length > 1,
        hovertemplate: "%{text}: %{y:.3f}, expected %{x:.3f}<extra></extra>",
      });
    }),
    layout: layoutOf({ title, subtitle }, {
      margin: { b: groups.length > 1 ? 70 : 24 },
      xaxis: axisOf(literal(expectedTitle)),
      yaxis: axisOf(literal(measuredTitle)),
      shapes: [{
        type: "line",
        x0: least,
        x1: most,
        y0: least,
        y1: most,
        layer: "below",
        line: { color: INK.soft, width: 1.4, dash: "dot" },
      }],
    }),
  };
}
