/** What is done about one kind of fault, and how much of it a symbol may show. */
export interface FaultLimit {
  /** The load is refused if more than this share of a symbol's rows shows the fault. */
  limit: number;
  /** What becomes of such a row as long as the limit holds. */
  outcome: string;
  /** Why the limit stands where it stands. */
  argument: string;
}

/** A return beyond this size, up or down, is counted as a `jump`. */
export const jumpSize = 0.35;

/**
 * Every kind of fault that bars are checked for: the one place where limits stand.
 *
 * Shares are per symbol and kind: of the rows read for it; for `gap`, of the trading days between its first and last.
 * Free daily data shows such faults in some tenths of a per cent of its rows; a misread format, a wrong column or a file
 * appended twice shows them in most. 1 % lies between the two, and costs a study less than its own sampling error.
 */
export const faultLimits = {
  unreadable_date: {
    limit: 0.01,
    outcome: "row left out",
    argument: "a torn line is one row, another way to write dates is all of them",
  },
  future_date: {
    limit: 0.01,
    outcome: "row left out",
    argument: "a slip of the pen is one row; more of them say that dates are misread",
  },
  ragged_row: {
    limit: 0.01,
    outcome: "bar missing",
    argument: "a torn line is one row; an unquoted decimal comma or thousands separator is nearly all of them",
  },
  duplicate_date: {
    limit: 0.01,
    outcome: "one kept where equal, bar missing where not",
    argument: "two bars for a day are a slip; many are a file appended twice, or bars within the day",
  },
  unordered_date: {
    limit: 1,
    outcome: "sorted",
    argument: "sorting loses nothing: many vendors write the newest day first",
  },
  not_a_number: {
    limit: 0.01,
    outcome: "bar missing",
    argument: "a stray mark is one row; another way to write numbers is nearly all of them",
  },
  missing_value: {
    limit: 0.05,
    outcome: "value missing",
    argument: "an honest hole is no fault of reading, but a series with a hole each month feeds no window of a month",
  },
  high_below_low: {
    limit: 0.01,
    outcome: "bar missing",
    argument: "more than a slip means that columns are swapped",
  },
  outside_range: {
    limit: 0.01,
    outcome: "bar missing",
    argument: "an opening auction outside the range is rare; more means prices adjusted in part",
  },
  non_positive_price: {
    limit: 0.01,
    outcome: "bar missing",
    argument: "no share has such a price; more than a slip means no prices, or ones adjusted below zero",
  },
  negative_volume: {
    limit: 0.01,
    outcome: "bar missing",
    argument: "more than a slip means an overflow or another column",
  },
  off_calendar: {
    limit: 0.05,
    outcome: "row left out",
    argument: "markets of two countries differ in 3 to 4 % of their days; more means markets that share no calendar",
  },
  gap: {
    limit: 0.05,
    outcome: "row added, bar missing",
    argument: "as for missing_value; halts of a day or two stay far below it",
  },
  jump: {
    limit: 0.01,
    outcome: "kept, and named",
    argument: "crashes and mergers are real, two or three in ten years; more means prices not adjusted, or of pennies",
  },
} as const satisfies Record<string, FaultLimit>;

/** Name of a kind of fault. */
export type FaultKind = keyof typeof faultLimits;
