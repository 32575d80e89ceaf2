import { checkNumber } from "@lib/core";
import { instantOf } from "@lib/point_in_time";
import type { OptionChain, OptionExpiry, OptionQuote } from "./option_chain.ts";

/** What a chain says of the share; NaN where it says nothing that can be believed. */
export interface OptionMeasures {
  /** Yearly implied volatility at the money, a fraction. */
  readonly volatilityAtTheMoney: number;
  /** Implied volatility of puts out of the money less that of calls at the money. */
  readonly skew: number;
  /** Puts among the contracts that were traded today, from 0 to 1. */
  readonly putShare: number;
  /** Puts among the contracts that stand open, from 0 to 1. */
  readonly putShareOpen: number;
}

/** Options of {@linkcode optionMeasures}. */
export interface OptionMeasuresOptions {
  /** Calendar days ahead for which volatility and skew are told, at least 1. Default 30. */
  horizonDays?: number;
  /** How many days an expiry may lie beside the horizon where there is none on the other side. Default 10. */
  nearDays?: number;
}

/**
 * Implied volatility at the money, skew, and the share of puts.
 *
 * Of an expiry: at the money is the strike nearest to the price, within 5 % of it, at which call and put are both quoted,
 * and the volatility the mean of theirs; the skew is the volatility of the put whose strike is nearest to 0.95 of the
 * price, from 0.80 to 0.95, less that of the call whose strike is nearest to the price, from 0.95 to 1.05. An option is
 * quoted if there is a bid and no ask below it, and its volatility is one.
 *
 * For the horizon the variance up to expiry (volatility squared times time) and the skew are interpolated linearly in time
 * between the last expiry before and the first one behind; where one is missing the other stands for it, if it is near.
 * Shares of puts are over all expiries that are told.
 *
 * Sources: skew, Xing, Zhang and Zhao (2010), What Does the Individual Option Volatility Smirk Tell Us About Future Equity
 * Returns?, Journal of Financial and Quantitative Analysis 45, section II; share of puts, Pan and Poteshman (2006), The
 * Information in Option Volume for Future Stock Prices, Review of Financial Studies 19, section 2 (whose volume is that
 * of buyers who open a position, which nobody publishes free of charge); interpolation, Cboe, VIX Methodology.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const quote = { bid: 1, ask: 1.1, volume: 10, openInterest: 30 };
 * const expiry = {
 *   day: "2024-02-16",
 *   calls: [{ ...quote, strike: 100, impliedVolatility: 0.2 }],
 *   puts: [{ ...quote, strike: 100, impliedVolatility: 0.22 }, { ...quote, strike: 94, impliedVolatility: 0.27 }],
 * };
 * const chain = { symbol: "A", spot: 100, quotedAt: new Date("2024-01-17T21:00:00Z"), expiryDays: [expiry.day] };
 * const { volatilityAtTheMoney, skew, putShare } = optionMeasures({ ...chain, expiries: [expiry] });
 * assert.ok(Math.abs(volatilityAtTheMoney - 0.21) < 1e-12);
 * assert.ok(Math.abs(skew - 0.07) < 1e-12);
 * assert.equal(putShare, 2 / 3);
 * ```
 *
 * @throws {RangeError} If an option is out of range.
 */
export function optionMeasures(
  { spot, quotedAt, expiries }: OptionChain,
  { horizonDays = 30, nearDays = 10 }: OptionMeasuresOptions = {},
): OptionMeasures {
  checkNumber("measure options", "horizonDays", horizonDays, { least: 1 });
  checkNumber("measure options", "nearDays", nearDays, { least: 0 });
  const points = expiries.map((expiry) => ({
    days: (instantOf(expiry.day, "16:00", "America/New_York") - quotedAt.getTime()) / 86_400_000,
    volatility: atTheMoney(expiry, spot),
    skew: skewOf(expiry, spot),
  })).filter(({ days }) => days > 0).sort((a, b) => a.days - b.days);
  const volatilities = around(points.filter(({ volatility }) => !Number.isNaN(volatility)), { horizonDays, nearDays });
  const skews = around(points.filter(({ skew }) => !Number.isNaN(skew)), { horizonDays, nearDays });
  return {
    volatilityAtTheMoney: Math.sqrt(
      volatilities.reduce((sum, { weight, days, volatility }) => sum + weight * volatility ** 2 * days, 0) /
        horizonDays,
    ),
    skew: skews.reduce((sum, { weight, skew }) => sum + weight * skew, 0),
    putShare: putShare(expiries, ({ volume }) => volume),
    putShareOpen: putShare(expiries, ({ openInterest }) => openInterest),
  };
}

const isQuoted = ({ bid, ask, impliedVolatility }: OptionQuote) =>
  bid > 0 && ask >= bid && impliedVolatility > 0.01 && impliedVolatility < 5;

/** Of the options that are quoted, with a strike from `least` to `most` of the price, the one nearest to `wanted` of it. */
function nearest(
  quotes: readonly OptionQuote[],
  spot: number,
  { least, wanted, most }: { least: number; wanted: number; most: number },
): OptionQuote | undefined {
  const fitting = quotes.filter((quote) =>
    isQuoted(quote) && quote.strike >= least * spot && quote.strike <= most * spot
  );
  const distance = ({ strike }: OptionQuote) => Math.abs(strike - wanted * spot);
  return fitting.sort((a, b) => distance(a) - distance(b) || a.strike - b.strike)[0];
}

function atTheMoney({ calls, puts }: OptionExpiry, spot: number): number {
  const both = calls.filter(({ strike }) => puts.some((put) => put.strike === strike && isQuoted(put)));
  const call = nearest(both, spot, { least: 0.95, wanted: 1, most: 1.05 });
  const put = puts.find((quote) => quote.strike === call?.strike && isQuoted(quote));
  return call && put ? (call.impliedVolatility + put.impliedVolatility) / 2 : NaN;
}

function skewOf({ calls, puts }: OptionExpiry, spot: number): number {
  const put = nearest(puts, spot, { least: 0.8, wanted: 0.95, most: 0.95 });
  const call = nearest(calls, spot, { least: 0.95, wanted: 1, most: 1.05 });
  return put && call ? put.impliedVolatility - call.impliedVolatility : NaN;
}

/** The points on both sides of the horizon with their weights; one that stands alone is moved to it; NaN for none. */
function around<Point extends { days: number; volatility: number; skew: number }>(
  points: readonly Point[],
  { horizonDays, nearDays }: Required<OptionMeasuresOptions>,
): { weight: number; days: number; volatility: number; skew: number }[] {
  const before = points.findLast(({ days }) => days <= horizonDays);
  const behind = points.find(({ days }) => days > horizonDays);
  if (before && behind) {
    const weight = (horizonDays - before.days) / (behind.days - before.days);
    return [{ ...before, weight: 1 - weight }, { ...behind, weight }];
  }
  const only = before ?? behind;
  if (only && Math.abs(only.days - horizonDays) <= nearDays) return [{ ...only, days: horizonDays, weight: 1 }];
  return [{ weight: 1, days: horizonDays, volatility: NaN, skew: NaN }];
}

function putShare(expiries: readonly OptionExpiry[], contracts: (quote: OptionQuote) => number): number {
  const sum = (quotes: readonly OptionQuote[]) => quotes.reduce((total, quote) => total + contracts(quote), 0);
  const [puts, calls] = [expiries.flatMap((expiry) => expiry.puts), expiries.flatMap((expiry) => expiry.calls)].map(
    sum,
  );
  return puts + calls > 0 ? puts / (puts + calls) : NaN;
}
