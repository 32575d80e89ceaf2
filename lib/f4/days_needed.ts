import { checkInteger, checkNumber } from "@lib/core";
import { normalQuantile } from "./normal_distribution.ts";

/** Options of {@linkcode daysNeeded}. */
export interface DaysNeededOptions {
  /** Names that each day orders; 1 for the record of a single asset, a row a day. Default 1. */
  names?: number;
  /** Coverage of the interval that is to lie above 0. Default 0.95. */
  confidence?: number;
  /** How often it should. Default 0.8. */
  power?: number;
}

/**
 * Independent days after which a forecast of such skill is told from none.
 *
 * ((z_(1 - (1 - confidence) / 2) + z_power) / (IC sqrt(k)))^2, where k is 1 for one asset (a correlation over n days has
 * an error of 1 / sqrt(n)) and names - 1 for a daily rank IC, whose variance is 1 / (names - 1) where forecasts and
 * outcomes have nothing to do with each other. Names that move together, and horizons that overlap, need more.
 *
 * Source: Kendall and Stuart, The Advanced Theory of Statistics, on the variance of rank correlations.
 *
 * @example An IC of 0.02 on one share takes a lifetime, on 431 shares a few months
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal((daysNeeded(0.02) / 252).toFixed(0), "78");
 * assert.equal((daysNeeded(0.02, { names: 431 }) / 252).toFixed(2), "0.18");
 * ```
 *
 * @returns Not rounded.
 * @throws {RangeError} If `ic` is not between 0 and 1, `confidence` or `power` not between a half and 1.
 */
export function daysNeeded(
  ic: number,
  { names = 1, confidence = 0.95, power = 0.8 }: DaysNeededOptions = {},
): number {
  const action = "count the days that a skill needs";
  checkNumber(action, "ic", ic, { least: Number.MIN_VALUE, most: 1 });
  checkInteger(action, "names", names, { least: 1 });
  checkNumber(action, "confidence", confidence, { least: 0.5, most: 0.999 });
  checkNumber(action, "power", power, { least: 0.5, most: 0.999 });
  const errors = normalQuantile((1 + confidence) / 2) + normalQuantile(power);
  return (errors / ic) ** 2 / Math.max(1, names - 1);
}
