import { pearsonCorrelation, seededRandom, shuffled } from "@lib/core";
import type { Dataset, Fold } from "@lib/dataset";
import type { RoadCheck } from "@lib/f4";
import { type Fit, inSampleForecasts } from "@lib/models";
import { counted } from "../_counted.ts";
import { alignedRows } from "./_difference.ts";
import { type RecordedFit, recording } from "./_recorder.ts";
import { forecaster } from "./_walk.ts";
import type { Road } from "./road.ts";
import { ROAD_LIMITS } from "./road_limits.ts";

/** What {@linkcode checkFit} needs to know of the replay. */
export interface CheckFitOptions {
  /** The road joined again on the market that ends within the fold's test days. */
  dataset: Dataset;
  fold: Fold;
  /** Name of the model behind the forecasts. */
  model: string;
  seed: number;
  everyDays: number;
  /** Whether what comes before the fit is at fault already, so that other forecasts are no news. */
  isExplained: boolean;
}

/**
 * Fits the model of the first fold again, on a market that ends soon after its first test day. The forecasts must be
 * those that are judged, to the last bit; and no row that was handed to the fit may be tested, be later than what is
 * tested, or have an outcome that reaches into the days tested.
 */
export async function checkFit(
  road: Road,
  { dataset, fold, model, seed, everyDays, isExplained }: CheckFitOptions,
): Promise<{ checks: RoadCheck[]; fits: RecordedFit[] }> {
  const { fit, fits } = recording(road.models[model]);
  const { forecasts } = await forecaster(road)({ dataset, folds: [fold], models: { [model]: fit } }, {
    seed,
    everyDays,
  });
  const column = `forecast_${model}`;
  const rowOf = alignedRows(forecasts, road.judged);
  const [again, judged] = [forecasts.column(column), road.judged.column(column)];
  let [compared, other] = [0, 0];
  for (let row = 0; row < forecasts.rows; row++) {
    if (rowOf[row] < 0) continue;
    compared++;
    if (!Object.is(again[row], judged[rowOf[row]])) other++;
  }
  const about = { check: "replay of the fit", leak: "no test set", step: "fit", column } as const;
  const days = `${dataset.features.dates[fold.testDays[0]]} to ${dataset.features.dates.at(-1)}`;
  const from = `of a fit on what fold ${fold.name} may learn from`;
  const differing = async (): Promise<RoadCheck> => {
    const start = `${other} of ${compared} forecasts of ${days} are not those ${from}`;
    if (isExplained) {
      return { ...about, outcome: "not checked", words: `${start}: their columns or outcomes differ already` };
    }
    if (await isInSample(road, { model, seed })) {
      return { ...about, outcome: "found", words: `${start}, but those of a fit on all rows, the tested ones too` };
    }
    const words = `${start}: the model has seen later rows, or was fitted in another way than the one handed over`;
    return { ...about, leak: "temporal leakage", outcome: "found", words };
  };
  const agreeing = (): RoadCheck => ({
    ...about,
    outcome: compared > 0 ? "clear" : "not checked",
    words: compared > 0
      ? `${compared} forecasts of ${days} are, bit for bit, those ${from}, in a market without later days`
      : `none of the forecasts of ${days} is judged`,
  });
  const replay = other > 0 ? await differing() : agreeing();
  return { checks: [replay, checkTrainingRows(dataset, fold, fits)], fits };
}

async function isInSample({ dataset, models, judged }: Road, { model, seed }: { model: string; seed: number }) {
  const inside = await inSampleForecasts(dataset, models[model], { seed });
  const rowOf = alignedRows(judged, inside);
  const [remembered, said] = [inside.column("forecast_in_sample"), judged.column(`forecast_${model}`)];
  return said.every((value, row) =>
    rowOf[row] < 0 || Number.isNaN(remembered[rowOf[row]]) || Object.is(value, remembered[rowOf[row]])
  );
}

