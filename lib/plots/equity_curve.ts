import { checkNumber, checkSameLength } from "@lib/core";
import {
  axisOf,
  dateAxisOf,
  faded,
  type FigureText,
  layoutOf,
  levelLine,
  literal,
  panelTitle,
  scatter,
} from "./_style.ts";
import { seriesColour, seriesDash } from "./_style.ts";
import { type Figure, figureNumbers } from "./figure.ts";

/** One book as {@linkcode equityCurve} draws it. */
export interface EquityBook {
  /** As in the legend, without the cost level. */
  name: string;
  /** Cost already taken off the returns, in basis points a side; shown in the legend, not applied. */
  costBps: number;
  /** Trading days in rising order, ISO. */
  dates: readonly string[];
  /** Simple returns of those days as fractions, all finite and above -1. */
  dailyReturns: ArrayLike<number>;
}

/** Options of {@linkcode equityCurve}. */
export interface EquityCurveOptions extends FigureText {
  /** "log": equal slopes are equal growth. "linear": equal heights are equal money. Default "log". */
  scale?: "log" | "linear";
}

/**
 * Wealth of one unit in each book, compounded daily, over the drawdown from the highest wealth so far.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const figure = equityCurve([{ name: "book", costBps: 5, dates: ["2020-01-02", "2020-01-03"], dailyReturns: [0.5, -0.2] }]);
 * const [wealth, drawdown] = figure.data;
 * assert.equal(wealth.name, "book, 5 bp");
 * assert.deepEqual((wealth.y as number[]).map((value) => value.toFixed(2)), ["1.50", "1.20"]);
 * assert.equal((drawdown.y as number[])[1].toFixed(2), "-0.20");
 * ```
 *
 * @throws {TypeError} If dates and returns of a book differ in length.
 * @throws {RangeError} If there is no book, or a return is not a finite number above -1.
 */
export function equityCurve(books: readonly EquityBook[], options: EquityCurveOptions = {}): Figure {
  const action = "draw equity curves";
  if (books.length === 0) {
    throw new RangeError(`Cannot ${action}: there must be at least one book, current number is 0`);
  }
  const { scale = "log", title = "Growth of one unit, after costs" } = options;
  const { subtitle = "Compounded daily; below, the loss from the highest value so far. Costs in basis points a side" } =
    options;
  let [least, most] = [1, 1];
  const data = books.flatMap(({ name, costBps, dates, dailyReturns }, book) => {
    checkSameLength(action, { [`dates of ${name}`]: dates.length, dailyReturns: dailyReturns.length });
    const { wealth, drawdown } = compounded(action, dailyReturns);
    for (const value of wealth) [least, most] = [Math.min(least, value), Math.max(most, value)];
    const line = { color: seriesColour(book), dash: seriesDash(book), width: 1.8 };
    const label = `${literal(name)}, ${costBps} bp`;
    const shared = { x: dates, mode: "lines", name: label, legendgroup: `${book}` };
    return [
      scatter({ ...shared, y: figureNumbers(wealth), line, hovertemplate: "%{x|%Y-%m-%d}: %{y:.3f}" }),
      scatter({
        ...shared,
        y: figureNumbers(drawdown),
        yaxis: "y2",
        line: { ...line, width: 1 },
        showlegend: false,
        hovertemplate: "%{x|%Y-%m-%d}: %{y:.1%}",
        ...(books.length === 1 && { fill: "tozeroy", fillcolor: faded(seriesColour(book), 0.18) }),
      }),
    ];
  });
  return {
    data,
    layout: layoutOf({ title, subtitle }, {
      height: 600,
      xaxis: dateAxisOf({ anchor: "y2" }),
      yaxis: axisOf("", { domain: [0.38, 1], ...(scale === "log" && logAxis(least, most)) }),
      yaxis2: axisOf("", { domain: [0, 0.28], tickformat: ".0%", rangemode: "tozero" }),
      shapes: [levelLine(1)],
      annotations: [panelTitle(scale === "log" ? "wealth, log scale" : "wealth"), panelTitle("drawdown", "y2")],
    }),
  };
}

function compounded(action: string, dailyReturns: ArrayLike<number>) {
  const wealth = new Float64Array(dailyReturns.length);
  const drawdown = new Float64Array(dailyReturns.length);
  let value = 1;
  let peak = 1;
  for (let day = 0; day < wealth.length; day++) {
    checkNumber(action, "every daily return", dailyReturns[day]);
    if (dailyReturns[day] <= -1) {
      throw new RangeError(
        `Cannot ${action}: every daily return must be above -1, current value is ${dailyReturns[day]}`,
      );
    }
    value *= 1 + dailyReturns[day];
    peak = Math.max(peak, value);
    wealth[day] = value;
    drawdown[day] = value / peak - 1;
  }
  return { wealth, drawdown };
}

/** Plotly labels powers of ten only, of which a book may cross none: round values, about six of them, as labels. */
function logAxis(least: number, most: number) {
  const ticks = Math.log10(most / least) > 0.7 ? decadeTicks(least, most) : evenTicks(least, most);
  return { type: "log", tickvals: ticks.map(Number), ticktext: ticks };
}

function decadeTicks(least: number, most: number): string[] {
  const digits = most / least > 1000 ? [1] : [1, 2, 5];
  const [first, last] = [least, most].map((value) => Math.floor(Math.log10(value)));
  const powers = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return powers.flatMap((power) => digits.map((digit) => `${Number(`${digit}e${power}`)}`));
}

function evenTicks(least: number, most: number): string[] {
  const wanted = (most - least) / 6 || 0.1;
  const power = Math.floor(Math.log10(wanted));
  const step = 10 ** power * ([1, 2, 5].find((digit) => digit * 10 ** power >= wanted) ?? 10);
  const first = Math.max(1, Math.floor(least / step));
  const count = Math.ceil(most / step) - first + 1;
  return Array.from({ length: count }, (_, index) => (step * (first + index)).toFixed(Math.max(0, -power)));
}
