import { checkInteger } from "@lib/core";
import type { Dataset } from "./dataset.ts";
import { gatherMatrix, type GatherMatrixOptions, type Matrix } from "./matrix.ts";
import { type RowSet, rowsSeen } from "./row_set.ts";
import type { DayRange, Fold } from "./walk_forward.ts";

/** Rows of features with their outcomes. */
export interface Rows {
  /** Shape (rows, columns). */
  readonly features: Matrix;
  /** Outcomes, shape (rows,). */
  readonly target: Float64Array;
  /** Further outcomes by name, each of shape (rows,), for models that learn several; NaN where one is not known. */
  readonly outcomes?: Readonly<Record<string, Float64Array>>;
  /** Weight of each row, shape (rows,), positive. Default: all equal. */
  readonly weight?: Float64Array;
  /** Trading day of each row, shape (rows,), for whatever is judged day by day. */
  readonly day: Int32Array;
  /** Which rows of the market these are, and those whose outcomes theirs give away. Default: it is not known. */
  readonly seen?: RowSet;
}

/** What a model is fitted on. */
export interface TrainingRows extends Rows {
  /** Rows that only decide when to stop or how much to shrink. */
  readonly stop?: Rows;
  /** Rows that only set forecasts right once the model is fitted: probabilities, thresholds, the width of intervals. */
  readonly calibration?: Rows;
}

/** Options of {@linkcode trainingRows}. */
export interface TrainingRowsOptions extends GatherMatrixOptions {
  /**
   * Fit on the rows of every so many trading days only: fewer rows of overlapping targets, in less time. The rows to
   * stop by and to calibrate on are all kept. Default 1.
   */
  everyDays?: number;
  /** Which of them: days whose index into the calendar leaves this remainder. Default 0. */
  offsetDays?: number;
}

/**
 * The rows of a fold that a model may learn from: enough known features, a known target, and an outcome that was printed
 * before the rows to stop by, to calibrate on or to test begin (`knownOn` + embargo, row by row).
 *
 * @example The outcome of day 4 is known at the close of day 6, a night before day 7
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * import { joinRows, walkForward } from "@lib/dataset";
 * const date = weekdays("2020-01-01", 10);
 * const value = Float64Array.from(date.keys());
 * const bare = Panel.fromRows({ symbol: date.map(() => "A"), date, columns: {} });
 * const targets = bare.with({ target: value.map((day) => day < 8 ? day / 100 : NaN) });
 * const dataset = joinRows({ features: bare.with({ value }), targets }, { target: "target", horizonDays: 2 });
 * const [fold] = walkForward(date, { firstTestDay: date[7], horizonDays: 2 });
 * const { features, day } = trainingRows(dataset, fold);
 * assert.deepEqual(day, Int32Array.of(0, 1, 2, 3, 4));
 * assert.deepEqual(features.values, Float32Array.of(0, 1, 2, 3, 4));
 * ```
 *
 * @throws {RangeError} If the fold was cut for a shorter horizon than the target has, or a part is left without rows.
 */
