import { checkInteger, checkNumber, isIsoDay } from "@lib/core";

/** Days `from` up to, not including, `to`; indices into a calendar. */
export type DayRange = readonly [from: number, to: number];

/** One step of a walk forward: what may be learnt from, and what is forecast with it. */
export interface Fold {
  /** The year it tests, or the first day it tests. */
  readonly name: string;
  /** Days whose rows the model is fitted on. */
  readonly trainDays: DayRange;
  /** Days at the end of the training part that only decide when to stop or how much to shrink; never score. */
  readonly stopDays?: DayRange;
  /** Days after those that only set the forecasts of the fitted model right; never score. */
  readonly calibrationDays?: DayRange;
  /** Days whose rows are forecast, and judged. */
  readonly testDays: DayRange;
  /** Days left out before `stopDays`, `calibrationDays` and `testDays` together: their outcome was not known in time. */
  readonly purgedDays: number;
  /** Trading days from the day of the features to the day at whose close the target is known. */
  readonly horizonDays: number;
  /** Trading days between the last outcome learnt from and the first day it is used on. */
  readonly embargoDays: number;
}

/** Options of {@linkcode walkForward}. */
export interface WalkForwardOptions {
  /** First day to test (ISO), or the first trading day after it. Default, also for "": two fifths into the calendar. */
  firstTestDay?: string;
  /** Last day to test (ISO), itself included. Default: the last of the calendar. */
  lastTestDay?: string;
  /** When to fit anew: with each calendar year, or after so many trading days. Default `"yearly"`. */
  refit?: "yearly" | number;
  /** Learn from all days so far, or from the last so many trading days. Default `"expanding"`. */
  window?: "expanding" | number;
  /** Trading days from the day of the features to the day at whose close the target is known. */
  horizonDays: number;
  /**
   * Trading days kept free between the last outcome learnt from and the first day it is used on. Default 1: the model is
   * fitted in the night before.
   */
  embargoDays?: number;
  /** Share of the training days, at their end, that becomes `stopDays`. Default 0: none. */
  innerShare?: number;
  /** Share of the training days, at their very end, that becomes `calibrationDays`. Default 0: none. */
  calibrationShare?: number;
}

/**
 * Splits a calendar for a walk forward: fit on the past, forecast the next stretch, fit again.
 *
 * In trading terms. The features of day t are known at its close, and so is the price from which the target starts; the
 * target is known at the close of t + h. On the first test day T one may have learnt from day t if t + h <= T: its
 * outcome is printed by then. Its label covers the returns of the days t + 1 to t + h, that of the first test row those
 * from T + 1 on: they share none. With `embargoDays` of 0 the model would have to be fitted between that close and the
 * trade at the same close; with 1, the default, there is a night for it: t + h + 1 <= T.
 *
 * Ten days, two tested at a time, h = 2, embargo 1. `x` trains, `T` tests, `.` is left out:
 * ```text
 * day     0 1 2 3 4 5 6 7 8 9
 * fold 1  x x x x . . T T        3 + 2 + 1 <= 6
 * fold 2  x x x x x x . . T T    5 + 2 + 1 <= 8
 * ```
 * With `window: 2` fold 2 trains on days 4 and 5. With `innerShare: 0.2` and h = 1 the last fifth of the training days
 * (`s`) decides when to stop, and days are left out before it by the same rule:
 * ```text
 * day     0 1 2 3 4 5 6 7 8 9
 * fold 1  x x x . s . T T        2 + 1 + 1 <= 4, 4 + 1 + 1 <= 6
 * fold 2  x x x x x . s . T T
 * ```
 *
 * With `calibrationShare: 0.2` beside it a third part (`c`), cut and kept apart in the same way, follows the second:
 * ```text
 * day     0 1 2 3 4 5 6 7 8 9
 * fold 1  x . s . c . T T        0 + 1 + 1 <= 2, 2 + 1 + 1 <= 4, 4 + 1 + 1 <= 6
 * fold 2  x x x . s . c . T T
 * ```
 *
 * The rule counts days of the calendar; where a symbol skips days, `trainingRows` also counts its own rows.
 *
 * @example The first drawing
 * ```ts
 * import assert from "node:assert/strict";
 * import { weekdays } from "@lib/core";
 * const dates = weekdays("2020-01-01", 10);
 * const folds = walkForward(dates, { firstTestDay: dates[6], refit: 2, horizonDays: 2 });
 * assert.deepEqual(folds.map((fold) => fold.trainDays), [[0, 4], [0, 6]]);
 * assert.deepEqual(folds.map((fold) => fold.testDays), [[6, 8], [8, 10]]);
 * ```
 *
 * @param dates The trading calendar, rising ISO days: `dates` of the panel.
 * @throws {RangeError} If an option is out of range, there is no day to test, or a fold has too few days to train on.
 */
