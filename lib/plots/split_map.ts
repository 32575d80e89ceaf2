import { axisOf, type FigureText, INK, layoutOf, literal, SERIES_COLOURS } from "./_style.ts";
import type { Figure } from "./figure.ts";

type Days = readonly [from: number, to: number];

/** One split of days: what it learns from, and what it is tested on; indices, the end not included. */
export interface SplitRow {
  name: string;
  trainDays: readonly Days[];
  testDays: readonly Days[];
}

/**
 * Splits of days, one below the other: learnt from, tested, and left out between them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const dates = ["2020-01-01", "2020-01-02", "2020-01-03", "2020-01-06"];
 * const figure = splitMap([{ name: "1", trainDays: [[2, 4]], testDays: [[0, 1]] }], dates);
 * assert.deepEqual(figure.data.map(({ name, base, x }) => [name, base, x]), [
 *   ["learnt from", [2], [2]],
 *   ["tested", [0], [1]],
 *   ["left out", [1], [1]],
 * ]);
 * ```
 *
 * @param dates The days, for the axis.
 * @throws {RangeError} If days of a split overlap, run backwards, or lie outside the calendar.
 */
export function splitMap(
  splits: readonly SplitRow[],
  dates: readonly string[],
  { title = "What each split learns from, and what it is tested on", subtitle }: FigureText = {},
): Figure {
  const stretches = splits.flatMap(({ name, trainDays, testDays }) => {
    const used = [
      ...trainDays.map((days) => ({ name, days, use: "learnt from" })),
      ...testDays.map((days) => ({ name, days, use: "tested" })),
    ].toSorted((a, b) => a.days[0] - b.days[0]);
    let reached = 0;
    const all = used.flatMap((own) => {
      const [from, to] = own.days;
      if (!(from >= reached && to > from && to <= dates.length)) {
        throw new RangeError(
          `Cannot draw a map of splits: days must rise from 0 to ${dates.length} without overlap, current ones of ` +
            `split ${name} are ${from} to ${to} after ${reached}`,
        );
      }
      const before = { name, days: [reached, from] as Days, use: "left out" };
      reached = to;
      return [before, own];
    });
    return [...all, { name, days: [reached, dates.length] as Days, use: "left out" }];
  }).filter(({ days: [from, to] }) => to > from);
  const colours = { "learnt from": SERIES_COLOURS[0], "tested": SERIES_COLOURS[1], "left out": INK.grid };
  const ticks = yearStarts(dates);
  return {
    data: Object.entries(colours).map(([use, color]) => {
      const own = stretches.filter((stretch) => stretch.use === use);
      return {
        type: "bar",
        orientation: "h",
        name: use,
        y: own.map(({ name }) => literal(name)),
        base: own.map(({ days: [from] }) => from),
        x: own.map(({ days: [from, to] }) => to - from),
        marker: { color, line: { width: 0 } },
        hovertemplate: "%{y}: %{x} days",
      };
    }),
    layout: layoutOf({ title, subtitle }, {
      height: 120 + 24 * splits.length,
      barmode: "overlay",
      bargap: 0.25,
      margin: { b: 60 },
      xaxis: axisOf("", {
        range: [0, dates.length],
        showgrid: false,
        tickvals: ticks,
        ticktext: ticks.map((day) => dates[day].slice(0, 4)),
      }),
      yaxis: axisOf("", { type: "category", autorange: "reversed", showgrid: false, ticks: "", dtick: 1 }),
    }),
  };
}

function yearStarts(dates: readonly string[]): number[] {
  return Array.from(dates.keys()).filter((day) => dates[day].slice(0, 4) !== dates[day - 1]?.slice(0, 4));
}
