import { checkInteger, mean } from "@lib/core";
import { normalQuantile } from "./normal_distribution.ts";
import { studentProbability } from "./student_distribution.ts";

/** Result of {@linkcode cosineT}. */
export interface CosineT {
  mean: number;
  /** Standard error of the mean. */
  standardError: number;
  /** Mean over its error; Student's t with `degrees` degrees of freedom where the true mean is 0. */
  t: number;
  /** How many cosine transforms the error was made from. */
  degrees: number;
  /** The normal deviate that is as unlikely as `t`. */
  z: number;
}

/** Options of {@linkcode cosineT}. */
export interface CosineTOptions {
  /** Days that each value covers; values that start daily then overlap. Default 1. */
  horizonDays?: number;
}

/**
 * Whether the mean of a daily series differs from 0, by a test that keeps its size where values depend on each other.
 *
 * The variance of the mean is taken from the B slowest cosine transforms of the series, X(j) = sqrt(2 / n) sum over t of
 * x(t) cos(pi j (t + 1/2) / n), each of which estimates it without bias and independently: t = sqrt(n) mean / sqrt(mean
 * of X(j)^2) has Student's distribution with B degrees of freedom, so that what is not known about the error stands in
 * the critical value. B = min(floor(0.4 n^(2/3)), floor(n / (3 horizonDays))), at least 1: the first is the published
 * rule; the second keeps to frequencies at which outcomes that overlap over h days still look the same as at 0 (their
 * variance falls by 3 % there, by all of it at frequency 1 / h).
 *
 * Why not {@linkcode neweyWestStandardError} with a normal limit: over few horizons its error is both too small and not
 * known well, and records without skill pass twice as often as promised.
 *
 * Source: Lazarus, Lewis, Stock and Watson (2018), Journal of Business and Economic Statistics 36; Mueller (2007),
 * Journal of Econometrics 141.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { t, degrees, z } = cosineT(Float64Array.from({ length: 100 }, (_, day) => 1 + 5 * (day % 2)));
 * assert.equal(degrees, 8);
 * assert.ok(t > z && z > 5);
 * ```
 *
 * @param values Shape (n,), in time order, none missing.
 * @returns NaN for fewer than two values or where they do not vary.
 */
export function cosineT(values: Float64Array, { horizonDays = 1 }: CosineTOptions = {}): CosineT {
  checkInteger("test a mean", "horizonDays", horizonDays, { least: 1 });
  const n = values.length;
  const degrees = Math.max(1, Math.min(Math.floor(0.4 * n ** (2 / 3)), Math.floor(n / (3 * horizonDays))));
  const centre = mean(values);
  const isStill = n < 2 || values.every((value) => value === values[0]);
  if (isStill) return { mean: n === 0 ? NaN : centre, standardError: NaN, t: NaN, degrees, z: NaN };
  let squares = 0;
  for (let j = 1; j <= degrees; j++) {
    let sum = 0;
    for (let day = 0; day < n; day++) sum += (values[day] - centre) * Math.cos(Math.PI * j * (day + 0.5) / n);
    squares += 2 / n * sum ** 2 / degrees;
  }
  const standardError = Math.sqrt(squares / n);
  const t = centre / standardError;
  return { mean: centre, standardError, t, degrees, z: asNormal(t, degrees) };
}

/** The normal deviate with the same tail; from the smaller tail, since the larger rounds to 1. */
function asNormal(t: number, degrees: number): number {
  const tail = studentProbability(-Math.abs(t), { degrees });
  return t === 0 ? 0 : -Math.sign(t) * normalQuantile(Math.max(tail, 1e-300));
}

/**
 * The value of Student's t that is exceeded with a probability of `1 - probability`.
 *
 * By bisection on {@linkcode studentProbability}, to the last digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(studentQuantile(0.975, { degrees: 10 }).toFixed(3), "2.228");
 * ```
 *
 * @throws {RangeError} If `probability` is not between 0 and 1, or `degrees` not above 0.
 */
export function studentQuantile(probability: number, { degrees }: { degrees: number }): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(
      `Cannot find a quantile of Student's t: probability must be between 0 and 1, current value is ${probability}`,
    );
  }
  if (probability < 0.5) return -studentQuantile(1 - probability, { degrees });
  let [low, high] = [0, 1];
  while (studentProbability(high, { degrees }) < probability) [low, high] = [high, 2 * high];
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2;
    if (studentProbability(middle, { degrees }) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
