import { isIsoDay } from "@lib/core";
import type { CorporateAction, TradedBars } from "./traded_bars.ts";

/** Options of {@linkcode adjustBars}. */
export interface AdjustBarsOptions {
  /** Last day, ISO, of which anything is known: later bars and actions are left out. Default: none is. */
  asOf?: string;
  /**
   * The day whose shares prices are in. `last`: prices end where they traded, and each later split and dividend moves
   * all before it. `first`: prices begin where they traded, and what was written once never changes. Default `last`.
   */
  base?: "first" | "last";
}

/** Bars whose prices can be compared from day to day; all arrays of shape (days,), NaN where a price is missing. */
export interface AdjustedBars {
  readonly symbol: string;
  readonly days: readonly string[];
  /** Adjusted for splits, like the three that follow. */
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** In shares of the base day: price times volume stays what was paid. */
  readonly volume: Float64Array;
  /** The close adjusted for splits and dividends: its ratio from day to day is the total return. */
  readonly adjusted: Float64Array;
}

/**
 * Adjusts bars for splits and dividends by factors that grow with time.
 *
 * Shares that one share of the first day has become: S(t), the product of the ratios of all splits after the first day
 * up to t. The same with dividends put back into shares: T(t), S(t) times the product of 1 + D(e) / p(e) over the days e
 * after the first up to t, D(e) being the cash for a share on its ex-day and p(e) the close then. With b the base day, a
 * price becomes p(t) S(t) / S(b), the volume v(t) S(b) / S(t), and the adjusted close p(t) T(t) / T(b).
 *
 * So adjusted(t) / adjusted(t - 1) - 1 = ratio(t) (p(t) + D(t)) / p(t - 1) - 1, the holding period return of CRSP, which
 * puts a dividend into shares at the close of its ex-day. (Vendors multiply the past by 1 - D / p(t - 1) instead, which
 * puts it into shares at the close before less the dividend; both agree to first order in D / p.) A factor depends on
 * nothing later: what happens after t moves, with base `last`, all prices up to t by one common factor, and with base
 * `first` none of them, to the last bit.
 *
 * A dividend whose ex-day has no close is put into shares at the next known one; what falls on the first day or earlier
 * is in the prices already.
 *
 * Source: CRSP, Data Descriptions Guide for the US Stock and US Index Databases, Holding Period Total Return and
 * Cumulative Factor to Adjust Price (https://www.crsp.org/).
 *
 * @example Two for one, then a dividend of 1
 * ```ts
 * import assert from "node:assert/strict";
 * const price = Float64Array.of(100, 51, 50);
 * const bars = {
 *   ...{ symbol: "A", days: ["2024-01-02", "2024-01-03", "2024-01-04"] },
 *   ...{ open: price, high: price, low: price, close: price, volume: Float64Array.of(10, 20, 30) },
 *   actions: [
 *     { kind: "split", day: "2024-01-03", ratio: 2 } as const,
 *     { kind: "dividend", day: "2024-01-04", amount: 1 } as const,
 *   ],
 * };
 * const { close, volume, adjusted } = adjustBars(bars);
 * assert.deepEqual([...close, ...volume], [50, 51, 50, 20, 20, 30]);
 * assert.equal(adjusted[1] / adjusted[0] - 1, 51 * 2 / 100 - 1);
 * assert.ok(Math.abs(adjusted[2] / adjusted[1] - (50 + 1) / 51) < 1e-15);
 * ```
 *
 * @throws {RangeError} If `asOf` is no ISO day, a ratio or an amount is not above 0, or days are not in order.
 */
export function adjustBars(bars: TradedBars, { asOf, base = "last" }: AdjustBarsOptions = {}): AdjustedBars {
  if (asOf !== undefined && !isIsoDay(asOf)) {
    throw new RangeError(`Cannot adjust bars: asOf must be a date as YYYY-MM-DD, current value is ${asOf}`);
  }
  check(bars);
  const isKnown = (day: string) => asOf === undefined || day <= asOf;
  const days = bars.days.filter(isKnown);
  const { splits, total } = factors(days, bars.close, bars.actions.filter(({ day }) => isKnown(day)));
  const at = base === "first" ? 0 : days.length - 1;
  const column = (values: Float64Array, factor: Float64Array) =>
    Float64Array.from(days, (_, row) => values[row] * (factor[row] / factor[at]));
  return {
    symbol: bars.symbol,
    days,
    open: column(bars.open, splits),
    high: column(bars.high, splits),
    low: column(bars.low, splits),
    close: column(bars.close, splits),
    volume: Float64Array.from(days, (_, row) => bars.volume[row] / (splits[row] / splits[at])),
    adjusted: column(bars.close, total),
  };
}

/** S and T of {@linkcode adjustBars}. */
function factors(days: readonly string[], close: Float64Array, actions: readonly CorporateAction[]) {
  const [splits, total] = [new Float64Array(days.length), new Float64Array(days.length)];
  const coming = actions.filter(({ day }) => day > days[0]).toSorted(inOrder);
  let [next, shares, grown, cash] = [0, 1, 1, 0];
  for (let row = 0; row < days.length; row++) {
    for (; next < coming.length && coming[next].day <= days[row]; next++) {
      const action = coming[next];
      if (action.kind === "dividend") {
        cash += action.amount;
        continue;
      }
      shares *= action.ratio;
      grown *= action.ratio;
      cash /= action.ratio; // what is not yet put into shares is told for a share, and there are more of them now
    }
    if (cash > 0 && close[row] > 0) {
      grown *= 1 + cash / close[row];
      cash = 0;
    }
    splits[row] = shares;
    total[row] = grown;
  }
  return { splits, total };
}

/** By day; of one day splits first, since a dividend is told for a share after them. */
function inOrder(a: CorporateAction, b: CorporateAction): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  return a.kind === b.kind ? 0 : a.kind === "split" ? -1 : 1;
}

function check({ days, actions }: TradedBars): void {
  const unordered = days.find((day, row) => row > 0 && day <= days[row - 1]);
  if (unordered !== undefined) {
    throw new RangeError(`Cannot adjust bars: each day must come after the one before, current value is ${unordered}`);
  }
  for (const action of actions) {
    const [name, value] = action.kind === "split" ? ["ratio", action.ratio] : ["amount", action.amount];
    if (!(Number.isFinite(value) && Number(value) > 0)) {
      throw new RangeError(
        `Cannot adjust bars: ${name} must be above 0, current value is ${value} of the ${action.kind} on ${action.day}`,
      );
    }
  }
}
