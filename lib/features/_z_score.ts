import { rollingMean, rollingStandardDeviation } from "@lib/core";
import { quotient } from "./_quotient.ts";

/** How far a value lies from the mean of its trailing window, in sample standard deviations of it. Shape (days,). */
export function zScore(values: Float64Array, windowDays: number): Float64Array {
  const average = rollingMean(values, { windowDays });
  const deviation = rollingStandardDeviation(values, { windowDays });
  return values.map((value, day) => quotient(value - average[day], deviation[day]));
}
