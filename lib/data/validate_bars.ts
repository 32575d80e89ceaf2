import { isIsoDay, Panel } from "@lib/core";
import { type CleanBars, cleanBars } from "./_clean_bars.ts";
import { placeOnCalendar } from "./_place_on_calendar.ts";
import { type BarsFinding, BarsRefusedError, type BarsReport, countFault, isBeyondLimit } from "./bars_report.ts";
import { indexFromPrices, indexFromReturns, marketReturn, simpleReturns } from "./derive_columns.ts";
import { type FaultKind, faultLimits, jumpSize } from "./fault_limits.ts";
import type { RawBars } from "./raw_bars.ts";

/** Options of {@linkcode validateBars}. */
export interface ValidateBarsOptions {
  /** ISO day after which no bar can exist yet. */
  today: string;
}

/** Bars that may be computed with, and what was found on the way. */
export interface ValidatedBars {
  /** The canonical columns of data/README.md, as far as the source has them; one row per symbol and trading day. */
  panel: Panel;
  report: BarsReport;
}

/** Order of the canonical columns; a source's own further ones follow. */
const canonical = ["open", "high", "low", "close", "volume", "dollar_volume", "return", "index", "market_return"];

/**
 * The door through which bars of every source come in: judges each row, sets the rows on trading days, and derives the
 * columns that the other rooms read.
 *
 * A faulty bar becomes missing, whole: nothing is repaired, nothing filled, and nothing left out without being counted.
 * Kinds of fault, their limits and what becomes of such rows: {@linkcode faultLimits}. Days are those of
 * {@linkcode tradingCalendar}; where a symbol has no bar on one between its first and last, a row of missing values
 * stands, so that "n rows back" is "n trading days back".
 *
 * Cutting the bars off after a day leaves all values up to it as they are (which days count, see there).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { panel } = validateBars([{
 *   symbol: "A",
 *   file: "A.csv",
 *   days: ["2020-01-03", "2020-01-02"],
 *   lines: [2, 3],
 *   columns: { close: [11, 10], volume: [5, 6] },
 *   rowsRead: 2,
 *   faults: [],
 * }], { today: "2020-01-03" });
 * assert.deepEqual(panel.column("index"), Float64Array.of(1, 1.1));
 * assert.deepEqual(panel.column("dollar_volume"), Float64Array.of(60, 55));
 * ```
 *
 * @param raw The bars of each symbol, once.
 * @throws {BarsRefusedError} If a symbol shows more of a kind of fault than its limit allows.
 * @throws {RangeError} If there are no bars or no daily ones, a symbol comes twice, or `today` is no ISO day.
 */
export function validateBars(raw: readonly RawBars[], { today }: ValidateBarsOptions): ValidatedBars {
  if (!isIsoDay(today)) {
    throw new RangeError(`Cannot validate bars: today must be a date as YYYY-MM-DD, current value is ${today}`);
  }
  if (raw.length === 0) throw new RangeError("Cannot validate bars: there must be at least one symbol, currently none");
  const sorted = raw.toSorted((a, b) => a.symbol < b.symbol ? -1 : 1);
  checkNames(sorted);
  const clean = sorted.map((bars) => cleanBars(bars, today));
  const { panel: placed, lines } = placeOnCalendar(clean);
  const panel = deriveColumns(placed, clean);
  countJumps(panel, lines, clean);
  const report = reportOf(panel, clean);
  if (report.findings.some(isBeyondLimit)) throw new BarsRefusedError(report);
  return { panel, report };
}

function checkNames(sorted: readonly RawBars[]): void {
  const known = new Map<string, RawBars>();
  for (const bars of sorted) {
    const twin = known.get(bars.symbol.toUpperCase());
    if (twin) {
      throw new RangeError(
        `Cannot validate bars: each symbol must come once, whatever its case, current twins are ${twin.symbol} in ` +
          `${twin.file} and ${bars.symbol} in ${bars.file}`,
      );
    }
    known.set(bars.symbol.toUpperCase(), bars);
  }
}

function deriveColumns(panel: Panel, clean: readonly CleanBars[]): Panel {
  const { columns } = panel;
  const dollars = columns.dollar_volume ?? columns.close.map((close, row) => close * columns.volume[row]);
  const prices = (from: number, to: number, symbol: number) =>
    columns[clean[symbol].columns.adjusted ? "adjusted" : "close"].subarray(from, to);
  const returns = columns.return ?? panel.perSymbol((...slice) => simpleReturns(prices(...slice)));
  const index = panel.perSymbol((from, to, symbol) =>
    columns.return ? indexFromReturns(columns.return.subarray(from, to)) : indexFromPrices(prices(from, to, symbol))
  );
  const derived = panel.with({ dollar_volume: dollars, return: returns, index });
  const whole = derived.with({ market_return: marketReturn(derived) });
  const own = whole.names.filter((name) => !canonical.includes(name) && name !== "adjusted");
  return whole.pick([...canonical.filter((name) => whole.has(name)), ...own]);
}

function countJumps(panel: Panel, lines: Int32Array, clean: readonly CleanBars[]): void {
  panel.column("return").forEach((value, row) => {
    if (!(Math.abs(value) > jumpSize)) return;
    const { file, faults } = clean[panel.symbolOf[row]];
    const size = `${value > 0 ? "+" : ""}${(100 * value).toFixed(1)} % on ${panel.key(row).date}`;
    countFault(faults, "jump", { file, line: lines[row], value: size });
  });
}

function reportOf(panel: Panel, clean: readonly CleanBars[]): BarsReport {
  const kinds = Object.keys(faultLimits) as FaultKind[];
  const findings = clean.flatMap(({ symbol, rowsRead, faults }, code) => {
    const tradingDays = panel.starts[code + 1] - panel.starts[code];
    return kinds.flatMap((kind): BarsFinding[] => {
      const fault = faults.get(kind);
      return fault ? [{ symbol, kind, ...fault, share: fault.count / (kind === "gap" ? tradingDays : rowsRead) }] : [];
    });
  });
  return {
    rowsRead: clean.reduce((sum, bars) => sum + bars.rowsRead, 0),
    rows: panel.rows,
    symbols: panel.symbols.length,
    firstDay: panel.dates[0] ?? "",
    lastDay: panel.dates.at(-1) ?? "",
    findings,
  };
}
