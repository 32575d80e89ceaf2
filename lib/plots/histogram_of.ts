import { checkInteger } from "@lib/core";
import { axisOf, faded, type FigureText, layoutOf, literal, panelTitle, seriesColour } from "./_style.ts";
import { type Figure, figureNumbers } from "./figure.ts";

/** Numbers whose distribution is shown. */
export interface HistogramSeries {
  name: string;
  values: ArrayLike<number>;
}

/** Options of {@linkcode histogramOf}. */
export interface HistogramOfOptions extends FigureText {
  /** What the numbers are, with their unit; names the axis. Default "value". */
  quantity?: string;
  /** Number of bins of equal width from the smallest value of all series to the largest. Default 60. */
  binCount?: number;
}

/**
 * Histograms of one or several series over common bins, as shares of each series, so that unequal numbers of rows can
 * be compared. All finite values are counted, none is clipped; missing ones are left out, and the subtitle says how many.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const figure = histogramOf([{ name: "forecast", values: [0, 1, 1, NaN] }], { binCount: 2 });
 * assert.deepEqual((figure.data[0].y as number[]).map((share) => share.toFixed(2)), ["0.33", "0.67"]);
 * ```
 *
 * @throws {RangeError} If `binCount` is not an integer of at least 1, or there is no finite value.
 */
export function histogramOf(
  series: readonly HistogramSeries[],
  { quantity = "value", binCount = 60, title = `Distribution of ${quantity}`, subtitle }: HistogramOfOptions = {},
): Figure {
  const action = "draw a histogram";
  checkInteger(action, "binCount", binCount, { least: 1 });
  let [smallest, largest] = [Infinity, -Infinity];
  for (const { values } of series) {
    for (let row = 0; row < values.length; row++) {
      if (!Number.isFinite(values[row])) continue;
      smallest = Math.min(smallest, values[row]);
      largest = Math.max(largest, values[row]);
    }
  }
  if (smallest > largest) {
    throw new RangeError(`Cannot ${action}: there must be at least one finite value, current number is 0`);
  }
  const binWidth = (largest - smallest) / binCount || 1; // one bin's worth of room where all values are equal
  const centres = Array.from({ length: binCount }, (_, bin) => smallest + (bin + 0.5) * binWidth);
  const counted = series.map(({ values }) => counts(values, smallest, binWidth, binCount));
  return {
    data: series.map(({ name }, index) => ({
      type: "bar",
      x: figureNumbers(centres),
      y: figureNumbers(counted[index].bins.map((count) => count / counted[index].known)),
      width: binWidth,
      marker: { color: faded(seriesColour(index), series.length > 1 ? 0.5 : 0.85), line: { width: 0 } },
      name: literal(name),
      showlegend: series.length > 1,
      hovertemplate: "%{x:.4~g}: %{y:.2%}",
    })),
    layout: layoutOf({
      title,
      subtitle: subtitle ?? series.map(({ name, values }, index) => {
        const { known } = counted[index];
        return `${name}: ${known} values` + (known < values.length ? `, ${values.length - known} missing` : "");
      }).join("; "),
    }, {
      height: 460,
      xaxis: axisOf(literal(quantity)),
      yaxis: axisOf("", { tickformat: ".1~%" }),
      barmode: "overlay",
      bargap: 0,
      annotations: [panelTitle("share of values")],
    }),
  };
}

function counts(values: ArrayLike<number>, smallest: number, binWidth: number, binCount: number) {
  const bins = new Array<number>(binCount).fill(0);
  let known = 0;
  for (let row = 0; row < values.length; row++) {
    if (!Number.isFinite(values[row])) continue;
    bins[Math.min(Math.floor((values[row] - smallest) / binWidth), binCount - 1)]++;
    known++;
  }
  return { bins, known };
}
