import { rollingMean, rollingStandardDeviation } from "./_rolling.ts";
import { differences, quotients } from "./_quotient.ts";

/** How far a value lies from the mean of its trailing window, in sample standard deviations of it. Shape (days,). */
export function zScore(values: Float64Array, windowDays: number): Float64Array {
  const average = rollingMean(values, { windowDays });
  const deviation = rollingStandardDeviation(values, { windowDays });
  return quotients(differences(values, average), deviation);
}
