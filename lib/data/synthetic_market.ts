import { checkInteger, checkNumber, isIsoDay, normalRandom, type Random, seededRandom, weekdays } from "@lib/core";
import { type Market, marketOf } from "./market.ts";
import type { RawBars } from "./raw_bars.ts";
import type { Tier } from "./tier.ts";

/** Options of {@linkcode syntheticMarket}. */
export interface SyntheticMarketOptions {
  /** Of all randomness, an integer of 32 bits without sign. */
  seed: number;
  /** Number of symbols, 1 to 9999. Default 100. */
  symbols?: number;
  /** Number of trading days (weekdays). Default 1000. */
  days?: number;
  /** Correlation between the planted signal and the next day's return, -1 to 1. Default 0.03; 0 plants nothing. */
  informationCoefficient?: number;
  /** First day, ISO. Default 2010-01-04. */
  firstDay?: string;
  /** Mean return of the market factor in a year, as a fraction. Default 0.06. */
  annualMarketReturn?: number;
  /** Volatility of the market factor in a year, as a fraction. Default 0.15. */
  annualMarketVolatility?: number;
  /** Own volatility of a symbol in a year: each draws its own from this range. Default [0.15, 0.45]. */
  annualVolatilityRange?: readonly [least: number, most: number];
  /** Default `final`: nothing is held out where everything was made up. */
  tier?: Tier;
}

const action = "make a synthetic market";
const daysPerYear = 252;
const overnightShare = 0.3; // of a day's variance that falls between close and open

/**
 * A seeded market in which the answer is known: full bars, and a column `planted_signal` whose correlation with the next
 * day's return is the one asked for.
 *
 * Return of symbol s over day t + 1 = market factor + volatility of s * (IC * signal + sqrt(1 - IC^2) * noise), where
 * signal and noise are independent standard normal numbers and `planted_signal` = volatility of s * signal, known at the
 * close of t. On each day the pairs (planted signal, next return) of all symbols come from distributions whose
 * correlation is exactly IC, so the daily cross-sectional IC is IC in expectation, less about (1 - IC^2) / (2 symbols) of
 * itself as in any small sample. The rank IC of such numbers is about 0.955 IC. Over time and without the day's mean
 * taken out, the market factor dilutes it.
 *
 * Everybody moves with the market one to one, else the factor would blur the IC; nothing else can be forecast. Open, high
 * and low come from the Brownian bridge between closes, so bars are possible by construction. Each symbol has its own
 * stream of random numbers: more days, or more symbols, leave the earlier ones as they are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { panel } = syntheticMarket({ seed: 7, symbols: 3, days: 250, informationCoefficient: 0.05 });
 * assert.equal(panel.rows, 750);
 * assert.ok(panel.has("planted_signal"));
 * ```
 *
 * @throws {RangeError} If an option is out of its range.
 */
export function syntheticMarket({
  seed,
  symbols = 100,
  days = 1000,
  informationCoefficient = 0.03,
  firstDay = "2010-01-04",
  annualMarketReturn = 0.06,
  annualMarketVolatility = 0.15,
  annualVolatilityRange = [0.15, 0.45],
  tier = "final",
}: SyntheticMarketOptions): Market {
  checkInteger(action, "symbols", symbols, { least: 1, most: 9999 });
  checkInteger(action, "days", days, { least: 1 });
  checkNumber(action, "informationCoefficient", informationCoefficient, { least: -1, most: 1 });
  checkNumber(action, "annualMarketReturn", annualMarketReturn, { least: -1, most: 1 });
  checkNumber(action, "annualMarketVolatility", annualMarketVolatility, { least: 0, most: 1 });
  const [least, most] = annualVolatilityRange;
  checkNumber(action, "least own volatility", least, { least: 0.001, most: 1 });
  checkNumber(action, "most own volatility", most, { least, most: 1 });
  if (!isIsoDay(firstDay)) {
    throw new RangeError(`Cannot ${action}: firstDay must be a date as YYYY-MM-DD, current value is ${firstDay}`);
  }
  const dates = weekdays(firstDay, days);
  const random = seededRandom(seed);
  const ownSeed = () => Math.floor(random() * 2 ** 32);
  const marketNormal = normalRandom(seededRandom(ownSeed()));
  const market = Float64Array.from(
    dates,
    () => annualMarketReturn / daysPerYear + annualMarketVolatility / Math.sqrt(daysPerYear) * marketNormal(),
  );
  const bars = Array.from({ length: symbols }, (_, number): RawBars => {
    const own = seededRandom(ownSeed());
    const volatility = (least + (most - least) * own()) / Math.sqrt(daysPerYear);
    return {
      symbol: `S${String(number + 1).padStart(4, "0")}`,
      file: "synthetic",
      days: dates,
      lines: dates.map((_, row) => row + 1),
      columns: symbolBars(own, { market, volatility, informationCoefficient }),
      rowsRead: days,
      faults: [],
    };
  });
  return marketOf(bars, {
    name: "synthetic",
    universe: `${symbols} synthetic symbols, seed ${seed}, with a planted information coefficient of ` +
      `${informationCoefficient}: no market at all, good for testing the judge only`,
    today: dates[days - 1],
    tier,
  });
}

/** Bars and signal of one symbol; each day takes its random numbers in the same order, whatever comes after. */
function symbolBars(
  random: Random,
  { market, volatility, informationCoefficient }: {
    market: Float64Array;
    volatility: number;
    informationCoefficient: number;
  },
): Record<string, Float64Array> {
  const normal = normalRandom(random);
  const column = () => new Float64Array(market.length);
  const [open, high, low, close, volume, signals] = [column(), column(), column(), column(), column(), column()];
  const noiseWeight = Math.sqrt(1 - informationCoefficient ** 2);
  const usualVolume = Math.exp(14 + normal());
  let before = Math.exp(4 + 0.5 * normal());
  let signal = normal();
  for (let day = 0; day < market.length; day++) {
    const surprise = informationCoefficient * signal + noiseWeight * normal();
    const change = market[day] + volatility * surprise;
    const bridge = volatility * Math.sqrt(overnightShare * (1 - overnightShare)) * normal();
    close[day] = before * (1 + change);
    open[day] = before * (1 + change) ** overnightShare * Math.exp(bridge);
    // Maximum of a Brownian bridge from 0 to x with variance v: (x + sqrt(x^2 - 2 v ln u)) / 2 for a uniform u.
    const travel = Math.log(close[day] / open[day]);
    const variance = volatility ** 2 * (1 - overnightShare);
    const reach = () => Math.sqrt(travel ** 2 - 2 * variance * Math.log(1 - random()));
    high[day] = Math.max(open[day], close[day], open[day] * Math.exp((travel + reach()) / 2));
    low[day] = Math.min(open[day], close[day], open[day] * Math.exp((travel - reach()) / 2));
    volume[day] = Math.round(usualVolume * Math.exp(0.3 * Math.abs(surprise) + 0.4 * normal()));
    signal = normal();
    signals[day] = volatility * signal;
    before = close[day];
  }
  return { open, high, low, close, volume, planted_signal: signals };
}
