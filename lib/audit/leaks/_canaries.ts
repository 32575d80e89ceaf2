import { mean, type Panel, rollingMean, seededRandom, standardDeviation } from "@lib/core";
import { forecastRows, gatherMatrix, gatherRows } from "@lib/dataset";
import type { Leak } from "@lib/f4";
import { rankFeatures } from "@lib/features";
import { inSampleForecasts } from "@lib/models";
import { buildTargets, forwardReturn } from "@lib/targets";
import { chosenByOutcome, features, type PlantedStudy } from "./_planted_study.ts";
import type { RoadForecasts } from "./road.ts";

const noiseColumns = (panel: Panel, count: number) => {
  const random = seededRandom(9);
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`noise_${i}`, Float64Array.from({ length: panel.rows }, () => random())]),
  );
};

/** Fits each fold on chosen rows, whatever the rules say. */
const fittedOn =
  (choose: (day: number, testDays: readonly [number, number]) => boolean): RoadForecasts =>
  async ({ dataset, folds, models }, { seed }) => {
    const columns: Record<string, Float64Array> = {};
    for (const [name, fit] of Object.entries(models)) {
      const column = columns[`forecast_${name}`] = new Float64Array(dataset.features.rows).fill(NaN);
      for (const { testDays } of folds) {
        const learnt = Int32Array.from(dataset.target.keys()).filter((row) =>
          dataset.usable[row] === 1 && !Number.isNaN(dataset.target[row]) &&
          choose(dataset.features.dayOf[row], testDays)
        );
        using model = await fit(gatherRows(dataset, learnt), { seed });
        const rows = forecastRows(dataset, testDays);
        model.predict(gatherMatrix(dataset.features, rows)).forEach((value, place) => column[rows[place]] = value);
      }
    }
    const all = dataset.features.pick([]).with(columns);
    return { forecasts: all.select((row) => !Number.isNaN(Object.values(columns)[0][row])) };
  };

const scaled = (panel: Panel) =>
  panel.with(Object.fromEntries(panel.names.map((name) => {
    const column = panel.column(name);
    const known = column.filter((value) => !Number.isNaN(value));
    const [centre, width] = [mean(known), standardDeviation(known)];
    return [`scaled_${name}`, column.map((value) => (value - centre) / width)];
  }))).pick(panel.names.map((name) => `scaled_${name}`));

export const centred = (panel: Panel) => {
  const returns = panel.column("return");
  const mean = panel.perSymbol((from, to) => rollingMean(returns.subarray(from, to), { windowDays: 5 }));
  return features(panel).with({
    trend: panel.perSymbol((from, to) =>
      Float64Array.from({ length: to - from }, (_, i) => mean[Math.min(from + i + 2, to - 1)])
    ),
  });
};

/** A leak planted in a study, and where it must be found. */
export interface Canary {
  study: PlantedStudy;
  leak: Leak;
  check: string;
  step: string;
  /** What the name of the column at fault looks like; null where no single one is. */
  column: RegExp | null;
}

