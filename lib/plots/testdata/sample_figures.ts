import { normalRandom, seededRandom, weekdays } from "@lib/core";
import * as plots from "@lib/plots";

/** One figure of each kind, over seeded noise, for the tests of drawing. Run as a program: prints one PNG's digest. */
export function sampleFigures(): Record<string, plots.Figure> {
  const normal = normalRandom(seededRandom(3));
  const dates = weekdays("2010-01-04", 60);
  const noise = (scale: number, mean = 0) => Float64Array.from(dates, () => mean + scale * normal());
  const tenths = Array.from({ length: 10 }, (_, decile) => (decile - 4.5) * 1e-4);
  const shifted = (by: number) => tenths.map((value) => value + by);
  return {
    equityCurve: plots.equityCurve([
      { name: "long-short", costBps: 0, dates, dailyReturns: noise(0.01) },
      { name: "long-short", costBps: 10, dates, dailyReturns: noise(0.01) },
    ], { title: "A claim so long that it does not fit on one line of the figure and has to go on in a second one" }),
    informationCoefficientOverTime: plots.informationCoefficientOverTime(
      { dates, daily: noise(0.1, 0.02), overall: { estimate: 0.02, low: 0.01, high: 0.03 } },
      { windowDays: 21, horizonDays: 5 },
    ),
    calibrationByDecile: plots.calibrationByDecile({
      forecastMean: tenths,
      realisedMean: tenths,
      realisedLow: shifted(-1e-4),
      realisedHigh: shifted(1e-4),
    }),
    foldScores: plots.foldScores({
      folds: ["2010", "2011"],
      name: "LightGBM",
      score: [0.02, NaN],
      low: [0.01, NaN],
      high: [0.03, NaN],
      baselines: [{ name: "momentum", score: [0, 0.01] }],
    }),
    featureImportance: plots.featureImportance([
      { feature: "distance_from_moving_average_250", importance: 3 },
      { feature: "rsi_14", importance: 1 },
    ]),
    intervalForest: plots.intervalForest([
      { name: "fitted and scored on the same rows", estimate: 0.62, low: 0.6, high: 0.64, group: "in sample" },
      { name: "out of sample", estimate: 0.01, low: -0.01, high: 0.03, group: "walk-forward" },
    ]),
    curves: plots.curves([
      { name: "expected", x: [1, 10, 100], y: [0, 1.54, 2.51] },
      { name: "measured", x: [10, 100], y: [1.5, 2.6], marks: "points", colour: 0 },
    ], { horizontal: "trials", vertical: "annual Sharpe ratio of the best", logarithmic: ["horizontal"] }),
    splitMap: plots.splitMap(
      [{ name: "1+2", trainDays: [[25, 60]], testDays: [[0, 10], [10, 20]] }, {
        name: "1+3",
        trainDays: [[15, 18], [35, 60]],
        testDays: [[0, 10], [20, 30]],
      }],
      dates,
    ),
    histogramOf: plots.histogramOf([{ name: "forecast", values: noise(0.01) }], { quantity: "return over 5 days" }),
  };
}

if (import.meta.main) {
  const { sha256 } = await import("@lib/core");
  console.log(sha256(await plots.renderPng(sampleFigures()[Deno.args[0]])));
}
