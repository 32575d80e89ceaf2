import type { Fold } from "./walk_forward.ts";

/** A fold in words, for display: first and last day of each part, both included. */
export interface FoldRow {
  fold: string;
  trainFrom: string;
  trainTo: string;
  trainDays: number;
  stopFrom: string;
  stopTo: string;
  /** Only where a part of the training days is kept for calibration. */
  calibrationFrom?: string;
  calibrationTo?: string;
  testFrom: string;
  testTo: string;
  testDays: number;
  purgedDays: number;
}

/**
 * The folds as rows of dates, for a table. Without an inner split `stopFrom` and `stopTo` are empty.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { weekdays } from "@lib/core";
 * import { walkForward } from "@lib/dataset";
 * const dates = weekdays("2019-12-02", 40);
 * const folds = walkForward(dates, { firstTestDay: "2020-01-01", horizonDays: 5 });
 * const [row] = foldTable(folds, dates);
 * assert.deepEqual([row.trainTo, row.testFrom, row.purgedDays], ["2019-12-24", "2020-01-01", 5]);
 * ```
 */
export function foldTable(folds: readonly Fold[], dates: readonly string[]): FoldRow[] {
  return folds.map(({ name, trainDays, stopDays, calibrationDays, testDays, purgedDays }) => ({
    fold: name,
    trainFrom: dates[trainDays[0]],
    trainTo: dates[trainDays[1] - 1],
    trainDays: trainDays[1] - trainDays[0],
    stopFrom: stopDays ? dates[stopDays[0]] : "",
    stopTo: stopDays ? dates[stopDays[1] - 1] : "",
    ...(calibrationDays && {
      calibrationFrom: dates[calibrationDays[0]],
      calibrationTo: dates[calibrationDays[1] - 1],
    }),
    testFrom: dates[testDays[0]],
    testTo: dates[testDays[1] - 1],
    testDays: testDays[1] - testDays[0],
    purgedDays,
  }));
}
