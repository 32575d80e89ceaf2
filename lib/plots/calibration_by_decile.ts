import { checkSameLength } from "@lib/core";
import {
  axisOf,
  errorBars,
  type FigureText,
  layoutOf,
  levelLine,
  panelTitle,
  scatter,
  SERIES_COLOURS,
} from "./_style.ts";
import { type Figure, figureNumbers } from "./figure.ts";

/** Ten groups (or another number) of rows from the lowest forecasts to the highest; one element for each group. */
export interface ForecastDeciles {
  /** Mean forecast of the group, as a return fraction. Default: none is drawn, as for forecasts that are no returns. */
  forecastMean?: ArrayLike<number>;
  /** Mean realised return of the group, as a fraction. */
  realisedMean: ArrayLike<number>;
  /** Lower end of the interval of the realised mean. */
  realisedLow: ArrayLike<number>;
  /** Upper end of it. */
  realisedHigh: ArrayLike<number>;
}

/**
 * Mean realised return of each forecast group with its interval, beside the mean forecast of the group. Where forecasts
 * are calibrated the two coincide; where they merely rank, the realised points rise.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const figure = calibrationByDecile({
 *   forecastMean: [-0.001, 0.001],
 *   realisedMean: [-0.0002, 0.0004],
 *   realisedLow: [-0.0005, 0.0001],
 *   realisedHigh: [0.0001, 0.0007],
 * });
 * assert.deepEqual(figure.data[0].y, [-2, 4]);
 * ```
 *
 * @throws {TypeError} If the arrays differ in length.
 */
export function calibrationByDecile(deciles: ForecastDeciles, options: FigureText = {}): Figure {
  const { forecastMean, realisedMean, realisedLow, realisedHigh } = deciles;
  checkSameLength("draw calibration", {
    forecastMean: forecastMean?.length ?? realisedMean.length,
    realisedMean: realisedMean.length,
    realisedLow: realisedLow.length,
    realisedHigh: realisedHigh.length,
  });
  const group = GROUP_NAMES[realisedMean.length] ?? "group";
  const { title = `Realised return by ${group} of the forecast` } = options;
  const {
    subtitle = "Mean realised return with its interval, beside the mean forecast; basis points over the horizon",
  } = options;
  const groups = Array.from(realisedMean, (_, place) => `${place + 1}`);
  const [realised, forecast] = SERIES_COLOURS;
  const estimate = basisPoints(realisedMean);
  return {
    data: [
      scatter({
        x: groups,
        y: figureNumbers(estimate),
        error_y: errorBars(estimate, basisPoints(realisedLow), basisPoints(realisedHigh), { color: realised }),
        mode: "markers",
        marker: { color: realised, size: 10 },
        name: "realised, with interval",
        hovertemplate: `${group} %{x}: %{y:.1f} bp`,
      }),
      ...(forecastMean === undefined ? [] : [scatter({
        x: groups,
        y: figureNumbers(basisPoints(forecastMean)),
        mode: "lines+markers",
        line: { color: forecast, width: 1.4, dash: "dot" },
        marker: { color: "white", size: 8, symbol: "diamond", line: { color: forecast, width: 1.8 } },
        name: "forecast",
        hovertemplate: `${group} %{x}: %{y:.1f} bp`,
      })]),
    ],
    layout: layoutOf({ title, subtitle }, {
      xaxis: axisOf(`${group} of the forecast, lowest to highest`, { type: "category", showgrid: false }),
      yaxis: axisOf(""),
      shapes: [levelLine(0)],
      annotations: [panelTitle("return (bp)")],
    }),
  };
}

const GROUP_NAMES: Record<number, string> = { 3: "third", 4: "quarter", 5: "fifth", 10: "decile" };

function basisPoints(fractions: ArrayLike<number>): number[] {
  return Array.from(fractions, (fraction) => fraction * 1e4);
}
