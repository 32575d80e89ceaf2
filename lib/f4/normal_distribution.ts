import { checkNumber } from "@lib/core";

const density = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/** Share of the standard normal distribution above `x`, for x > 0, by Laplace's continued fraction. */
function upperTail(x: number): number {
  let fraction = x;
  for (let term = 200; term > 0; term--) fraction = x + term / fraction;
  return density(x) / fraction;
}

/**
 * Share of the standard normal distribution at or below `x`.
 *
 * The series of Marsaglia (2004, Journal of Statistical Software 11) within 3 of the centre, Laplace's continued
 * fraction beyond: relative error below 1e-12 also far out in the tails.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(normalProbability(0), 0.5);
 * assert.ok(Math.abs(normalProbability(1.96) - 0.975) < 1e-5);
 * ```
 */
export function normalProbability(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 3) return 1 - upperTail(x);
  if (x < -3) return x < -38 ? 0 : upperTail(-x);
  let [sum, term] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-18 * Math.abs(sum); odd += 2) sum += term *= x * x / odd;
  return 0.5 + density(x) * sum;
}

/**
 * The point that the standard normal distribution stays below with a given probability.
 *
 * The rational approximation of Acklam, sharpened by two steps of Halley: relative error below 1e-12.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(normalQuantile(0.975) - 1.959963984540054) < 1e-12);
 * ```
 *
 * @returns -Infinity at 0 and Infinity at 1.
 * @throws {RangeError} If `probability` is not between 0 and 1.
 */
export function normalQuantile(probability: number): number {
  checkNumber("compute a normal quantile", "probability", probability, { least: 0, most: 1 });
  if (probability === 0 || probability === 1) return probability === 0 ? -Infinity : Infinity;
  if (probability > 0.5) return -normalQuantile(1 - probability);
  let x = acklam(probability);
  for (let step = 0; step < 2; step++) {
    const error = (normalProbability(x) - probability) / density(x);
    x -= error / (1 + 0.5 * x * error);
  }
  return x;
}

/** Lower half only. Coefficients of P. J. Acklam (2003), relative error 1.15e-9. */
function acklam(probability: number): number {
  if (probability < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(probability));
    const above = [
      -7.784894002430293e-3,
      -3.223964580411365e-1,
      -2.400758277161838,
      -2.549732539343734,
      4.374664141464968,
      2.938163982698783,
    ];
    const below = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1];
    return horner(above, q) / horner(below, q);
  }
  const q = probability - 0.5;
  const above = [
    -3.969683028665376e1,
    2.209460984245205e2,
    -2.759285104469687e2,
    1.38357751867269e2,
    -3.066479806614716e1,
    2.506628277459239,
  ];
  const below = [
    -5.447609879822406e1,
    1.615858368580409e2,
    -1.556989798598866e2,
    6.680131188771972e1,
    -1.328068155288572e1,
    1,
  ];
  return q * horner(above, q * q) / horner(below, q * q);
}

function horner(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient);
}
