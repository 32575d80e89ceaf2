import assert from "node:assert/strict";
import { mean, Panel, rollingMean, seededRandom, standardDeviation } from "@lib/core";
import { forecastRows, gatherMatrix, gatherRows } from "@lib/dataset";
import { type Leak, LEAKS, type RoadCheck } from "@lib/f4";
import { rankFeatures } from "@lib/features";
import { inSampleForecasts } from "@lib/models";
import { buildTargets, forwardReturn } from "@lib/targets";
import { chosenByOutcome, features, type PlantedStudy, plantedStudy } from "./_planted_study.ts";
import { inspectRoad } from "./inspect_road.ts";
import type { RoadForecasts } from "./road.ts";

async function found(study: PlantedStudy): Promise<RoadCheck[]> {
  const { horizonDays = 1, model = "ridge", seed = 1 } = study;
  const options = { forecast: `forecast_${model}`, actual: `target_return_${horizonDays}`, seed };
  const { checks } = await inspectRoad(await plantedStudy(study), options);
  return checks.filter(({ outcome }) => outcome === "found");
}

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

const centred = (panel: Panel) => {
  const returns = panel.column("return");
  const mean = panel.perSymbol((from, to) => rollingMean(returns.subarray(from, to), { windowDays: 5 }));
  return features(panel).with({
    trend: panel.perSymbol((from, to) =>
      Float64Array.from({ length: to - from }, (_, i) => mean[Math.min(from + i + 2, to - 1)])
    ),
  });
};

const canaries: Record<
  string,
  { study: PlantedStudy; leak: Leak; check: string; step: string; column: RegExp | null }
> = {
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
for (const [name, { study, leak, check, step, column }] of Object.entries(canaries)) {
  Deno.test(`inspectRoad() finds ${name}, and calls it ${leak}`, async () => {
    const faults = await found(study);
    assert.deepEqual([...new Set(faults.map((fault) => fault.leak))], [leak], JSON.stringify(faults, null, 1));
    const fault = faults.find((fault) => fault.check === check);
    assert.ok(fault, JSON.stringify(faults, null, 1));
    assert.equal(fault.step, step);
    if (column === null) assert.equal(fault.column, null);
    else assert.match(fault.column ?? "", column);
  });
}

Deno.test("inspectRoad() has a canary for each of the eight leaks", () => {
  assert.deepEqual(new Set(Object.values(canaries).map(({ leak }) => leak)), new Set(LEAKS));
});

for (const horizonDays of [1, 5]) {
  Deno.test(`inspectRoad() finds nothing on honest roads of ${horizonDays} days, with and without a signal`, async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const model = seed === 4 ? "lightgbm" : "ridge";
      const faults = await found({ seed, horizonDays, model, signal: seed % 2 === 0 ? 0 : 0.05 });
      assert.deepEqual(faults, [], `seed ${seed}`);
    }
  });
}

Deno.test("inspectRoad() refuses steps that are not those of the data set, and forecasts of no model", async () => {
  const road = await plantedStudy();
  const options = { forecast: "forecast_ridge", actual: "target_return_1", seed: 1 };
  await assert.rejects(inspectRoad({ ...road, steps: { features } }, options), {
    name: "RangeError",
    message: /^Cannot inspect a road: its steps must give the features of its data set, current difference in /,
  });
  await assert.rejects(inspectRoad(road, { ...options, forecast: "forecast_oracle" }), {
    message: "Cannot inspect a road: forecast must be one of forecast_ridge, current value is forecast_oracle",
  });
  await assert.rejects(inspectRoad({ ...road, steps: {} }, options), { message: /number of steps must be/ });
  await assert.rejects(inspectRoad({ ...road, folds: [] }, options), { message: /number of folds must be/ });
});