export function walkForward(dates: readonly string[], {
  firstTestDay = "",
  lastTestDay = dates.at(-1) ?? "",
  refit = "yearly",
  window = "expanding",
  horizonDays,
  embargoDays = 1,
  innerShare = 0,
  calibrationShare = 0,
}: WalkForwardOptions): Fold[] {
  const action = "walk forward";
  checkInteger(action, "horizonDays", horizonDays, { least: 1 });
  checkInteger(action, "embargoDays", embargoDays, { least: 0 });
  checkNumber(action, "innerShare", innerShare, { least: 0, most: 0.9 });
  checkNumber(action, "calibrationShare", calibrationShare, { least: 0, most: 0.9 });
  if (refit !== "yearly") checkInteger(action, "refit", refit, { least: 1 });
  if (window !== "expanding") checkInteger(action, "window", window, { least: 1 });
  const first = firstTestDay === "" ? Math.floor(0.4 * dates.length) : dayAtOrAfter("firstTestDay", firstTestDay);
  const end = lastTestDay === dates.at(-1) ? dates.length : dayAfter("lastTestDay", lastTestDay);
  if (first >= end) {
    throw new RangeError(
      `Cannot ${action}: there must be trading days from firstTestDay to lastTestDay, current values are ${firstTestDay} and ${lastTestDay}, of a calendar from ${
        dates[0]
      } to ${dates.at(-1)}`,
    );
  }
  const gap = horizonDays + embargoDays;
  return testRanges().map((testDays) => {
    const name = refit === "yearly" ? dates[testDays[0]].slice(0, 4) : dates[testDays[0]];
    const learnable = testDays[0] - gap + 1; // one past the last day whose outcome is known in time
    const from = window === "expanding" ? 0 : learnable - window;
    if (from < 0 || learnable - from < 1) {
      const wanted = window === "expanding" ? "a day" : `${window} days`;
      throw new RangeError(
        `Cannot ${action}: fold ${name} must have ${wanted} to train on before its gap of ${
          gap - 1
        } days, current number is ${Math.max(0, learnable)}`,
      );
    }
    const lastPart = (end: number, share: number): DayRange | undefined =>
      share === 0 ? undefined : [end - Math.max(1, Math.round(share * (learnable - from))), end];
    const beforePart = (part: DayRange | undefined, end: number) => part === undefined ? end : part[0] - gap + 1;
    const calibrationDays = lastPart(learnable, calibrationShare);
    const stopEnd = beforePart(calibrationDays, learnable);
    const stopDays = lastPart(stopEnd, innerShare);
    const trainDays = [from, beforePart(stopDays, stopEnd)] as const;
    const parts = [stopDays, calibrationDays].filter((part) => part !== undefined);
    if (trainDays[1] <= from) {
      const purposes = [
        ...(stopDays ? [`${stopDays[1] - stopDays[0]} to stop by`] : []),
        ...(calibrationDays ? [`${calibrationDays[1] - calibrationDays[0]} to calibrate on`] : []),
      ];
      throw new RangeError(
        `Cannot ${action}: fold ${name} must have a day left to train on beside ${purposes.join(", ")} and ${
          parts.length * (gap - 1)
        } between them, current number of days is ${learnable - from}`,
      );
    }
    return {
      name,
      trainDays,
      ...(stopDays && { stopDays }),
      ...(calibrationDays && { calibrationDays }),
      testDays,
      purgedDays: (parts.length + 1) * (gap - 1),
      horizonDays,
      embargoDays,
    };
  });

  function dayAtOrAfter(name: string, day: string): number {
    checkDay(name, day);
    const index = dates.findIndex((date) => date >= day);
    return index < 0 ? dates.length : index;
  }

  function dayAfter(name: string, day: string): number {
    checkDay(name, day);
    const index = dates.findIndex((date) => date > day);
    return index < 0 ? dates.length : index;
  }

  function checkDay(name: string, day: string): void {
    if (isIsoDay(day)) return;
    throw new RangeError(`Cannot ${action}: ${name} must be a date as YYYY-MM-DD, current value is ${day}`);
  }

  function testRanges(): DayRange[] {
    const ranges: DayRange[] = [];
    for (let from = first; from < end;) {
      let to = from + 1;
      if (refit === "yearly") { while (to < end && dates[to].slice(0, 4) === dates[from].slice(0, 4)) to++; }
      else to = Math.min(from + refit, end);
      ranges.push([from, to]);
      from = to;
    }
    return ranges;
  }
}
