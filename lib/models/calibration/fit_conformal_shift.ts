import { checkInteger, checkNumber, checkSameLength, quantile } from "@lib/core";
import type { Matrix } from "@lib/dataset";
import { regimeFeature, regimeOf } from "./calibration.ts";

/** How far a quantile's forecast is moved. Made by {@linkcode fitConformalShift}. */
export interface ConformalShift {
  readonly method: "conformal";
  /** Share of outcomes that are to lie at or below the forecast. */
  readonly level: number;
  /** Added to each forecast. */
  readonly shift: number;
  /** Shifts by the size of a feature, in place of the one above wherever it is known. */
  readonly regimes?: {
    readonly feature: string;
    /** Rising; a row belongs to the regime counted by the cuts that its feature reaches. */
    readonly cuts: readonly number[];
    readonly shifts: readonly number[];
  };
}

/** Options of {@linkcode fitConformalShift}. */
export interface FitConformalShiftOptions {
  /** Share of outcomes that are to lie at or below the forecast, between 0 and 1. */
  level: number;
  /**
   * Shift separately by regime: `groups` equal parts of the rows by the size of a feature, such as a volatility known at
   * the close. An interval that is right on the whole can be far too narrow in turbulent times. Default: one shift.
   */
  regimes?: { feature: string; groups?: number };
}

/**
 * Conformalises the forecast of a quantile: moves it by what it was wrong by on rows that it was not fitted on.
 *
 * From a level of one half on, the shift is the ceil((n + 1) level)-th smallest of actual - forecast; below, by symmetry,
 * minus the ceil((n + 1) (1 - level))-th smallest of forecast - actual. If rows to come are exchangeable with those
 * given, the share at or below an upper quantile is then at least `level`, whatever model forecast it, and that between
 * a lower and an upper one at least the difference of their levels. Days are not exchangeable: volatility clusters. What
 * coverage is left has to be measured, which is the judge's task.
 *
 * Quantiles that are moved apart from each other may cross; `sortQuantiles` puts that right.
 *
 * Source: Romano, Patterson and Candes (2019), Conformalized Quantile Regression, theorem 2 (tails apart from each
 * other); groups as in Vovk (2012), Conditional Validity of Inductive Conformal Predictors.
 *
 * @example Nine errors of 1 to 9: the 0.8 quantile has to rise by the eighth of them
 * ```ts
 * import assert from "node:assert/strict";
 * const rows = { forecasts: new Float64Array(9), actuals: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9) };
 * assert.equal(fitConformalShift(rows, { level: 0.8 }).shift, 8);
 * assert.equal(fitConformalShift(rows, { level: 0.2 }).shift, 2);
 * ```
 *
 * @param rows Forecasts and what came true, shape (rows,); features where there are regimes.
 * @throws {RangeError} If a value is not finite, or rows (of a regime) are too few for the level.
 * @throws {TypeError} If lengths differ, or the regime's feature is not given.
 */
export function fitConformalShift(
  { forecasts, actuals, features }: { forecasts: Float64Array; actuals: Float64Array; features?: Matrix },
  { level, regimes }: FitConformalShiftOptions,
): ConformalShift {
  const action = "conformalise a quantile";
  checkSameLength(action, { forecasts: forecasts.length, actuals: actuals.length });
  checkNumber(action, "level", level, { least: 1e-9, most: 1 - 1e-9 });
  const errors = actuals.map((actual, row) => actual - forecasts[row]);
  const unknown = errors.findIndex((error) => !Number.isFinite(error));
  if (unknown >= 0) {
    throw new RangeError(
      `Cannot ${action}: every forecast and actual must be finite, current values of row ${unknown} are ${
        forecasts[unknown]
      } and ${actuals[unknown]}`,
    );
  }
  const shift = shiftOf(action, errors, level);
  if (!regimes) return { method: "conformal", level, shift };
  const { feature, groups = 3 } = regimes;
  checkInteger(action, "groups", groups, { least: 2 });
  const sizes = regimeFeature(action, feature, features);
  checkSameLength(action, { forecasts: forecasts.length, features: sizes.length });
  const known = sizes.filter((size) => !Number.isNaN(size));
  const cuts = Array.from({ length: groups - 1 }, (_, cut) => quantile(known, (cut + 1) / groups));
  const shifts = Array.from({ length: groups }, (_, group) => {
    const own = errors.filter((_, row) => regimeOf({ cuts }, sizes[row]) === group);
    return shiftOf(`${action} in regime ${group + 1} of ${groups} by ${feature}`, own, level);
  });
  return { method: "conformal", level, shift, regimes: { feature, cuts, shifts } };
}

function shiftOf(action: string, errors: Float64Array, level: number): number {
  const isUpper = level >= 0.5;
  const wanted = isUpper ? level : 1 - level;
  const rank = Math.ceil((errors.length + 1) * wanted - 1e-9); // 10 x 0.7 is more than 7 in binary
  if (rank > errors.length) {
    throw new RangeError(
      `Cannot ${action}: there must be at least ${
        Math.ceil(wanted / (1 - wanted) - 1e-9)
      } rows for a level of ${level}, current number is ${errors.length}`,
    );
  }
  const sorted = errors.toSorted();
  return isUpper ? sorted[rank - 1] : sorted[errors.length - rank];
}
