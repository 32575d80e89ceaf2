import { checkNumber, type Panel } from "@lib/core";
import { joinAsKnown } from "./join_as_known.ts";
import type { MarketHours } from "./market_hours.ts";
import { sessionRecords } from "./session_records.ts";

/** Daily closes of another market: an index, a rate, a currency, a coin. */
export interface OtherMarket {
  /** Name of the column that it becomes, such as `dollar_index`. */
  readonly column: string;
  /** When its sessions close. */
  readonly hours: MarketHours;
  /** Days of its sessions, ISO, in order; its own calendar, not that of the panel. */
  readonly days: readonly string[];
  /** Shape (days,). */
  readonly values: Float64Array;
}

/** Options of {@linkcode joinOtherMarkets}. */
export interface JoinOtherMarketsOptions {
  /** For each row the instant of its own close, in milliseconds since 1970, shape (rows,); see `sessionCloses`. */
  decisions: Float64Array;
  /** Calendar days after which a close says nothing any more. Above 0. Default 7: a long weekend and a holiday beside it. */
  staleAfterDays?: number;
}

/**
 * A panel with a column for each other market: what it said at its last session that had closed by the row's own close,
 * in whatever zone and calendar, summer and winter.
 *
 * @example A coin's day ends at midnight in London: the shares see the day before
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
 * const panel = Panel.fromRows({ symbol: ["A", "A"], date: ["2024-01-12", "2024-01-16"], columns: {} });
 * const days = ["2024-01-11", "2024-01-12", "2024-01-13", "2024-01-14", "2024-01-15", "2024-01-16"];
 * const coin = { column: "crypto_price", hours: MARKET_HOURS.crypto, days, values: Float64Array.of(1, 2, 3, 4, 5, 6) };
 * const joined = joinOtherMarkets(panel, [coin], {
 *   decisions: sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares }),
 * });
 * assert.deepEqual(joined.column("crypto_price"), Float64Array.of(1, 5));
 * ```
 *
 * @returns The same rows; NaN before a market's first session, where its last one is stale, or was without a value.
 * @throws {RangeError} If two markets become the same column, days are not in order, or an option is out of range.
 * @throws {TypeError} If lengths differ.
 */
export function joinOtherMarkets(
  panel: Panel,
  markets: readonly OtherMarket[],
  { decisions, staleAfterDays = 7 }: JoinOtherMarketsOptions,
): Panel {
  const action = "join other markets";
  checkNumber(action, "staleAfterDays", staleAfterDays, { least: 0 });
  let joined = panel;
  for (const { column, hours, days, values } of markets) {
    if (joined.has(column)) {
      throw new RangeError(`Cannot ${action}: each column must be new, current value is ${column}`);
    }
    joined = joinAsKnown(joined, sessionRecords(days, values, { hours }), {
      columns: { [column]: "value" },
      decisions,
      staleAfterDays,
      known: "by",
    });
  }
  return joined;
}
