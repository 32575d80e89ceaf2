import { checkNumber } from "@lib/core";
import { fitScaler, type Rows, type TrainingRows } from "@lib/dataset";
import { checkTrainingRows } from "../check_training_rows.ts";
import type { FitOptions } from "../forecaster.ts";
import { learntFrom } from "../learnt_from.ts";
import { solvePositiveDefinite } from "./cholesky.ts";
import { moments } from "./moments.ts";
import { ridgeForecast, RidgeForecaster, type RidgeState } from "./ridge_forecaster.ts";

/** Options of {@linkcode fitRidge}. */
export interface FitRidgeOptions extends FitOptions {
  /**
   * Penalty on squared weights, per row, at least 0; or several, of which the one with the least squared error on the
   * rows to stop by is kept. Default 0.1.
   */
  penalty?: number | readonly number[];
}

/**
 * Fits a linear model with an L2 penalty on standardised features: the least that every other model must beat.
 *
 * Minimises mean((target - intercept - features . weights)^2) + penalty * sum(weights^2). The penalty is per row, so
 * that it means the same in a short fold and a long one; scikit-learn's `alpha` is penalty x rows. The intercept is not
 * penalised. Features are standardised on the rows themselves; a missing one counts as its mean, that is 0.
 *
 * Source: Hoerl and Kennard (1970), Ridge Regression, Technometrics 12; normal equations, solved by Cholesky.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const rows = {
 *   features: { values: Float32Array.of(-1, 1), rows: 2, columns: ["momentum_5"] },
 *   target: Float64Array.of(1, 5),
 *   day: new Int32Array(2),
 * };
 * using model = await fitRidge(rows, { penalty: 3, seed: 1 });
 * assert.deepEqual([model.state.intercept, model.state.coefficients[0]], [3, 0.5]); // 3 and 2 without penalty
 * ```
 *
 * @throws {RangeError} If a penalty is negative, there is a choice but no rows to choose by, features are collinear and
 * the penalty is 0, or a target is not finite.
 * @throws {TypeError} If shapes disagree.
 */
// deno-lint-ignore require-await -- the contract of all engines is asynchronous; this one has nothing to wait for
export async function fitRidge(
  rows: TrainingRows,
  { penalty = 0.1, seed, progress, signal }: FitRidgeOptions,
): Promise<RidgeForecaster> {
  const action = "fit ridge";
  checkTrainingRows(action, rows, seed);
  const penalties = typeof penalty === "number" ? [penalty] : penalty;
  penalties.forEach((candidate) => checkNumber(action, "penalty", candidate, { least: 0 }));
  const chooses = penalties.length !== 1;
  if (chooses && (penalties.length === 0 || !rows.stop)) {
    throw new RangeError(
      `Cannot ${action}: a choice of penalty must have candidates and rows to stop by, current numbers are ${penalties.length} and ${
        rows.stop?.features.rows ?? 0
      }`,
    );
  }
  signal?.throwIfAborted();
  const candidates = solutions(rows, penalties);
  const best = chooses ? leastError(candidates, rows.stop!) : candidates[0];
  progress?.(1, 1);
  const description = {
    model: "ridge",
    engine: "ridge typescript",
    features: [...rows.features.columns],
    options: { penalty: [...penalties] },
    seed,
    rounds: 1,
    ...learntFrom(rows, { usesStop: chooses }),
  };
  return new RidgeForecaster(description, best);
}

function solutions(rows: Rows, penalties: readonly number[]): RidgeState[] {
  const scaler = fitScaler(rows.features);
  const { featureMean, targetMean, covariance, withTarget } = moments(rows, scaler);
  const width = withTarget.length;
  const silent = scaler.standardDeviation.map((deviation) => deviation === 0 ? 1 : 0);
  return penalties.map((penalty) => {
    const system = covariance.slice();
    // A feature that never varies has no covariance at all: any pivot gives it weight 0.
    for (let column = 0; column < width; column++) system[column * (width + 1)] += penalty + silent[column];
    const coefficients = solvePositiveDefinite(system, withTarget);
    const explained = coefficients.reduce((sum, weight, column) => sum + weight * featureMean[column], 0);
    return { scaler, coefficients, intercept: targetMean - explained, penalty };
  });
}

function leastError(candidates: readonly RidgeState[], stop: Rows): RidgeState {
  const errors = candidates.map((candidate) => {
    const forecast = ridgeForecast(stop.features, candidate);
    return forecast.reduce((sum, value, row) => sum + (stop.weight?.[row] ?? 1) * (stop.target[row] - value) ** 2, 0);
  });
  return candidates[errors.indexOf(Math.min(...errors))];
}
