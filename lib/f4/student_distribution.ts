import { checkNumber } from "@lib/core";

const LANCZOS = [
  0.99999999999980993,
  676.5203681218851,
  -1259.1392167224028,
  771.32342877765313,
  -176.61502916214059,
  12.507343278686905,
  -0.13857109526572012,
  9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/**
 * Share of Student's t distribution at or below `t`.
 *
 * By the regularised incomplete beta function, Lentz's continued fraction: relative error below 1e-10 also in the tails.
 *
 * @example One degree of freedom is the Cauchy distribution
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(studentProbability(1, { degrees: 1 }) - 0.75) < 1e-12);
 * ```
 *
 * @param options.degrees Degrees of freedom, above 0.
 * @returns NaN where `t` is.
 * @throws {RangeError} If `degrees` is not above 0.
 */
export function studentProbability(t: number, { degrees }: { degrees: number }): number {
  checkNumber("compute a probability of Student's t", "degrees", degrees, { least: Number.MIN_VALUE });
  if (Number.isNaN(t)) return NaN;
  const tail = 0.5 * regularisedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
  return t > 0 ? 1 - tail : tail;
}

/** I_x(a, b); the fraction converges fast below (a + 1) / (a + b + 2), and the other side is its mirror. */
function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return x < (a + 1) / (a + b + 2) ? front * fraction(x, a, b) / a : 1 - front * fraction(1 - x, b, a) / b;
}

function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - (a + b) * x / (a + 1));
  let result = d;
  for (let m = 1; m < 500; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    result *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return result;
}

/** Logarithm of the gamma function, by the approximation of Lanczos with g = 7 and nine terms. */
function logGamma(z: number): number {
  if (z < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * z)) - logGamma(1 - z);
  const sum = LANCZOS.reduce((total, term, i) => i === 0 ? term : total + term / (z - 1 + i), 0);
  const base = z + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (z - 0.5) * Math.log(base) - base + Math.log(sum);
}