function checkTrainingRows(dataset: Dataset, fold: Fold, fits: readonly RecordedFit[]): RoadCheck {
  const check = "rows handed to the fit";
  const [firstTested] = fold.testDays;
  const counts = { total: 0, tested: 0, reaching: 0 };
  for (const { rows } of fits) {
    for (const part of [rows, rows.stop, rows.calibration].filter((part) => part !== undefined)) {
      counts.total += part.day.length;
      for (const day of part.day) {
        if (day >= firstTested) counts.tested++;
        else if (day + dataset.horizonDays + fold.embargoDays > firstTested) counts.reaching++;
      }
    }
  }
  const from = dataset.features.dates[firstTested];
  const about = { check, step: "fit", column: null };
  if (counts.tested > 0) {
    const words =
      `${counts.tested} of ${counts.total} rows that the model learns from are of ${from} or later, days it ` +
      "is tested on";
    return { ...about, leak: "no test set", outcome: "found", words };
  }
  if (counts.reaching > 0) {
    const words = `${counts.reaching} of ${counts.total} rows that the model learns from have outcomes over ` +
      `${counted(dataset.horizonDays, "day")} that are not known ${
        counted(fold.embargoDays, "day")
      } before ${from}, the first tested`;
    return { ...about, leak: "dependence between train and test", outcome: "found", words };
  }
  const words = `the outcomes of all ${counts.total} rows are known ${
    counted(fold.embargoDays, "day")
  } before ${from}, the first tested`;
  return { ...about, leak: "dependence between train and test", outcome: "clear", words };
}

/**
 * Outcomes in random order, learnt and forecast like the true ones: there is nothing to know, so a score beyond chance
 * comes from the way of scoring alone. The error is exact, since every order of the outcomes is as likely.
 */
export async function checkLabelShuffle(
  road: Road,
  { dataset, fold, model, seed, everyDays }: Omit<CheckFitOptions, "isExplained">,
  { fittedRows }: { fittedRows: number },
): Promise<RoadCheck> {
  const known = Int32Array.from(dataset.target.keys()).filter((row) => !Number.isNaN(dataset.target[row]));
  const target = dataset.target.slice();
  shuffled(known, seededRandom(seed)).forEach((from, place) => target[known[place]] = dataset.target[from]);
  const thinned = everyDays * Math.max(1, Math.round(fittedRows / ROAD_LIMITS.shuffledRows.value));
  const models: Record<string, Fit> = { [model]: road.models[model] };
  const parts = { dataset: { ...dataset, target }, folds: [fold], models };
  const { forecasts } = await forecaster(road)(parts, { seed, everyDays: thinned });
  const rowOf = alignedRows(forecasts, dataset.features);
  const came = Float64Array.from(rowOf, (row) => row < 0 ? NaN : target[row]);
  const said = forecasts.column(`forecast_${model}`).map((value, row) => Number.isNaN(came[row]) ? NaN : value);
  const rows = said.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const correlation = pearsonCorrelation(said, came);
  const errors = correlation * Math.sqrt(rows);
  const about = { check: "label shuffle", leak: "no test set", step: "fit", column: `forecast_${model}` } as const;
  if (rows < 2) {
    return { ...about, outcome: "not checked", words: "no outcome is known of the days that were walked again" };
  }
  if (Number.isNaN(correlation)) {
    const words = `shuffled outcomes teach the model nothing: its ${rows} forecasts are all the same`;
    return { ...about, outcome: "clear", words };
  }
  const isFound = errors > ROAD_LIMITS.chanceErrors.value;
  return {
    ...about,
    outcome: isFound ? "found" : "clear",
    words: `with outcomes in random order its correlation is ${correlation.toFixed(4)} over ${rows} rows, ` +
      `${errors.toFixed(1)} standard errors from 0${isFound ? ": it has seen what it forecasts" : ""}`,
  };
}
