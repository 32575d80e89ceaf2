import { mean, type Panel, rollingMean, standardDeviation } from "@lib/core";
import type { Fold } from "@lib/dataset";
import { neweyWestLags, neweyWestStandardError, type RoadCheck } from "@lib/f4";
import { forwardReturn } from "@lib/targets";
import { counted } from "../_counted.ts";
import { alignedRows } from "./_difference.ts";
import type { InspectRoadOptions, Road } from "./road.ts";
import { ROAD_LIMITS } from "./road_limits.ts";

const VOLATILITY_DAYS = 20;

/** Whether every fold learns from days whose outcomes are over before those that it tests, by its own account. */
export function checkFolds({ folds, dataset }: Road): RoadCheck {
  const about = {
    check: "fold overlap",
    leak: "dependence between train and test",
    step: "folds",
    column: null,
  } as const;
  for (const { name, trainDays, stopDays, calibrationDays, testDays, embargoDays, horizonDays } of folds) {
    const gap = Math.max(horizonDays, dataset.horizonDays) + embargoDays;
    const afterStop = calibrationDays ?? testDays;
    const ends: [string, number, number][] = [["fits on", trainDays[1], (stopDays ?? afterStop)[0]]];
    if (stopDays) ends.push(["stops by", stopDays[1], afterStop[0]]);
    if (calibrationDays) ends.push(["calibrates on", calibrationDays[1], testDays[0]]);
    for (const [verb, end, next] of ends) {
      if (end - 1 + gap <= next) continue;
      const words =
        `fold ${name} ${verb} days up to ${dataset.features.dates[end - 1]}, ${next - end} days before those ` +
        `that come next; outcomes of ${counted(dataset.horizonDays, "day")} and an embargo of ${embargoDays} need ${
          gap - 1
        }`;
      return { ...about, outcome: "found", words };
    }
  }
  return {
    ...about,
    outcome: "clear",
    words: `in all ${folds.length} folds outcomes are over before the next part begins`,
  };
}

/** Whether all that is judged was tested by some fold. */
export function checkTested({ judged, folds, dataset }: Road, { forecast, actual }: InspectRoadOptions): RoadCheck {
  const about = { check: "judged rows and folds", leak: "no test set", step: "judged", column: forecast } as const;
  const isTested = testedDays(folds, dataset.features);
  const rowOf = alignedRows(judged, dataset.features);
  const [forecasts, actuals] = [judged.column(forecast), judged.column(actual)];
  let [total, outside, example] = [0, 0, ""];
  for (let row = 0; row < judged.rows; row++) {
    if (!Number.isFinite(forecasts[row]) || !Number.isFinite(actuals[row])) continue;
    total++;
    if (rowOf[row] >= 0 && isTested[dataset.features.dayOf[rowOf[row]]]) continue;
    outside++;
    const { symbol, date } = judged.key(row);
    example ||= `${symbol} on ${date}`;
  }
  return {
    ...about,
    outcome: outside > 0 ? "found" : "clear",
    words: outside > 0
      ? `${outside} of ${total} rows judged are tested by no fold, for example ${example}`
      : `each of ${total} rows judged is tested by one of ${counted(folds.length, "fold")}`,
  };
}

/**
 * Whether the rows that are judged are all that could be, and if not, whether those left out differ in what came true or
 * in how far that was from usual: a sample that knows the outcome. Names or days that are left out by what was known at
 * the close, such as calm ones, are a choice and no leak: outcomes count in units of the name's own past moves.
 */
