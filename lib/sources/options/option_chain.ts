/** An option as it is quoted; NaN where nothing is. */
export interface OptionQuote {
  readonly strike: number;
  readonly bid: number;
  readonly ask: number;
  /** Contracts traded today; 0 where the source has none. */
  readonly volume: number;
  /** Contracts that stand open, as of this morning; 0 where the source has none. */
  readonly openInterest: number;
  /** Yearly, as a fraction, by the source's own model. */
  readonly impliedVolatility: number;
}

/** All options of a share that expire on a day. */
export interface OptionExpiry {
  /** ISO. */
  readonly day: string;
  readonly calls: readonly OptionQuote[];
  readonly puts: readonly OptionQuote[];
}

/** Options of a share as they were quoted at a time. */
export interface OptionChain {
  readonly symbol: string;
  /** Price of the share. */
  readonly spot: number;
  /** When it was paid. */
  readonly quotedAt: Date;
  /** All days, ISO, on which options expire, in order. */
  readonly expiryDays: readonly string[];
  /** Those that are told here. */
  readonly expiries: readonly OptionExpiry[];
}