export function trainingRows(dataset: Dataset, fold: Fold, options: TrainingRowsOptions = {}): TrainingRows {
  const action = `gather the training rows of fold ${fold.name}`;
  const { everyDays = 1, offsetDays = 0, ...gather } = options;
  checkInteger(action, "everyDays", everyDays, { least: 1 });
  checkInteger(action, "offsetDays", offsetDays, { least: 0, most: everyDays - 1 });
  if (fold.horizonDays < dataset.horizonDays) {
    throw new RangeError(
      `Cannot ${action}: its horizonDays must be at least the target's ${dataset.horizonDays}, current value is ${fold.horizonDays}`,
    );
  }
  const learnable = (days: DayRange, usedFrom: number, wanted: (day: number) => boolean) =>
    rowsWhere(
      dataset,
      days,
      (row, day) =>
        wanted(day) && dataset.usable[row] === 1 && !Number.isNaN(dataset.target[row]) &&
        dataset.knownOn[row] + fold.embargoDays <= usedFrom,
    );
  const { trainDays, stopDays, calibrationDays, testDays } = fold;
  const [fitUntil] = stopDays ?? calibrationDays ?? testDays;
  const fitted = learnable(trainDays, fitUntil, (day) => day % everyDays === offsetDays);
  if (fitted.length === 0) throw new RangeError(`Cannot ${action}: there must be rows to fit on, current number is 0`);
  const rows = gatherRows(dataset, fitted, gather);
  const part = (purpose: string, days: DayRange, usedFrom: number) => {
    const chosen = learnable(days, usedFrom, () => true);
    if (chosen.length > 0) return gatherRows(dataset, chosen, gather);
    throw new RangeError(`Cannot ${action}: there must be rows to ${purpose}, current number is 0`);
  };
  return {
    ...rows,
    ...(stopDays && { stop: part("stop by", stopDays, (calibrationDays ?? testDays)[0]) }),
    ...(calibrationDays && { calibration: part("calibrate on", calibrationDays, testDays[0]) }),
  };
}

/**
 * The rows of some days that can be forecast, whether or not their outcome is known; in the order of the panel.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * import { joinRows } from "@lib/dataset";
 * const date = weekdays("2020-01-01", 10);
 * const value = Float64Array.from(date.keys());
 * const bare = Panel.fromRows({ symbol: date.map(() => "A"), date, columns: {} });
 * const targets = bare.with({ target: value.map((day) => day < 8 ? day / 100 : NaN) });
 * const dataset = joinRows({ features: bare.with({ value }), targets }, { target: "target", horizonDays: 2 });
 * assert.deepEqual(forecastRows(dataset, [7, 10]), Int32Array.of(7, 8, 9));
 * ```
 *
 * @returns Indices into the rows of `dataset.features`.
 */
export function forecastRows(dataset: Dataset, days: DayRange): Int32Array {
  return rowsWhere(dataset, days, (row) => dataset.usable[row] === 1);
}

/**
 * Copies features, targets and days of chosen rows, and notes which they are; a target that is not known stays NaN,
 * which no fit accepts.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * import { joinRows } from "@lib/dataset";
 * const date = weekdays("2020-01-01", 10);
 * const value = Float64Array.from(date.keys());
 * const bare = Panel.fromRows({ symbol: date.map(() => "A"), date, columns: {} });
 * const targets = bare.with({ target: value.map((day) => day < 8 ? day / 100 : NaN) });
 * const dataset = joinRows({ features: bare.with({ value }), targets }, { target: "target", horizonDays: 2 });
 * assert.deepEqual(gatherRows(dataset, Int32Array.of(7, 9)).target, Float64Array.of(0.07, NaN));
 * ```
 *
 * @throws {RangeError} As `gatherMatrix`.
 */
export function gatherRows(dataset: Dataset, rows: Int32Array, options: GatherMatrixOptions = {}): Rows {
  return {
    features: gatherMatrix(dataset.features, rows, options),
    target: Float64Array.from(rows, (row) => dataset.target[row]),
    ...(dataset.outcomes && { outcomes: outcomesOf(dataset.outcomes, rows) }),
    day: rows.map((row) => dataset.features.dayOf[row]),
    seen: rowsSeen(dataset, rows),
  };
}

function outcomesOf(outcomes: NonNullable<Dataset["outcomes"]>, rows: Int32Array) {
  return Object.fromEntries(
    Object.entries(outcomes).map(([name, values]) => [name, Float64Array.from(rows, (row) => values[row])]),
  );
}

function rowsWhere(
  { features: { rows, dayOf } }: Dataset,
  [from, to]: DayRange,
  keep: (row: number, day: number) => boolean,
): Int32Array {
  const result = new Int32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    if (dayOf[row] >= from && dayOf[row] < to && keep(row, dayOf[row])) result[count++] = row;
  }
  return result.slice(0, count);
}
