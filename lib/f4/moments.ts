import { mean } from "@lib/core";

/**
 * Skewness: the third central moment over the standard deviation cubed, all with divisor n (the default of
 * `scipy.stats.skew`). 0 for a normal distribution, negative where the left tail is the longer.
 *
 * @returns NaN for a constant.
 */
export function skewness(values: Float64Array): number {
  return centralMoment(values, 3) / centralMoment(values, 2) ** 1.5;
}

/**
 * Kurtosis, not excess: the fourth central moment over the variance squared, all with divisor n
 * (`scipy.stats.kurtosis` with `fisher=False`). 3 for a normal distribution.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(kurtosis(Float64Array.of(-1, 1, -1, 1)), 1);
 * ```
 *
 * @returns NaN for a constant.
 */
export function kurtosis(values: Float64Array): number {
  return centralMoment(values, 4) / centralMoment(values, 2) ** 2;
}

function centralMoment(values: Float64Array, order: number): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** order, 0) / values.length;
}
