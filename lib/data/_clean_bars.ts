import { countFault, type FaultTally } from "./bars_report.ts";
import type { FaultKind } from "./fault_limits.ts";
import type { RawBars } from "./raw_bars.ts";

/** Bars of one symbol, sorted, each day once, faulty ones missing. */
export interface CleanBars {
  symbol: string;
  file: string;
  /** ISO days in order. */
  days: string[];
  /** Line of each row in the file. */
  lines: Int32Array;
  columns: Record<string, Float64Array>;
  rowsRead: number;
  faults: FaultTally;
}

/** Prices as delivered are rounded to 32-bit floats by some vendors: less than this share off is rounding, no fault. */
const rounding = 1e-6;

/** Judges the rows of one symbol, each by itself: dates, order, duplicates, impossible bars. */
export function cleanBars(raw: RawBars, today: string): CleanBars {
  const faults: FaultTally = new Map();
  for (const { kind, example } of raw.faults) countFault(faults, kind, example);
  const { days, lines, file } = raw;
  const names = Object.keys(raw.columns);

  let order: number[] = [];
  for (let row = 0; row < days.length; row++) {
    const [day, line, before] = [days[row], lines[row], days[order[order.length - 1]]];
    if (day > today) {
      countFault(faults, "future_date", { file, line, value: `${day}, today is ${today}` });
      continue;
    }
    if (day < before) countFault(faults, "unordered_date", { file, line, value: `${day} after ${before}` });
    order.push(row);
  }
  if (faults.has("unordered_date")) order.sort((a, b) => days[a] === days[b] ? a - b : days[a] < days[b] ? -1 : 1);

  const conflicting = new Set<string>();
  order = order.filter((row, position) => {
    const first = order[position - 1];
    if (position === 0 || days[row] !== days[first]) return true;
    const equal = names.every((name) => Object.is(raw.columns[name][row], raw.columns[name][first]));
    if (!equal) conflicting.add(days[row]);
    const value = `${days[row]} once more, ${equal ? "equal to" : "unlike"} line ${lines[first]}`;
    countFault(faults, "duplicate_date", { file, line: lines[row], value });
    return false;
  });

  const columns = Object.fromEntries(names.map((name) => {
    const [source, values] = [raw.columns[name], new Float64Array(order.length)];
    for (let row = 0; row < order.length; row++) values[row] = source[order[row]];
    return [name, values];
  }));
  const clean: CleanBars = {
    symbol: raw.symbol,
    file,
    days: order.map((row) => days[row]),
    lines: Int32Array.from(order, (row) => lines[row]),
    columns,
    rowsRead: raw.rowsRead,
    faults,
  };
  const impossible = findImpossible(clean);
  clean.days.forEach((day, row) => {
    if (!impossible[row] && !conflicting.has(day)) return;
    for (const name of names) columns[name][row] = NaN;
  });
  return clean;
}

/** Marks and counts bars that no market can have printed; a missing value accuses nothing. */
function findImpossible({ file, days, lines, columns, faults }: CleanBars): Uint8Array {
  const marks = new Uint8Array(days.length);
  const mark = (row: number, kind: FaultKind, value: string) => {
    marks[row] = 1;
    countFault(faults, kind, { file, line: lines[row], value: `${value} on ${days[row]}` });
  };
  for (const name of ["open", "high", "low", "close", "adjusted"]) {
    columns[name]?.forEach((price, row) => price <= 0 && mark(row, "non_positive_price", `${name} ${price}`));
  }
  columns.return?.forEach((value, row) => value <= -1 && mark(row, "non_positive_price", `return ${value}`));
  for (const name of ["volume", "dollar_volume"]) {
    columns[name]?.forEach((volume, row) => volume < 0 && mark(row, "negative_volume", `${name} ${volume}`));
  }
  const { high, low } = columns;
  if (!high || !low) return marks;
  for (let row = 0; row < days.length; row++) {
    if (high[row] < low[row]) {
      mark(row, "high_below_low", `high ${high[row]} below low ${low[row]}`);
      continue;
    }
    for (const name of ["open", "close"]) {
      const price = columns[name][row];
      const above = price > high[row] * (1 + rounding);
      if (!above && !(price < low[row] * (1 - rounding))) continue;
      mark(row, "outside_range", `${name} ${price} ${above ? `above high ${high[row]}` : `below low ${low[row]}`}`);
      break;
    }
  }
  return marks;
}
