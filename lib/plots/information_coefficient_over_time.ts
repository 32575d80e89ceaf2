import { checkInteger, checkSameLength, rollingMean, rollingStandardDeviation } from "@lib/core";
import {
  axisOf,
  dateAxisOf,
  faded,
  type FigureText,
  INK,
  layoutOf,
  levelLine,
  panelTitle,
  scatter,
  SERIES_COLOURS,
} from "./_style.ts";
import { type Figure, type FigureAttributes, figureNumbers } from "./figure.ts";

/** A number with its interval. */
export interface IntervalEstimate {
  estimate: number;
  low: number;
  high: number;
}

/** What {@linkcode informationCoefficientOverTime} draws. */
export interface InformationCoefficientSeries {
  /** Days on which a forecast was made, rising, ISO. */
  dates: readonly string[];
  /** Information coefficient of each day, NaN where it is not defined. */
  daily: ArrayLike<number>;
  /** The mean over all days with its interval, as the judge gave it. */
  overall: IntervalEstimate;
}

/** Options of {@linkcode informationCoefficientOverTime}. */
export interface InformationCoefficientOverTimeOptions extends FigureText {
  /** Length of the rolling mean in days with a coefficient, at least 2. Default 252. */
  windowDays?: number;
  /** Days each forecast looks ahead: neighbouring coefficients share all but one of them. Default 1. */
  horizonDays?: number;
}

/**
 * Above, the rolling mean of the daily information coefficient with a band, and the overall mean with its interval;
 * below, every single day on its own, much wider, scale.
 *
 * The band is the rolling mean ±1.96 standard errors. Forecasts over `horizonDays` overlap, so the standard error is
 * that of independent days times the square root of the horizon: exact where autocorrelation falls in a straight line
 * to 0 at the horizon, as overlapping sums of independent returns do. It is a guide for the eye; the interval of the
 * overall mean comes from the judge. Days without a coefficient are left out of the windows;
 * with fewer of them than one window there is no rolling mean.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const figure = informationCoefficientOverTime({
 *   dates: ["2020-01-02", "2020-01-03", "2020-01-06"],
 *   daily: [0.02, 0.04, 0.06],
 *   overall: { estimate: 0.04, low: 0.01, high: 0.07 },
 * }, { windowDays: 2 });
 * const rolling = figure.data.find((trace) => trace.name === "mean of 2 days");
 * assert.deepEqual((rolling?.y as number[]).map((value) => value.toFixed(2)), ["0.03", "0.05"]);
 * ```
 *
 * @throws {TypeError} If dates and coefficients differ in length.
 * @throws {RangeError} If `windowDays` is not an integer of at least 2, or `horizonDays` not one of at least 1.
 */
export function informationCoefficientOverTime(
  { dates, daily, overall }: InformationCoefficientSeries,
  options: InformationCoefficientOverTimeOptions = {},
): Figure {
  const action = "draw the information coefficient over time";
  const { windowDays = 252, horizonDays = 1, title = "Information coefficient over time" } = options;
  checkSameLength(action, { dates: dates.length, daily: daily.length });
  checkInteger(action, "windowDays", windowDays, { least: 2 });
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  const known = Array.from(daily, (_, day) => day).filter((day) => Number.isFinite(daily[day]));
  const knownDates = known.map((day) => dates[day]);
  const values = Float64Array.from(known, (day) => daily[day]);
  const mean = rollingMean(values, { windowDays });
  const deviation = rollingStandardDeviation(values, { windowDays });
  const halfWidth = deviation.map((value) => 1.96 * value * Math.sqrt(horizonDays / windowDays));
  const { subtitle = describe(overall, values.length, dates.length - values.length) } = options;
  const [blue, orange] = SERIES_COLOURS;
  const start = mean.findIndex(Number.isFinite);
  const banded = start < 0 ? [] : known.map((_, row) => row).slice(start);
  const rolling = banded.length === 0 ? [] : [
    scatter({
      ...ribbon(
        banded.map((row) => knownDates[row]),
        banded.map((row) => mean[row] - halfWidth[row]),
        banded.map((row) => mean[row] + halfWidth[row]),
      ),
      fillcolor: faded(blue, 0.16),
      name: "±1.96 standard errors",
    }),
    scatter({
      x: banded.map((row) => knownDates[row]),
      y: figureNumbers(banded.map((row) => mean[row])),
      mode: "lines",
      line: { color: blue, width: 2 },
      name: `mean of ${windowDays} days`,
      hovertemplate: "%{x|%Y-%m-%d}: %{y:.4f}",
    }),
  ];
  return {
    data: [
      ...rolling,
      scatter({
        ...ribbon([dates[0], dates[dates.length - 1]], [overall.low, overall.low], [overall.high, overall.high]),
        fillcolor: faded(orange, 0.2),
        name: "interval of the overall mean",
      }),
      scatter({
        x: [dates[0], dates[dates.length - 1]],
        y: figureNumbers([overall.estimate, overall.estimate]),
        mode: "lines",
        line: { color: orange, width: 2, dash: "dash" },
        name: "overall mean",
        hovertemplate: "%{y:.4f}",
      }),
      ...(known.length === 0 ? [] : [scatter({
        x: knownDates,
        y: figureNumbers(values),
        yaxis: "y2",
        mode: "markers",
        marker: { color: INK.soft, size: 2.5, opacity: 0.6 },
        name: "one day (lower panel)",
        hovertemplate: "%{x|%Y-%m-%d}: %{y:.3f}",
      })]),
    ],
    layout: layoutOf({ title, subtitle }, {
      height: 580,
      xaxis: dateAxisOf({ anchor: "y2", range: [dates[0], dates[dates.length - 1]] }),
      yaxis: axisOf("", { domain: [0.4, 1] }),
      yaxis2: axisOf("", { domain: [0, 0.32], nticks: 5 }),
      shapes: [levelLine(0), levelLine(0, { yref: "y2" })],
      annotations: [panelTitle("rolling mean"), panelTitle("single days", "y2")],
    }),
  };
}

/** A filled band between two lines over the same days. */
function ribbon(dates: readonly string[], low: readonly number[], high: readonly number[]): FigureAttributes {
  return {
    x: [...dates, ...dates.toReversed()],
    y: figureNumbers([...low, ...high.toReversed()]),
    mode: "lines",
    line: { width: 0 },
    fill: "toself",
    hoverinfo: "skip",
  };
}

function describe({ estimate, low, high }: IntervalEstimate, known: number, missing: number): string {
  const days = missing === 1 ? "1 day without a coefficient is" : `${missing} days without a coefficient are`;
  const left = missing > 0 ? `; ${days} left out` : "";
  const interval = Number.isFinite(low) ? `interval ${low.toFixed(4)} to ${high.toFixed(4)}` : "no interval";
  const mean = Number.isFinite(estimate) ? `Overall mean ${estimate.toFixed(4)}, ${interval}` : "No overall mean";
  return `${mean}, ${known} days${left}`;
}
