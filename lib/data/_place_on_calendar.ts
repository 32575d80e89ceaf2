import { Panel } from "@lib/core";
import type { CleanBars } from "./_clean_bars.ts";
import { countFault } from "./bars_report.ts";
import { tradingCalendar } from "./trading_calendar.ts";

/**
 * Sets bars on trading days: one row per symbol and day from its first to its last bar.
 *
 * `lines` has the line in the file of each row, shape (rows,); 0 where no bar was and a row of missing values was added.
 */
export function placeOnCalendar(clean: readonly CleanBars[]): { panel: Panel; lines: Int32Array } {
  const dates = tradingCalendar(clean.map(({ days }) => days));
  const position = new Map(dates.map((day, index) => [day, index]));
  const placed = clean.map((bars) => {
    const at = bars.days.map((day) => position.get(day) ?? -1);
    const off = at.indexOf(-1);
    if (off >= 0) {
      const example = { file: bars.file, line: bars.lines[off], value: `${bars.days[off]} is no trading day here` };
      countFault(bars.faults, "off_calendar", example, at.filter((index) => index < 0).length);
    }
    const first = at.find((index) => index >= 0) ?? 0;
    const last = at.findLast((index) => index >= 0) ?? -1;
    return { ...bars, at, first, rows: last - first + 1 };
  });
  const starts = new Int32Array(clean.length + 1);
  placed.forEach(({ rows }, symbol) => starts[symbol + 1] = starts[symbol] + rows);
  const total = starts[clean.length];
  const dayOf = new Int32Array(total);
  const lines = new Int32Array(total);
  const names = new Set(clean.flatMap(({ columns }) => Object.keys(columns)));
  const columns = Object.fromEntries([...names].map((name) => [name, new Float64Array(total).fill(NaN)]));
  placed.forEach((bars, symbol) => {
    const offset = starts[symbol] - bars.first;
    for (let row = 0; row < bars.rows; row++) dayOf[starts[symbol] + row] = bars.first + row;
    bars.at.forEach((index, row) => index >= 0 && (lines[offset + index] = bars.lines[row]));
    for (const [name, values] of Object.entries(bars.columns)) {
      bars.at.forEach((index, row) => index >= 0 && (columns[name][offset + index] = values[row]));
    }
    countGaps(bars, dates, lines.subarray(starts[symbol], starts[symbol + 1]));
  });
  return { panel: new Panel(clean.map(({ symbol }) => symbol), dates, starts, dayOf, columns), lines };
}

function countGaps(
  { file, faults, first }: { file: string; faults: CleanBars["faults"]; first: number },
  dates: readonly string[],
  lines: Int32Array,
): void {
  const row = lines.indexOf(0);
  if (row < 0) return;
  const line = lines.subarray(row).find((line) => line > 0)!; // the bar after the gap
  countFault(
    faults,
    "gap",
    { file, line, value: `no bar on ${dates[first + row]}` },
    lines.reduce((count, line) => count + (line === 0 ? 1 : 0), 0),
  );
}
