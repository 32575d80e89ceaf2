import { checkInteger, checkNumber, type Panel } from "@lib/core";

/** How fast a book follows its targets; the more patient, the less it trades. */
export interface TurnoverControl {
  /** Share of the way to the target that is traded each day, above 0 up to 1. Default 1: all of it. */
  adjustment?: number;
  /**
   * Half-width of the band around the target inside which nothing is traded, in equal positions (sum of the absolute
   * targets of the day / number of names that have one). Outside, the trade aims at the nearer edge. Default 0.
   */
  noTradeBand?: number;
  /** The target is the mean of the targets of so many days, today's included: overlapping tranches. Default 1. */
  trancheDays?: number;
  /**
   * Column of simple returns of the day that ends at this close. With it, positions drift with the market before the
   * trade, as they do in a backtest; a missing return counts as 0. Default: none, positions stay where they were set.
   */
  return?: string;
}

/** Options of {@linkcode approachTargets}. */
export interface ApproachTargetsOptions extends TurnoverControl {
  /** Column of target weights; NaN is a target of 0. Default `target`. */
  target?: string;
}

/**
 * Moves a book day by day towards its target weights, no faster than asked: partial adjustment, a no-trade band, and
 * overlapping tranches, alone or together.
 *
 * weight(t) = held(t) + adjustment * (edge(t) - held(t)), where held(t) is yesterday's weight after today's drift and
 * edge(t) is the nearest point of the band around the target (the target itself when the band is 0; no trade inside).
 * On the first day that has a target other than 0, the book goes there at once: a backtest should not judge the weeks
 * of building it up. A symbol without a row on a day is sold that day.
 *
 * Trading to the edge of a band is optimal under proportional costs (Davis and Norman 1990, Mathematics of Operations
 * Research 15); a constant share of the way under quadratic ones (Garleanu and Pedersen 2013, Journal of Finance 68).
 *
 * @example Half of the way each day
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "A", "A"],
 *   date: ["2020-01-02", "2020-01-03", "2020-01-06"],
 *   columns: { target: Float64Array.of(1, 0, 0) },
 * });
 * assert.deepEqual(approachTargets(panel, { adjustment: 0.5 }).column("weight"), Float64Array.of(1, 0.5, 0.25));
 * ```
 *
 * @returns The panel with the column `weight`, never NaN.
 * @throws {RangeError} If an option is out of range or a target is infinite.
 */
export function approachTargets(
  panel: Panel,
  { target = "target", adjustment = 1, noTradeBand = 0, trancheDays = 1, return: returnColumn }:
    ApproachTargetsOptions = {},
): Panel {
  const action = "approach target weights";
  checkNumber(action, "adjustment", adjustment, { least: Number.MIN_VALUE, most: 1 });
  checkNumber(action, "noTradeBand", noTradeBand, { least: 0 });
  checkInteger(action, "trancheDays", trancheDays, { least: 1 });
  const targets = panel.column(target);
  const returns = returnColumn === undefined ? undefined : panel.column(returnColumn);
  const weights = new Float64Array(panel.rows);
  let held = new Float64Array(panel.symbols.length);
  const tranches: Float64Array[] = []; // the latest targets of every symbol, today's last

  for (let day = 0; day < panel.dates.length; day++) {
    const rows = panel.rowsOfDay(day);
    const today = new Float64Array(panel.symbols.length);
    let [names, exposure] = [0, 0];
    for (const row of rows) {
      if (Number.isNaN(targets[row])) continue;
      checkNumber(action, `the target of ${panel.key(row).symbol} on ${panel.dates[day]}`, targets[row]);
      today[panel.symbolOf[row]] = targets[row];
      names++;
      exposure += Math.abs(targets[row]);
    }
    const entering = tranches.length === 0;
    if (entering && exposure === 0) continue;
    tranches.push(today);
    if (tranches.length > trancheDays) tranches.shift();
    const band = entering || names === 0 ? 0 : noTradeBand * exposure / names;
    const share = entering ? 1 : adjustment;
    const growth = returns === undefined ? undefined : bookGrowth(panel, rows, held, returns);
    const next = new Float64Array(panel.symbols.length);
    for (const row of rows) {
      const symbol = panel.symbolOf[row];
      const drifted = growth === undefined ? held[symbol] : held[symbol] * (1 + known(returns![row])) / growth;
      const gap = tranches.reduce((sum, tranche) => sum + tranche[symbol], 0) / tranches.length - drifted;
      const trade = Math.abs(gap) <= band ? 0 : share * (gap - Math.sign(gap) * band);
      next[symbol] = weights[row] = drifted + trade;
    }
    held = next;
  }
  return panel.with({ weight: weights });
}

function known(value: number): number {
  return Number.isNaN(value) ? 0 : value;
}

function bookGrowth(panel: Panel, rows: Int32Array, held: Float64Array, returns: Float64Array): number {
  let growth = 1;
  for (const row of rows) growth += held[panel.symbolOf[row]] * known(returns[row]);
  return growth;
}
