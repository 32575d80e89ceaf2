import { checkInteger, checkNumber } from "@lib/core";
import { LIMITS } from "./limits.ts";
import { normalProbability } from "./normal_distribution.ts";

const density = (x: number) => Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);

/** What an information coefficient implies for one asset with near-normal returns. */
export interface ImpliedByIc {
  /** Share of right signs. */
  hitRate: number;
  /** R2 against zero of a calibrated forecast: the most that any scaling of it can reach. */
  rSquared: number;
  /** Annual Sharpe ratio, before costs, of holding the sign of the forecast. */
  sharpe: number;
}

/** Options of {@linkcode impliedByIc}. The defaults are those of a market and a forecast without a drift. */
export interface ImpliedByIcOptions {
  /** Mean of forecast over its standard deviation. Default 0. */
  forecastDrift?: number;
  /** Mean of return over its standard deviation, per period. Default 0. */
  actualDrift?: number;
  /** Share of right signs that luck would get, from the observed shares of positive signs. Default 0.5. */
  expectedByChance?: number;
  /** Default 252. */
  periodsPerYear?: number;
}

/**
 * Hit rate, R2 and Sharpe ratio that belong to an information coefficient, so that a record can be held against itself.
 *
 * Without drifts, and exactly for normal returns: hit rate 1/2 + arcsin(IC) / pi, R2 IC^2, Sharpe
 * sqrt(252) IC sqrt(2/pi) / sqrt(1 - 2 IC^2 / pi). With drifts, the part of the hit rate beyond luck shrinks by
 * exp(-(z_f^2 + z_a^2) / 2), and the mean of the sign strategy becomes drift (2 P(up) - 1) + 2 IC phi(z_f), both to the
 * first order in IC.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { hitRate, rSquared, sharpe } = impliedByIc(0.05);
 * assert.deepEqual([hitRate.toFixed(3), rSquared.toFixed(4), sharpe.toFixed(2)], ["0.516", "0.0025", "0.63"]);
 * ```
 *
 * @throws {RangeError} If `ic` lies outside -1 to 1.
 */
export function impliedByIc(
  ic: number,
  { forecastDrift = 0, actualDrift = 0, expectedByChance = 0.5, periodsPerYear = 252 }: ImpliedByIcOptions = {},
): ImpliedByIc {
  checkNumber("compute what an IC implies", "ic", ic, { least: -1, most: 1 });
  const shrink = Math.exp(-(forecastDrift ** 2 + actualDrift ** 2) / 2);
  const saidUp = 2 * normalProbability(forecastDrift) - 1;
  const mean = actualDrift * saidUp + 2 * ic * density(forecastDrift);
  return {
    hitRate: expectedByChance + Math.asin(ic) / Math.PI * shrink,
    rSquared: ic ** 2,
    sharpe: Math.sqrt(periodsPerYear) * mean / Math.sqrt(1 + actualDrift ** 2 - mean ** 2),
  };
}

/** Two numbers of one record held against each other. */
export interface ConsistencyCheck {
  quantity: "hit rate" | "R2" | "Sharpe ratio";
  observed: number;
  /** What the IC of the same record implies. */
  implied: number;
  /** Sampling error of observed - implied, both taken together. */
  standardError: number;
  contradicts: boolean;
}

/**
 * Whether a gap between an observed number and what the IC implies is more than chance and more than what fat tails
 * and volatility clusters do to the relations; the limits are in {@linkcode LIMITS}. An R2 below IC^2 contradicts
 * nothing: it says that the forecasts have the wrong size.
 *
 * @param gap.neutral What an IC of 0 would imply; the allowance is a share of the distance from there.
 */
export function contradicts(
  { quantity, observed, implied, standardError, neutral = 0 }: Omit<ConsistencyCheck, "contradicts"> & {
    neutral?: number;
  },
): boolean {
  const gap = quantity === "R2" ? Math.max(0, observed - implied) : Math.abs(observed - implied);
  const floor = {
    "hit rate": LIMITS.contradictionHitRate.value,
    "R2": LIMITS.contradictionRSquared.value,
    "Sharpe ratio": LIMITS.contradictionSharpe.value,
  }[quantity];
  return gap > LIMITS.contradictionErrors.value * standardError && gap > floor &&
    gap > LIMITS.contradictionShare.value * Math.abs(implied - neutral);
}

/** Numbers that someone claims for one out-of-sample record; a record may leave some out. */
export interface ClaimedRecord {
  ic: number;
  hitRate?: number;
  rSquared?: number;
  /** Annual, before costs, of one asset held by the sign of the forecast. */
  sharpe?: number;
  /** Independent observations behind the numbers: days for one asset. */
  observations: number;
}

/**
 * Holds a claimed record against itself, knowing nothing but its numbers.
 *
 * The sampling errors are those of independent near-normal days: 1 / sqrt(n) for the IC, carried over to what it
 * implies, 0.5 / sqrt(n) for the hit rate, sqrt(252 / n) for the Sharpe ratio; they are added as if independent.
 *
 * @example An IC of 0.67 with a Sharpe ratio near 1 cannot be one record
 * ```ts
 * import assert from "node:assert/strict";
 * const [hits, sharpe] = checkRecord({ ic: 0.67, hitRate: 0.67, sharpe: 1, observations: 2270 });
 * assert.equal(sharpe.implied.toFixed(1), "10.0");
 * assert.ok(hits.contradicts === false && sharpe.contradicts);
 * ```
 *
 * @throws {RangeError} If the IC lies outside -1 to 1 or there are no observations.
 */
export function checkRecord({ ic, hitRate, rSquared, sharpe, observations }: ClaimedRecord): ConsistencyCheck[] {
  checkInteger("check a claimed record", "observations", observations, { least: 1 });
  const implied = impliedByIc(ic);
  const error = 1 / Math.sqrt(observations);
  const step = Math.min(error, 0.01);
  const moved = impliedByIc(ic - Math.sign(ic || 1) * step); // towards 0: never out of range
  const carried = (quantity: keyof typeof implied) => Math.abs(implied[quantity] - moved[quantity]) / step * error;
  const check = (
    quantity: ConsistencyCheck["quantity"],
    { observed, from, own, neutral }: {
      observed: number | undefined;
      from: keyof typeof implied;
      own: number;
      neutral: number;
    },
  ): ConsistencyCheck[] => {
    if (observed === undefined) return [];
    const numbers = { quantity, observed, implied: implied[from], standardError: Math.hypot(own, carried(from)) };
    return [{ ...numbers, contradicts: contradicts({ ...numbers, neutral }) }];
  };
  return [
    ...check("hit rate", { observed: hitRate, from: "hitRate", own: 0.5 * error, neutral: 0.5 }),
    ...check("R2", { observed: rSquared, from: "rSquared", own: 2 * Math.abs(ic) * error, neutral: 0 }),
    ...check("Sharpe ratio", { observed: sharpe, from: "sharpe", own: Math.sqrt(252) * error, neutral: 0 }),
  ];
}
