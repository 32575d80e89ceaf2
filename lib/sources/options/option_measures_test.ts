import assert from "node:assert/strict";
import type { OptionChain, OptionExpiry } from "./option_chain.ts";
import { optionMeasures } from "./option_measures.ts";

const TOLERANCE = 1e-12;
const quote = { bid: 1, ask: 1.2, volume: 10, openInterest: 100 };

/** An expiry with the same volatility of calls and puts, and puts out of the money above it by `skew`. */
function expiryOf(day: string, volatility: number, skew = 0.05): OptionExpiry {
  return {
    day,
    calls: [95, 100, 105].map((strike) => ({ ...quote, strike, impliedVolatility: volatility })),
    puts: [
      ...[90, 95].map((strike) => ({ ...quote, strike, impliedVolatility: volatility + skew })),
      { ...quote, strike: 100, impliedVolatility: volatility, volume: 40 },
    ],
  };
}

function chainOf(...expiries: OptionExpiry[]): OptionChain {
  // four in the afternoon in New York: whole days to every expiry
  return { symbol: "A", spot: 100, quotedAt: new Date("2024-01-17T21:00:00Z"), expiryDays: [], expiries };
}

const isClose = (current: number, wanted: number) =>
  assert.ok(Math.abs(current - wanted) < TOLERANCE, `${current}, wanted ${wanted}`);

Deno.test("optionMeasures() interpolates variance and skew in time", () => {
  // 20 and 40 days: by hand, half of each, the variances being 0.04 * 20 and 0.09 * 40
  const { volatilityAtTheMoney, skew } = optionMeasures(
    chainOf(expiryOf("2024-02-26", 0.3, 0.1), expiryOf("2024-02-06", 0.2, 0.04)),
  );
  isClose(volatilityAtTheMoney, Math.sqrt((0.5 * 0.04 * 20 + 0.5 * 0.09 * 40) / 30));
  isClose(skew, 0.07);
});

Deno.test("optionMeasures() takes a near expiry where there is none on the other side, and no far one", () => {
  isClose(optionMeasures(chainOf(expiryOf("2024-02-21", 0.25))).volatilityAtTheMoney, 0.25);
  assert.ok(Number.isNaN(optionMeasures(chainOf(expiryOf("2024-03-15", 0.25))).volatilityAtTheMoney));
  isClose(optionMeasures(chainOf(expiryOf("2024-03-15", 0.25)), { nearDays: 30 }).volatilityAtTheMoney, 0.25);
  assert.ok(Number.isNaN(optionMeasures(chainOf(expiryOf("2024-01-16", 0.25))).skew)); // expired
});

Deno.test("optionMeasures() believes no option without a bid, and none far from the price", () => {
  const expiry = expiryOf("2024-02-16", 0.2);
  const without = (strike: number, change: object) => ({
    ...expiry,
    puts: expiry.puts.map((put) => put.strike === strike ? { ...put, ...change } : put),
  });
  for (const change of [{ bid: 0 }, { bid: 2, ask: 1 }, { impliedVolatility: 0.00001 }, { ask: NaN }]) {
    // the next strike at which both are quoted is 95
    isClose(optionMeasures(chainOf(without(100, change))).volatilityAtTheMoney, (0.2 + 0.25) / 2);
  }
  isClose(optionMeasures(chainOf(without(95, { bid: NaN, impliedVolatility: 0.9 }))).skew, 0.05); // by the next put
  const far = chainOf(expiry);
  assert.ok(Number.isNaN(optionMeasures({ ...far, spot: 140 }).volatilityAtTheMoney));
});

Deno.test("optionMeasures() counts puts among all contracts", () => {
  const { putShare, putShareOpen } = optionMeasures(chainOf(expiryOf("2024-02-06", 0.2), expiryOf("2024-02-26", 0.3)));
  isClose(putShare, 60 / 90);
  isClose(putShareOpen, 0.5);
  assert.ok(Number.isNaN(optionMeasures(chainOf()).putShare));
  assert.throws(() => optionMeasures(chainOf(), { horizonDays: 0 }), RangeError);
});
