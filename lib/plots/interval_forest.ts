import { axisOf, errorBars, type FigureText, INK, layoutOf, literal, scatter, seriesColour } from "./_style.ts";
import { type Figure, figureNumbers } from "./figure.ts";

/** One estimate to compare: a model, a study, a variant. */
export interface ForestRow {
  name: string;
  estimate: number;
  /** Lower end of the interval. NaN where there is none, together with `high`. */
  low: number;
  /** Upper end of it. */
  high: number;
  /** Rows of a group share a colour and a legend entry. Default: one group without a name. */
  group?: string;
}

/** Options of {@linkcode intervalForest}. */
export interface IntervalForestOptions extends FigureText {
  /** What is estimated, with its unit; names the axis. Default "estimate". */
  metric?: string;
  /** Where "no effect" lies; a line is drawn there. Default 0. */
  reference?: number;
  /** Decimals of the numbers at the right. Default 3. */
  digits?: number;
}

const NOTHING = { xref: "paper", yref: "paper", x: 0.5, y: 0.5, text: "no estimate has an interval", showarrow: false };

/**
 * Estimates one below the other, each with its interval as a line and in figures, against a line of no effect. The
 * order is the order given. Without any estimate the figure says so.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const figure = intervalForest([
 *   { name: "in sample", estimate: 0.62, low: 0.6, high: 0.64, group: "fitted rows" },
 *   { name: "out of sample", estimate: 0.01, low: -0.01, high: 0.03, group: "unseen rows" },
 * ], { metric: "information coefficient" });
 * assert.deepEqual(figure.data.map((trace) => trace.name), ["fitted rows", "unseen rows"]);
 * ```
 *
 * @throws {RangeError} If two rows share a name, an estimate is not finite, or lies outside its interval.
 */
export function intervalForest(
  rows: readonly ForestRow[],
  {
    metric = "estimate",
    reference = 0,
    digits = 3,
    title = `${metric.charAt(0).toUpperCase()}${metric.slice(1)}, compared`,
    subtitle,
  }: IntervalForestOptions = {},
): Figure {
  const action = "draw an interval forest";
  const names = new Set<string>();
  for (const { name, estimate, low, high } of rows) {
    if (names.has(name)) throw new RangeError(`Cannot ${action}: names must be distinct, current duplicate is ${name}`);
    names.add(name);
    if (!Number.isFinite(estimate) || estimate < low || estimate > high) {
      throw new RangeError(
        `Cannot ${action}: the estimate of ${name} must be finite and within its interval, ` +
          `current value is ${estimate} in ${low} to ${high}`,
      );
    }
  }
  const groups = [...new Set(rows.map(({ group = "" }) => group))];
  const data = groups.map((group, series) => {
    const members = rows.filter((row) => (row.group ?? "") === group);
    const estimate = members.map((row) => row.estimate);
    const colour = seriesColour(series);
    return scatter({
      x: figureNumbers(estimate),
      y: members.map((row) => literal(row.name)),
      error_x: errorBars(estimate, members.map((row) => row.low), members.map((row) => row.high), { color: colour }),
      mode: "markers",
      marker: { color: colour, size: 10 },
      name: literal(group),
      showlegend: groups.length > 1,
      hovertemplate: `%{y}: %{x:.${digits}f}<extra></extra>`,
    });
  });
  const figures = rows.map(({ estimate, low, high }) =>
    (estimate.toFixed(digits) + (Number.isFinite(low) ? ` [${low.toFixed(digits)}, ${high.toFixed(digits)}]` : ""))
      .replaceAll("-", "\u2212")
  );
  return {
    data,
    layout: layoutOf({ title, subtitle }, {
      height: 110 + 34 * rows.length,
      margin: { r: 40 + 8.2 * Math.max(0, ...figures.map((text) => text.length)) },
      xaxis: axisOf(literal(metric)),
      yaxis: rows.length === 0 ? axisOf("", { visible: false }) : axisOf("", {
        type: "category",
        categoryorder: "array",
        categoryarray: rows.map((row) => literal(row.name)),
        range: [rows.length - 0.5, -0.5],
        showgrid: false,
        ticks: "",
        dtick: 1,
      }),
      shapes: [{
        type: "line",
        x0: reference,
        x1: reference,
        yref: "paper",
        y0: 0,
        y1: 1,
        layer: "below",
        line: { color: INK.soft, width: 1.4, dash: "dot" },
      }],
      annotations: rows.length === 0 ? [NOTHING] : rows.map((row, index) => ({
        xref: "paper",
        x: 1,
        xshift: 14,
        xanchor: "left",
        y: literal(row.name),
        text: figures[index],
        showarrow: false,
      })),
    }),
  };
}
