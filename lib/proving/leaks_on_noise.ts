import { checkInteger, normalRandom, pearsonCorrelation, residual, seededRandom } from "@lib/core";

/** A mistake, made on returns that nothing can forecast. */
export interface LeakOnNoise {
  /** What was done wrong. */
  leak: string;
  /** IC that it shows, one a seed, shape (seeds,). */
  ics: Float64Array;
  /** IC that it shows on average, by arithmetic. */
  expected: number;
}

/** Options of {@linkcode leaksOnNoise}. */
export interface LeaksOnNoiseOptions {
  /** Of the first simulation; the others follow. */
  seed: number;
  /** Simulations. Default 20. */
  simulations?: number;
  /** Days of each. Default 2,440. */
  days?: number;
}

const fittedDays = 504;

/**
 * What well-known mistakes show on pure noise: independent normal returns, of which the past tells nothing.
 *
 * Labels of several days share returns with their neighbours: of the mean over h days, and the same mean k days before,
 * h - k returns are common, which correlates them by (h - k) / h. Features that see k of the h days of a label know
 * sqrt(k / h) of it. Prices keep their level. An in-sample fit by least squares of p features on n days explains p / n.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [mean3] = leaksOnNoise({ seed: 1, simulations: 2 });
 * assert.ok(mean3.ics.every((ic) => Math.abs(ic - 2 / 3) < 0.05));
 * ```
 */
export function leaksOnNoise({ seed, simulations = 20, days = 2440 }: LeaksOnNoiseOptions): LeakOnNoise[] {
  const action = "show leaks on noise";
  checkInteger(action, "simulations", simulations, { least: 1 });
  checkInteger(action, "days", days, { least: fittedDays });
  const leaks = [
    { leak: "mean of 3 days, forecast by its own value of the day before", expected: 2 / 3, ic: lagged(3) },
    { leak: "mean of 5 days, forecast by its own value of the day before", expected: 4 / 5, ic: lagged(5) },
    { leak: "return of 5 days, of which a feature sees 1", expected: Math.sqrt(1 / 5), ic: overlapping(5, 1) },
    { leak: "return of 5 days, of which features see 2", expected: Math.sqrt(2 / 5), ic: overlapping(5, 2) },
    { leak: "price, forecast by the price of the day before", expected: 1, ic: priceLevels },
    { leak: "157 features of noise, scored on the 504 days of their fit", expected: fitted(157), ic: inSample(157) },
    { leak: "none: the return of the day before", expected: 0, ic: honest },
  ];
  const noises = Array.from({ length: simulations }, (_, number) => {
    const normal = normalRandom(seededRandom(seed + number));
    return { returns: Float64Array.from({ length: days }, normal), normal };
  });
  return leaks.map(({ leak, expected, ic }) => ({
    leak,
    expected,
    ics: Float64Array.from(noises, ({ returns, normal }) => ic(returns, normal)),
  }));
}

type IcOf = (returns: Float64Array, normal: () => number) => number;

function sumsOver(returns: Float64Array, window: number): Float64Array {
  return Float64Array.from(
    { length: returns.length - window + 1 },
    (_, from) => returns.subarray(from, from + window).reduce((sum, value) => sum + value),
  );
}

function lagged(window: number): IcOf {
  return (returns) => {
    const labels = sumsOver(returns, window);
    return pearsonCorrelation(labels.subarray(0, -1), labels.subarray(1));
  };
}

function overlapping(window: number, seen: number): IcOf {
  return (returns) => {
    const labels = sumsOver(returns, window);
    return pearsonCorrelation(sumsOver(returns, seen).subarray(0, labels.length), labels);
  };
}

const priceLevels: IcOf = (returns) => {
  let level = 100;
  const prices = returns.map((value) => level *= Math.exp(0.01 * value));
  return pearsonCorrelation(prices.subarray(0, -1), prices.subarray(1));
};

const fitted = (features: number) => Math.sqrt(features / fittedDays);

function inSample(features: number): IcOf {
  return (returns, normal) => {
    const outcome = returns.subarray(0, fittedDays);
    const columns = Array.from({ length: features }, () => Float64Array.from(outcome, normal));
    const rest = residual(outcome, columns);
    return pearsonCorrelation(outcome.map((value, day) => value - rest[day]), outcome);
  };
}

const honest: IcOf = (returns) => pearsonCorrelation(returns.subarray(0, -1), returns.subarray(1));
