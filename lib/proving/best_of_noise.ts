import { checkInteger, mean, normalRandom, quantile, seededRandom } from "@lib/core";
import { sharpeRatio } from "@lib/f4";

/** What the best of so many books without skill shows. */
export interface BestOfNoise {
  trials: number;
  /** Annual Sharpe ratio of the best book: mean, 5 % and 95 % quantile over the simulations. */
  sharpe: number;
  low: number;
  high: number;
}

/** Options of {@linkcode bestOfNoise}. */
export interface BestOfNoiseOptions {
  seed: number;
  /** Days of each book. */
  days: number;
  /** Numbers of books to choose from, each at least 1. */
  trials: readonly number[];
  /** Times that everything is drawn anew. Default 20. */
  simulations?: number;
}

/**
 * Draws books whose daily returns are independent, normal and of mean 0, and looks at the best of the first N of them.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [one, hundred] = bestOfNoise({ seed: 1, days: 252, trials: [1, 100] });
 * assert.ok(Math.abs(one.sharpe) < 0.6 && hundred.sharpe > 2);
 * ```
 */
export function bestOfNoise({ seed, days, trials, simulations = 20 }: BestOfNoiseOptions): BestOfNoise[] {
  const action = "draw the best of noise";
  checkInteger(action, "days", days, { least: 2 });
  checkInteger(action, "simulations", simulations, { least: 1 });
  for (const count of trials) checkInteger(action, "trials", count, { least: 1 });
  const normal = normalRandom(seededRandom(seed));
  const book = new Float64Array(days);
  const best = trials.map(() => new Float64Array(simulations).fill(-Infinity));
  for (let simulation = 0; simulation < simulations; simulation++) {
    for (let trial = 0; trial < Math.max(...trials); trial++) {
      for (let day = 0; day < days; day++) book[day] = normal();
      const sharpe = sharpeRatio(book);
      trials.forEach((count, at) => {
        if (trial < count) best[at][simulation] = Math.max(best[at][simulation], sharpe);
      });
    }
  }
  return trials.map((count, at) => ({
    trials: count,
    sharpe: mean(best[at]),
    low: quantile(best[at], 0.05),
    high: quantile(best[at], 0.95),
  }));
}
