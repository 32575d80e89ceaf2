import { bootstrapped } from "./_judging.ts";
import type { Measure } from "./measure.ts";
import { bootstrapSums, type Resamples } from "./stationary_bootstrap.ts";

/**
 * Slope of a book's returns on the market's, with its interval.
 *
 * @param gross Shape (days,); so is `market`. None is missing on the days that `stood` has 1.
 */
export function bookBeta(
  gross: Float64Array,
  market: Float64Array,
  { resamples, confidence, stood = new Float64Array(gross.length).fill(1) }: {
    resamples: Resamples;
    confidence: number;
    stood?: Float64Array;
  },
): Measure {
  const own = (values: Float64Array) => values.map((value, day) => stood[day] === 0 ? 0 : value);
  const [x, y] = [own(market), own(gross)];
  const { beta } = bootstrapSums(
    { days: stood, x, y, xx: x.map((value) => value ** 2), xy: x.map((value, day) => value * y[day]) },
    { beta: (t) => (t.xy - t.x * t.y / t.days) / (t.xx - t.x ** 2 / t.days) },
    resamples,
    { confidence },
  );
  const days = stood.reduce((sum, one) => sum + one, 0);
  return bootstrapped(beta, { n: days, days, horizonDays: 1, unit: "days", reason: "the market does not move" });
}
