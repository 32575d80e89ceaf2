import { checkNumber } from "@lib/core";
import { expectedMaximum } from "./expected_best_sharpe.ts";

/** Options of {@linkcode minimumBacktestLength}. */
export interface MinimumBacktestLengthOptions {
  /** How many independent trials were made. */
  trials: number;
  /** Annual Sharpe ratio that the best of them shows. Default 1. */
  sharpe?: number;
}

/**
 * Years of data below which the best of so many trials without skill is expected to show such a Sharpe ratio.
 *
 * (E[max of N] / SR)^2, by {@linkcode expectedMaximum}: over y years the annual ratio of a trial without skill has a
 * standard deviation of 1 / sqrt(y).
 *
 * Source: Bailey, Borwein, Lopez de Prado and Zhu (2014), Notices of the American Mathematical Society 61.
 *
 * @example Five years bear no more than 45 trials
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(minimumBacktestLength({ trials: 45 }).toFixed(1), "5.0");
 * ```
 *
 * @throws {RangeError} If `trials` is not a whole number of at least 1, or `sharpe` is not above 0.
 */
export function minimumBacktestLength({ trials, sharpe = 1 }: MinimumBacktestLengthOptions): number {
  checkNumber("compute the minimum backtest length", "sharpe", sharpe, { least: Number.MIN_VALUE });
  return (expectedMaximum(trials) / sharpe) ** 2;
}