export function checkSample(road: Road, { forecast, actual }: InspectRoadOptions): RoadCheck {
  const about = { check: "rows left out", leak: "biased test sample", step: "judged", column: forecast } as const;
  const { judged, dataset: { features, usable, target, horizonDays }, folds } = road;
  const outcome = outcomes(road);
  const isTested = testedDays(folds, features);
  const isJudged = new Uint8Array(features.rows);
  alignedRows(judged, features).forEach((row, place) => {
    if (row >= 0 && Number.isFinite(judged.column(forecast)[place]) && Number.isFinite(judged.column(actual)[place])) {
      isJudged[row] = 1;
    }
  });
  const sides = features.dates.map((_, day) => {
    const kept = { rows: 0, known: 0, outcome: 0, size: 0 };
    const left = { rows: 0, known: 0, outcome: 0, size: 0 };
    if (!isTested[day]) return { kept, left };
    for (const row of features.rowsOfDay(day)) {
      if (usable[row] !== 1 || Number.isNaN(target[row])) continue;
      const side = isJudged[row] === 1 ? kept : left;
      side.rows++;
      if (!Number.isFinite(outcome[row])) continue;
      side.known++;
      side.outcome += outcome[row];
      side.size += Math.abs(outcome[row]);
    }
    return { kept, left };
  });
  const [kept, left] = [
    sides.reduce((sum, day) => sum + day.kept.rows, 0),
    sides.reduce((sum, day) => sum + day.left.rows, 0),
  ];
  const share = `${kept} of ${kept + left} rows that could be judged are`;
  if (left === 0) return { ...about, outcome: "clear", words: share };
  const split = sides.filter((day) => day.kept.known > 0 && day.left.known > 0);
  const whole = sides.filter((day) => day.kept.known > 0 !== day.left.known > 0).filter((_, place) =>
    place % horizonDays === 0
  );
  const questions = (["outcome", "size"] as const).flatMap((what) => [
    {
      what: what === "outcome" ? "outcome" : "size of the outcome",
      among: "rows left out",
      errors: errorsWithinDays(
        split.map((day) => day.left[what] / day.left.known - day.kept[what] / day.kept.known),
        horizonDays,
      ),
    },
    {
      what: what === "outcome" ? "outcome" : "size of the outcome",
      among: "days left out",
      errors: errorsBetween(
        whole.filter((day) => day.left.known > 0).map((day) => day.left[what] / day.left.known),
        whole.filter((day) => day.kept.known > 0).map((day) => day.kept[what] / day.kept.known),
      ),
    },
  ]);
  const known = questions.filter(({ errors }) => Number.isFinite(errors));
  if (known.length === 0) {
    return { ...about, outcome: "not checked", words: `${share}; too few are left out to compare them` };
  }
  const worst = known.reduce((a, b) => Math.abs(a.errors) >= Math.abs(b.errors) ? a : b);
  const isFound = Math.abs(worst.errors) > ROAD_LIMITS.chanceErrors.value;
  return {
    ...about,
    outcome: isFound ? "found" : "clear",
    words:
      `${share}; the ${worst.what} of ${worst.among} lies ${worst.errors.toFixed(1)} standard errors from that of ` +
      `those judged${isFound ? ": the sample knows it" : ""}`,
  };
}

/** Names that left the market cannot be missed in a panel that never had them: said, not judged. */
export function checkSurvivors({ market }: Road): RoadCheck {
  const about = { check: "names that left", leak: "biased test sample", step: "market", column: null } as const;
  const last = market.dates.length - 1;
  const staying = market.symbols.filter((_, symbol) => market.dayOf[market.starts[symbol + 1] - 1] === last).length;
  if (staying < market.symbols.length) {
    const words = `${market.symbols.length - staying} of ${market.symbols.length} names end before the market does`;
    return { ...about, outcome: "clear", words };
  }
  const words =
    `all ${staying} names are there on the last day: what the forecasts are worth on names that left cannot ` +
    "be seen here";
  return { ...about, outcome: "not checked", words };
}

function testedDays(folds: readonly Fold[], { dates }: Panel): Uint8Array {
  const tested = new Uint8Array(dates.length);
  for (const { testDays: [from, to] } of folds) tested.fill(1, from, to);
  return tested;
}

/**
 * Forward returns by row of the features, in units of what the name usually moved until then; the target itself where the
 * market has no index or returns.
 */
function outcomes({ market, dataset: { features, target, horizonDays } }: Road): Float64Array {
  if (!market.has("index") || !market.has("return")) return target;
  const forward = forwardReturn(market, { horizonDays });
  const moves = market.column("return").map(Math.abs);
  const usual = market.perSymbol((from, to) => rollingMean(moves.subarray(from, to), { windowDays: VOLATILITY_DAYS }));
  return Float64Array.from(
    alignedRows(features, market),
    (row) => row < 0 || !(usual[row] > 0) ? NaN : forward[row] / usual[row],
  );
}

function errorsWithinDays(differences: readonly number[], horizonDays: number): number {
  if (differences.length < 10) return NaN;
  const values = Float64Array.from(differences);
  return mean(values) / neweyWestStandardError(values, neweyWestLags(values.length, horizonDays));
}

function errorsBetween(one: readonly number[], other: readonly number[]): number {
  if (one.length < 10 || other.length < 10) return NaN;
  const error = Math.hypot(
    standardDeviation(one) / Math.sqrt(one.length),
    standardDeviation(other) / Math.sqrt(other.length),
  );
  return (mean(one) - mean(other)) / error;
}
