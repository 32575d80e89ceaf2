/**
 * Columns of a market panel that a feature may read; what each holds is told in the data room. `day` counts from
 * 1970-01-01 and is always there. Those from `implied_volatility` on are there where a market was joined with such data.
 */
export type MarketColumn =
  | "open"
  | "high"
  | "low"
  | "close"
  | "volume"
  | "dollar_volume"
  | "return"
  | "index"
  | "market_return"
  | "implied_volatility"
  | "news_count"
  | "sentiment"
  | "sentiment_deviation"
  | "sentiment_minimum"
  | "sentiment_maximum"
  | "positive_share"
  | "negative_share"
  | "short_rate"
  | "long_rate"
  | "credit_spread"
  | "dollar_index"
  | "crypto_price"
  | "shares_outstanding"
  | "day";

/** Columns of ONE symbol, each of shape (days,) in time order; NaN where missing. A day is a row of that symbol. */
export type SymbolBars = Readonly<Record<MarketColumn, Float64Array>>;

/** Group of features that rest on the same idea of why prices should move. */
export type FeatureFamily =
  | "momentum"
  | "reversal"
  | "risk"
  | "trend"
  | "oscillator"
  | "volume"
  | "bar"
  | "season"
  | "market"
  | "cross-asset"
  | "macro"
  | "sentiment"
  | "placebo";

/**
 * A number per symbol and day, made from what was known at that day's close: one row of the catalogue.
 *
 * @typeParam Needs Names of the columns read; `compute` receives these and no others.
 */
export interface Feature<Needs extends MarketColumn = MarketColumn> {
  /** Column name: the idea and its length in days, as in `rsi_14`. */
  readonly name: string;
  readonly family: FeatureFamily;
  /** Columns without which the feature does not exist. */
  readonly needs: readonly Needs[];
  /** Days that must lie before the first one with a value; a return counts from the price at which it starts. */
  readonly lookbackDays: number;
  /**
   * Rows before a day's own that its value rests on, to the last bit; `Infinity` where an average carries on from the
   * start. Default `lookbackDays`.
   */
  readonly memoryDays?: number;
  /** Sign of its relation to the next days' returns in the literature named by `source`; 0 where it names none. */
  readonly expectedSign: -1 | 0 | 1;
  /** Definition in words. */
  readonly formula: string;
  /** Paper, book or tool that defines it. */
  readonly source: string;
  /** What a missing value does to it, in words. */
  readonly missing: string;
  /** Values of shape (days,), finite or NaN; the one of a day depends on that day and earlier ones only. */
  compute(bars: Pick<SymbolBars, Needs>): Float64Array;
}

/**
 * Writes down a feature so that the compiler holds `compute` to the columns named in `needs`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const negativeReturn = defineFeature({
 *   name: "negative_return",
 *   family: "reversal",
 *   needs: ["return"],
 *   lookbackDays: 1,
 *   expectedSign: 1,
 *   formula: "minus the return of the day",
 *   source: "an example",
 *   missing: "NaN where the return is missing",
 *   compute: (bars) => bars.return.map((value) => -value),
 * });
 * assert.deepEqual(negativeReturn.needs, ["return"]);
 * ```
 */
export function defineFeature<const Needs extends MarketColumn>(feature: Feature<Needs>): Feature {
  return feature;
}
