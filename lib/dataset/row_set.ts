import type { Panel } from "@lib/core";
import type { Dataset } from "./dataset.ts";

/**
 * Rows of a market as stretches of days by symbol, in a few lines of JSON that any process can read.
 *
 * Symbols that have the same stretches share them. A stretch is `2015-01-02/2019-12-31`, both ends included, or a day.
 */
export interface RowSet {
  readonly groups: readonly { readonly symbols: readonly string[]; readonly days: readonly string[] }[];
}

type Stretch = [from: string, to: string];

/**
 * The rows of a data set whose outcome is given away by that of some chosen rows, whole or in part.
 *
 * Beside the chosen rows themselves: those of the same symbol on the days over which a chosen outcome runs (to the day
 * before it is known), and those before a chosen row whose own outcome runs into it. What a purge keeps apart stays
 * apart: a model that was fitted on the chosen rows may be scored on any row that is not in the set.
 *
 * @example With an outcome over two days, those of days 1 and 3 overlap that of day 2
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * import { joinRows } from "@lib/dataset";
 * const date = weekdays("2020-01-01", 10);
 * const value = Float64Array.from(date.keys());
 * const bare = Panel.fromRows({ symbol: date.map(() => "A"), date, columns: {} });
 * const targets = bare.with({ target: value.map((day) => day < 8 ? day / 100 : NaN) });
 * const dataset = joinRows({ features: bare.with({ value }), targets }, { target: "target", horizonDays: 2 });
 * const set = rowsSeen(dataset, [2]);
 * assert.deepEqual(set, { groups: [{ symbols: ["A"], days: [`${date[1]}/${date[3]}`] }] });
 * ```
 *
 * @param rows Indices into the rows of `dataset.features`, in any order.
 */
export function rowsSeen({ features, target, knownOn }: Dataset, rows: ArrayLike<number>): RowSet {
  const { symbols, dates, starts, dayOf } = features;
  const isChosen = new Uint8Array(features.rows);
  for (let at = 0; at < rows.length; at++) isChosen[rows[at]] = 1;
  const stretches = symbols.map((_, symbol) => {
    const days: [number, number][] = []; // from the last to the first
    let nextChosen = Infinity;
    for (let row = starts[symbol + 1] - 1; row >= starts[symbol]; row--) {
      const day = dayOf[row];
      const runsIntoNext = !Number.isNaN(target[row]) && knownOn[row] > nextChosen;
      if (isChosen[row] === 0 && !runsIntoNext) continue;
      const end = isChosen[row] === 1 ? Math.max(day, knownOn[row] - 1) : day;
      if (isChosen[row] === 1) nextChosen = day;
      const later = days.at(-1);
      if (later !== undefined && end >= later[0] - 1) [later[0], later[1]] = [day, Math.max(end, later[1])];
      else days.push([day, end]);
    }
    return days.reverse().map(([from, to]): Stretch => [dates[from], dates[Math.min(to, dates.length - 1)]]);
  });
  return grouped(new Map(symbols.map((symbol, code) => [symbol, stretches[code]])));
}

/**
 * The rows of several sets together.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const one = { groups: [{ symbols: ["A", "B"], days: ["2020-01-02/2020-01-08"] }] };
 * const other = { groups: [{ symbols: ["B"], days: ["2020-01-07/2020-01-09"] }] };
 * assert.deepEqual(joinRowSets([one, other]), {
 *   groups: [
 *     { symbols: ["A"], days: ["2020-01-02/2020-01-08"] },
 *     { symbols: ["B"], days: ["2020-01-02/2020-01-09"] },
 *   ],
 * });
 * ```
 */
export function joinRowSets(sets: readonly RowSet[]): RowSet {
  const stretches = new Map<string, Stretch[]>();
  for (const set of sets) {
    for (const [symbol, own] of bySymbol(set)) stretches.set(symbol, [...stretches.get(symbol) ?? [], ...own]);
  }
  for (const [symbol, all] of stretches) {
    const joined: Stretch[] = [];
    for (const [from, to] of all.sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)) {
      const last = joined.at(-1);
      if (last !== undefined && from <= last[1]) last[1] = to > last[1] ? to : last[1];
      else joined.push([from, to]);
    }
    stretches.set(symbol, joined);
  }
  return grouped(stretches);
}

/**
 * Those of some rows of a panel that are in a set, in the order in which they were given.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const date = weekdays("2020-01-01", 10);
 * const panel = Panel.fromRows({ symbol: date.map(() => "A"), date, columns: {} });
 * const set = { groups: [{ symbols: ["A"], days: [`${date[2]}/${date[4]}`, date[7]] }] };
 * assert.deepEqual(rowsWithin(panel, Int32Array.from(date.keys()), set), Int32Array.of(2, 3, 4, 7));
 * ```
 */
export function rowsWithin(panel: Panel, rows: Int32Array, set: RowSet): Int32Array {
  const stretches = bySymbol(set);
  const isIn = panel.symbols.map((symbol) => {
    const own = stretches.get(symbol);
    if (own === undefined) return undefined;
    const flags = new Uint8Array(panel.dates.length);
    for (const [from, to] of own) flags.fill(1, firstAtOrAfter(panel.dates, from), firstAfter(panel.dates, to));
    return flags;
  });
  return rows.filter((row) => isIn[panel.symbolOf[row]]?.[panel.dayOf[row]] === 1);
}

function firstAtOrAfter(dates: readonly string[], day: string): number {
  return firstWhere(dates, (date) => date >= day);
}

function firstAfter(dates: readonly string[], day: string): number {
  return firstWhere(dates, (date) => date > day);
}

/** Index of the first of rising dates that is late enough; their number if none is. */
function firstWhere(dates: readonly string[], isLateEnough: (date: string) => boolean): number {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isLateEnough(dates[middle])) high = middle;
    else low = middle + 1;
  }
  return low;
}

function bySymbol({ groups }: RowSet): Map<string, Stretch[]> {
  const stretches = new Map<string, Stretch[]>();
  for (const { symbols, days } of groups) {
    const own = days.map((words): Stretch => {
      const [from, to = from] = words.split("/");
      return [from, to];
    });
    for (const symbol of symbols) stretches.set(symbol, own.map(([from, to]) => [from, to]));
  }
  return stretches;
}

function grouped(stretches: ReadonlyMap<string, readonly Stretch[]>): RowSet {
  const groups = new Map<string, { symbols: string[]; days: string[] }>();
  for (const [symbol, own] of [...stretches].sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)) {
    if (own.length === 0) continue;
    const days = own.map(([from, to]) => from === to ? from : `${from}/${to}`);
    const group = groups.get(days.join());
    if (group) group.symbols.push(symbol);
    else groups.set(days.join(), { symbols: [symbol], days });
  }
  return { groups: [...groups.values()] };
}
