import type { Panel } from "@lib/core";
import type { Leak } from "@lib/f4";
import { counted } from "../_counted.ts";

/** The first thing in which a step's result on part of a market differs from that on the whole. */
export interface Difference {
  leak: Leak;
  /** The column that differs first in time. */
  column: string | null;
  /** All columns that differ. */
  columns: string[];
  words: string;
}

/** Options of {@linkcode difference}. */
export interface DifferenceOptions {
  /** Last day (ISO) of which both know the same. */
  lastDay: string;
  /** What was done to the days after it: `cut off`, `replaced by noise`. */
  done: string;
  /** Columns to compare. Default: all. */
  columns?: readonly string[];
  /** Whether a row must be the same in both; by the index of the row in `part`. Default: all up to the last day. */
  compares?: (row: number) => boolean;
}

/**
 * Where two results of a step disagree about days of which both know the same, and which kind of leak that is. The kind
 * follows from the pattern: rows that come and go with the future are a sample chosen by it; columns, a selection; values
 * that change from their first half on were fitted to the whole sample; values that change near the last day only look
 * so many days ahead.
 */
export function difference(
  whole: Panel,
  part: Panel,
  { lastDay, done, columns, compares = () => true }: DifferenceOptions,
): Difference | null {
  const partOf = alignedRows(part, whole);
  const known = (panel: Panel) => {
    const days = panel.dates.findIndex((date) => date > lastDay);
    return days < 0 ? panel.dates.length : days;
  };
  const [daysOfPart, daysOfWhole] = [known(part), known(whole)];
  const matched = new Uint8Array(whole.rows);
  for (let row = 0; row < part.rows; row++) {
    if (part.dayOf[row] >= daysOfPart) continue;
    if (partOf[row] < 0) return rowsDiffer(part, row, `is there only where the days after ${lastDay} are ${done}`);
    matched[partOf[row]] = 1;
  }
  for (let row = 0; row < whole.rows; row++) {
    if (whole.dayOf[row] < daysOfWhole && matched[row] === 0) {
      return rowsDiffer(whole, row, `is gone where the days after ${lastDay} are ${done}`);
    }
  }
  const names = columns ?? whole.names;
  const gone = columns ? [] : whole.names.filter((name) => !part.has(name));
  const come = columns ? [] : part.names.filter((name) => !whole.has(name));
  if (gone.length + come.length > 0) {
    return {
      leak: "feature selection on train and test",
      column: gone[0] ?? come[0],
      columns: [...gone, ...come],
      words: `${Math.max(gone.length, come.length)} of ${whole.names.length} columns are others when the days after ` +
        `${lastDay} are ${done}: ${gone.slice(0, 3).join(", ") || "none"} become ${
          come.slice(0, 3).join(", ") || "none"
        }`,
    };
  }
  const changedColumns: string[] = [];
  let worst: { name: string; changed: number; firstDay: number; firstKnown: number } | null = null;
  for (const name of names) {
    const [before, after] = [whole.column(name), part.column(name)];
    let [changed, firstDay, firstKnown] = [0, Infinity, Infinity];
    for (let row = 0; row < part.rows; row++) {
      const day = part.dayOf[row];
      if (day >= daysOfPart || !compares(row)) continue;
      if (!Number.isNaN(after[row]) && day < firstKnown) firstKnown = day;
      if (Object.is(before[partOf[row]], after[row])) continue;
      changed++;
      if (day < firstDay) firstDay = day;
    }
    if (changed > 0) changedColumns.push(name);
    if (changed > 0 && (worst === null || firstDay < worst.firstDay)) worst = { name, changed, firstDay, firstKnown };
  }
  if (worst === null) return null;
  const isFitted = worst.firstDay <= (Math.min(worst.firstKnown, worst.firstDay) + daysOfPart - 1) / 2;
  const reach = daysOfPart - worst.firstDay;
  const seen =
    `${worst.changed} values from ${part.dates[worst.firstDay]} on change when the days after ${lastDay} are ` +
    done;
  const about = { column: worst.name, columns: changedColumns };
  return isFitted
    ? { ...about, leak: "preprocessing on train and test", words: `${seen}: they were fitted to the whole sample` }
    : { ...about, leak: "temporal leakage", words: `${seen}: they look ${counted(reach, "day")} ahead` };
}

function rowsDiffer(panel: Panel, row: number, how: string): Difference {
  const { symbol, date } = panel.key(row);
  return { leak: "biased test sample", column: null, columns: [], words: `the row of ${symbol} on ${date} ${how}` };
}

/**
 * For each row of `panel` the row of `other` with the same symbol and date.
 *
 * @returns Shape (rows of `panel`,); -1 where there is none.
 */
export function alignedRows(panel: Panel, other: Panel): Int32Array {
  const result = new Int32Array(panel.rows).fill(-1);
  const symbolCode = new Map(other.symbols.map((name, code) => [name, code]));
  const dayCode = new Map(other.dates.map((date, code) => [date, code]));
  const dayOf = Int32Array.from(panel.dates, (date) => dayCode.get(date) ?? -1);
  panel.symbols.forEach((name, symbol) => {
    const code = symbolCode.get(name);
    if (code === undefined) return;
    let candidate = other.starts[code];
    for (let row = panel.starts[symbol]; row < panel.starts[symbol + 1]; row++) {
      const day = dayOf[panel.dayOf[row]];
      if (day < 0) continue;
      while (candidate < other.starts[code + 1] && other.dayOf[candidate] < day) candidate++;
      if (candidate < other.starts[code + 1] && other.dayOf[candidate] === day) result[row] = candidate;
    }
  });
  return result;
}
