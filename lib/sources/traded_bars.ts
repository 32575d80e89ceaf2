/** A split: from the opening of `day` on, one share of the day before is `ratio` shares. */
export interface Split {
  readonly kind: "split";
  /** First day, ISO, on which shares trade after it (ex-day). */
  readonly day: string;
  /** New shares for one old one: 4 for four to one, 0.1 for one to ten. */
  readonly ratio: number;
}

/** Cash that whoever held a share at the close before `day` receives; distributions of capital gains count as such. */
export interface Dividend {
  readonly kind: "dividend";
  /** First day, ISO, on which shares trade without it (ex-day). */
  readonly day: string;
  /** For each share as they are after a split of the same day. */
  readonly amount: number;
}

/** What happens to a share beside its trade. */
export type CorporateAction = Split | Dividend;

/** Daily bars of one symbol at the prices that stood on the screen that day, and what happened to its shares. */
export interface TradedBars {
  readonly symbol: string;
  /** ISO, in order, each once. */
  readonly days: readonly string[];
  /** In currency for a share of that day, shape (days,); NaN where the source has none. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Shares of that day. */
  readonly volume: Float64Array;
  /** In order of their days. */
  readonly actions: readonly CorporateAction[];
}