/** Leaks of all eight kinds, each by what was done wrong. */
export const canaries: Readonly<Record<string, Canary>> = {
  "forecasts of rows that the model was fitted on": {
    study: {
      model: "lightgbm",
      judged: async (judged, { dataset, models }) => {
        const inside = await inSampleForecasts(dataset, models.lightgbm, { seed: 1 });
        const key = (panel: Panel, row: number) => Object.values(panel.key(row)).join(" ");
        const of = new Map(Array.from({ length: inside.rows }, (_, row) => [key(inside, row), row]));
        const remembered = inside.column("forecast_in_sample");
        return judged.with({
          forecast_lightgbm: Float64Array.from(
            { length: judged.rows },
            (_, row) => remembered[of.get(key(judged, row))!],
          ),
        });
      },
    },
    leak: "no test set",
    check: "replay of the fit",
    step: "fit",
    column: /^forecast_lightgbm$/,
  },
  "a fit on all rows, the tested ones too": {
    study: { model: "lightgbm", forecasts: fittedOn(() => true) },
    leak: "no test set",
    check: "label shuffle",
    step: "fit",
    column: /^forecast_lightgbm$/,
  },
  "features scaled over the whole history": {
    study: { steps: { features, scaling: scaled } },
    leak: "preprocessing on train and test",
    check: "truncation replay",
    step: "scaling",
    column: /^scaled_/,
  },
  "outcomes scaled over the whole history": {
    study: {
      target: "target",
      targets: (market) => {
        const targets = buildTargets(market, { horizonsDays: [1] });
        const returns = targets.column("target_return_1");
        const width = standardDeviation(returns.filter((value) => !Number.isNaN(value)));
        return targets.with({ target: returns.map((value) => value / width) });
      },
    },
    leak: "preprocessing on train and test",
    check: "measured horizon",
    step: "targets",
    column: /^target$/,
  },
  "features chosen by the outcomes of all rows": {
    study: {
      market: (market) => market.with(noiseColumns(market, 60)),
      steps: {
        noise: (market) => market.pick(market.names.filter((name) => name.startsWith("noise_"))),
        selection: chosenByOutcome,
      },
    },
    leak: "feature selection on train and test",
    check: "truncation replay",
    step: "selection",
    column: /^noise_/,
  },
  "bars that repeat those of the year before": {
    study: {
      market: (market) => {
        const copied = new Set(market.symbols.slice(0, 4).map((_, code) => code));
        return market.with(Object.fromEntries(market.names.map((name) => {
          const column = market.column(name);
          return [
            name,
            column.map((value, row) =>
              copied.has(market.symbolOf[row]) && market.dayOf[row] >= 300 && market.dayOf[row] < 400
                ? column[row - 200]
                : value
            ),
          ];
        })));
      },
    },
    leak: "duplicates",
    check: "repeated history",
    step: "market",
    column: /^return$/,
  },
  "a name that stands in the market twice": {
    study: {
      market: (market) =>
        market.with(Object.fromEntries(market.names.map((name) => {
          const column = market.column(name);
          const copied = column.map((value, row) =>
            market.symbolOf[row] === 7 ? column[row - market.dates.length] : value
          );
          return [name, copied];
        }))),
    },
    leak: "duplicates",
    check: "repeated history",
    step: "market",
    column: /^return$/,
  },
  "rows that were copied to other days": {
    study: {
      steps: {
        features,
        copies: (columns) =>
          columns.with(Object.fromEntries(columns.names.map((name) => {
            const column = columns.column(name);
            return [
              name,
              column.map((value, row) => {
                const day = columns.dayOf[row];
                return columns.symbolOf[row] === 3 && day >= 196 ? column[row - 100] : value;
              }),
            ];
          }))),
      },
    },
    leak: "duplicates",
    check: "rows on both sides of the split",
    step: "rows",
    column: null,
  },
  "a raw column that was filled in later": {
    study: {
      market: (market) => {
        const random = seededRandom(5);
        const outcome = forwardReturn(market, { horizonDays: 1 });
        return market.with({ restated: outcome.map((value) => value + 0.1 * (random() - 0.5)) });
      },
      steps: {
        features: (market) => features(market).with({ restated: market.column("restated") }),
        ranks: rankFeatures,
      },
    },
    leak: "illegitimate features",
    check: "suspicious single features",
    step: "ranks",
    column: /^rank_restated$/,
  },
  "a feature that is missing where the outcome is bad": {
    study: {
      market: (market) => {
        const outcome = forwardReturn(market, { horizonDays: 1 });
        return market.with({ patchy: outcome.map((value, row) => value < -0.02 ? NaN : market.column("volume")[row]) });
      },
      steps: { features: (market) => features(market).with({ patchy: market.column("patchy") }), ranks: rankFeatures },
    },
    leak: "illegitimate features",
    check: "suspicious single features",
    step: "ranks",
    column: /^rank_patchy$/,
  },
  "outcomes that contain the day's own return": {
    study: {
      target: "target",
      targets: (market) => {
        const targets = buildTargets(market, { horizonsDays: [1] });
        const today = market.column("return");
        return targets.with({
          target: targets.column("target_return_1").map((value, row) => (value + today[row]) / 2),
        });
      },
    },
    leak: "illegitimate features",
    check: "target and feature overlap",
    step: "targets",
    column: /^target$/,
  },
  "a feature whose window is centred": {
    study: { steps: { features: centred, ranks: rankFeatures } },
    leak: "temporal leakage",
    check: "truncation replay",
    step: "features",
    column: /^trend$/,
  },
  "a fit on all other days, the later ones too": {
    study: { model: "lightgbm", forecasts: fittedOn((day, [first, end]) => day < first - 1 || day > end) },
    leak: "temporal leakage",
    check: "replay of the fit",
    step: "fit",
    column: /^forecast_lightgbm$/,
  },
  "an outcome that began a day before": {
    study: {
      judged: (judged) => {
        const actual = judged.column("target_return_1");
        return judged.with({ target_return_1: actual.map((value, row) => row > 0 ? actual[row - 1] : value) });
      },
    },
    leak: "temporal leakage",
    check: "outcome of the judge",
    step: "judged",
    column: /^target_return_1$/,
  },
  "a fit on days up to the first tested": {
    study: { horizonDays: 5, forecasts: fittedOn((day, [first]) => day < first) },
    leak: "dependence between train and test",
    check: "rows handed to the fit",
    step: "fit",
    column: null,
  },
  "outcomes that look further ahead than the purge": {
    study: {
      horizonDays: 1,
      target: "target",
      targets: (market) => {
        const [near, far] = [1, 5].map((horizonDays) => forwardReturn(market, { horizonDays }));
        const targets = buildTargets(market, { horizonsDays: [1] });
        return targets.with({ target: near.map((value, row) => Number.isNaN(far[row]) ? value : far[row]) });
      },
    },
    leak: "dependence between train and test",
    check: "measured horizon",
    step: "targets",
    column: /^target$/,
  },
  "names that are kept because they are still there at the end": {
    study: {
      market: (market) => market.select((row) => market.symbolOf[row] % 4 !== 0 || market.dayOf[row] < 400),
      steps: {
        features,
        survivors: (columns) => {
          const last = (symbol: number) => columns.dayOf[columns.starts[symbol + 1] - 1];
          return columns.select((row) => last(columns.symbolOf[row]) === columns.dates.length - 1);
        },
        ranks: rankFeatures,
      },
    },
    leak: "biased test sample",
    check: "truncation replay",
    step: "survivors",
    column: null,
  },
  "losers that are not judged": {
    study: {
      judged: (judged) => judged.select((row) => !(judged.column("target_return_1")[row] < -0.02)),
    },
    leak: "biased test sample",
    check: "rows left out",
    step: "judged",
    column: /^forecast_ridge$/,
  },
  "wild days that are not judged": {
    study: {
      judged: (judged) => {
        const size = judged.dates.map((_, day) => {
          const rows = judged.rowsOfDay(day);
          return rows.reduce((sum, row) => sum + Math.abs(judged.column("target_return_1")[row]), 0) / rows.length;
        });
        const usual = size.toSorted((a, b) => a - b)[Math.floor(0.8 * size.length)];
        return judged.select((row) => !(size[judged.dayOf[row]] > usual));
      },
    },
    leak: "biased test sample",
    check: "rows left out",
    step: "judged",
    column: /^forecast_ridge$/,
  },
};
