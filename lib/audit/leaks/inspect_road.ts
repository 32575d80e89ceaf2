import { checkInteger, checkOneOf } from "@lib/core";
import type { RoadCheck, RoadReport } from "@lib/f4";
import { joined, upTo, walk } from "./_walk.ts";
import { checkRepeatedHistory, checkRepeatedRows } from "./check_duplicates.ts";
import { checkFit, checkLabelShuffle } from "./check_fit.ts";
import { checkFolds, checkSample, checkSurvivors, checkTested } from "./check_judged_rows.ts";
import { checkPlausible } from "./check_plausible.ts";
import { checkSingleFeatures } from "./check_single_features.ts";
import { checkFutureNoise, checkTruncation, walkNoised } from "./check_steps.ts";
import { checkHorizon, checkOutcome, checkOverlap } from "./check_targets.ts";
import type { InspectRoadOptions, Road } from "./road.ts";

/**
 * Walks the road behind forecasts again and looks for each of the eight leaks by name.
 *
 * The first fold is walked anew on a market that ends soon after its first test day: features, joined rows, training rows
 * and forecasts must come out the same to the last bit. Noise in place of the future, outcomes in random order and single
 * changed returns of the past ask the same questions from other sides; what is left is counted: rows on both sides of a
 * split, features too good to be honest, rows that were left out. Limits stand in {@linkcode ROAD_LIMITS}.
 *
 * What it cannot see: what was chosen by looking at tested years before the road began (a list of features, a setting:
 * that is what the ledger of trials counts), functions that carry knowledge with them instead of computing it from their
 * arguments, later folds where they go another way than the first, and raw data that was restated too little to show in
 * any single feature.
 *
 * @example A market of noise, and the honest road through it
 * ```ts
 * import assert from "node:assert/strict";
 * import { syntheticMarket } from "@lib/data";
 * import { joinRows, walkForward } from "@lib/dataset";
 * import { buildFeatures, featuresNamed, rankFeatures } from "@lib/features";
 * import { type Fit, fitRidge, walkForwardForecasts } from "@lib/models";
 * import { buildTargets } from "@lib/targets";
 * const market = syntheticMarket({ seed: 1, symbols: 12, days: 300 }).panel;
 * const chosen = featuresNamed(["momentum_5", "rsi_14", "overnight_gap", "close_position"]);
 * const features = (panel: typeof market) => buildFeatures(panel, { features: chosen }).panel;
 * const targets = (panel: typeof market) => buildTargets(panel, { horizonsDays: [1] });
 * const sides = { features: rankFeatures(features(market)), targets: targets(market) };
 * const dataset = joinRows(sides, { target: "target_rank_1", horizonDays: 1 });
 * const folds = walkForward(market.dates, { refit: 60, horizonDays: 1 });
 * const models: Record<string, Fit> = { ridge: fitRidge };
 * const { forecasts, rows } = await walkForwardForecasts({ dataset, folds, models }, { seed: 1 });
 * const tested = new Set(rows);
 * const judged = forecasts.with(sides.targets.select((row) => tested.has(row)).columns);
 * const road = { market, steps: { features, ranks: rankFeatures }, targets, dataset, folds, models, judged };
 * const { checks } = await inspectRoad(road, { forecast: "forecast_ridge", actual: "target_return_1", seed: 1 });
 * assert.deepEqual(checks.filter(({ outcome }) => outcome === "found"), []);
 * ```
 *
 * @returns A check for each question, with the step and the column at fault where something was found.
 * @throws {RangeError} If the forecast is of no model of the road, there are no steps or folds, or the steps do not give
 * the features of the data set.
 */
export async function inspectRoad(
  road: Road,
  { forecast, actual, seed, everyDays = 1, isReturn = true }: InspectRoadOptions,
): Promise<RoadReport> {
  const action = "inspect a road";
  const model = forecast.replace(/^forecast_/, "");
  checkOneOf(action, "forecast", forecast, Object.keys(road.models).map((name) => `forecast_${name}`));
  checkInteger(action, "number of steps", Object.keys(road.steps).length, { least: 1 });
  checkInteger(action, "number of folds", road.folds.length, { least: 1 });
  const options = { forecast, actual, seed, everyDays, isReturn };
  const [fold] = road.folds;
  const { dates } = road.dataset.features;
  const [firstTested, endTested] = fold.testDays;
  const { horizonDays } = road.dataset;
  // late enough for outcomes of the horizon and some rows to compare, and never the end of the fold, which may be the
  // market's: there nothing would be cut off
  const replayDays = Math.max(40, 2 * horizonDays, Math.ceil(20_000 / road.market.symbols.length));
  const end = Math.min(firstTested + replayDays, Math.floor((firstTested + endTested - 1) / 2));
  const noised = walkNoised(road, { lastDay: dates[firstTested - 1], end: dates[end], seed });
  const replayed = walk(road, upTo(road.market, dates[end]));
  const truncation = checkTruncation(road, replayed);
  const horizon = checkHorizon(road, noised);
  const overlap = checkOverlap(road, noised, { seed });
  // what follows from a fault is not called a second one: each leak is named where it enters
  const except = isFound(overlap) ? road.dataset.features.names : truncation.changed;
  const single = checkSingleFeatures(road.dataset, { step: Object.keys(road.steps).at(-1)!, except, isReturn });
  const before = [...truncation.checks, checkFutureNoise(road, noised), horizon, overlap, single];

  const dataset = joined(road, replayed);
  const fitting = { dataset, fold: { ...fold, testDays: [firstTested, end + 1] as const }, model, seed, everyDays };
  const isExplained = before.some((check) => isFound(check) && check !== single);
  const { checks, fits } = await checkFit(road, { ...fitting, isExplained });
  const fittedRows = fits.reduce((sum, { rows }) => sum + rows.features.rows, 0);
  const all = [
    ...before,
    checkRepeatedHistory(road.market, { firstTested: dates[firstTested] }),
    checkRepeatedRows(fits, { firstTested }),
    checkFolds(road),
    ...checks,
    await checkLabelShuffle(road, fitting, { fittedRows }),
    checkTested(road, options),
    checkOutcome(road, replayed, { actual }),
    checkSample(road, options),
    checkSurvivors(road),
  ];
  return { checks: [...all, checkPlausible(road, options, { isExplained: all.some(isFound) })] };
}

function isFound({ outcome }: RoadCheck): boolean {
  return outcome === "found";
}
