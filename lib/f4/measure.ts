/** A number with its error. Never NaN: what could not be computed is {@linkcode Missing}. */
export interface Estimate {
  value: number;
  /** Lower end of the interval; null where `method` says that there is none. */
  low: number | null;
  /** Upper end of the interval; null where `method` says that there is none. */
  high: number | null;
  /** Rows or days that the number rests on, as `method` says. */
  n: number;
  /** How value and interval were made, in a few words. */
  method: string;
}

/** A number that does not exist, and why. */
export interface Missing {
  value: null;
  reason: string;
}

/** A number with its error, or the reason why there is none. */
export type Measure = Estimate | Missing;

/** Whether there is a number. */
export function isEstimate(measure: Measure): measure is Estimate {
  return measure.value !== null;
}

/** A number that does not exist. */
export function missing(reason: string): Missing {
  return { value: null, reason };
}

/**
 * An estimate where `value` is finite, and the reason where it is not. Ends of the interval that are not finite become
 * null.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(measure({ value: NaN, n: 3, method: "mean of days" }, "no day was known"), {
 *   value: null,
 *   reason: "no day was known",
 * });
 * ```
 */
export function measure(
  { value, low, high, n, method }: { value: number; low?: number; high?: number; n: number; method: string },
  reason: string,
): Measure {
  if (!Number.isFinite(value)) return missing(reason);
  const end = (number?: number) => number !== undefined && Number.isFinite(number) ? number : null;
  return { value, low: end(low), high: end(high), n, method };
}
