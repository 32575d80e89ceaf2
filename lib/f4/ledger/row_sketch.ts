import { type Panel, sha256 } from "@lib/core";

/** How many of the smallest hashes each part of a sketch keeps. */
const KEPT = { rows: 256, outcomes: 128, symbols: 64, days: 128 } as const;
const PARTS = ["rows", "outcomes", "symbols", "days"] as const;
/** Hashes of the smaller set that an estimate from rows needs; with fewer, its error passes 0.09 of the share. */
const LEAST_COMPARED = 32;
/** Symbols or days of the smaller set that must be compared before any counts as not shared. */
const LEAST_OF_GRID = 8;

type Sketch = Record<typeof PARTS[number], Uint32Array>;

/**
 * A sample of a panel's rows that fits into a line of text, by which {@linkcode sharedRows} tells how many rows two
 * panels share when neither is at hand any more.
 *
 * Of each of four sets the smallest hashes of 32 bits (bottom-k sketches): 256 of the (symbol, date) keys, 128 of
 * (date, outcome) by which renamed symbols are known again, 64 of the symbols and 128 of the days. Three thousand
 * characters at most, whatever the panel's size.
 *
 * Source: Cohen and Kaplan (2007), Summarizing data using bottom-k sketches, PODC.
 *
 * @param panel The judged rows.
 * @param outcome Column of what came true, in single precision; none for a book.
 */
export function rowSketch(panel: Panel, outcome?: string): string {
  const [symbols, days] = [panel.symbols.map(hashOf), panel.dates.map(hashOf)];
  const rows = new Uint32Array(panel.rows);
  for (let row = 0; row < panel.rows; row++) rows[row] = mixed(symbols[panel.symbolOf[row]], days[panel.dayOf[row]]);
  let outcomes = new Uint32Array();
  if (outcome !== undefined) {
    const bits = new Uint32Array(Float32Array.from(panel.column(outcome)).buffer);
    outcomes = bits.map((value, row) => mixed(value, days[panel.dayOf[row]]));
  }
  const sets: Sketch = { rows, outcomes, symbols: Uint32Array.from(symbols), days: Uint32Array.from(days) };
  return PARTS.map((part) => toText(smallest(sets[part], KEPT[part]))).join(".");
}

/**
 * Share of its rows that the one of two sets that lies more within the other has in common with it, estimated from
 * their sketches: 1 for a set and a part of it, 0 for sets without a common row.
 *
 * Below the smaller of the two largest hashes kept both sketches are complete, so that the share of common ones there
 * estimates the share of common rows; with n compared its standard error is sqrt(share (1 - share) / n), at most 0.03
 * for sets of like size (n = 256), where the larger of the two shares lies half an error too high. A panel with renamed symbols is known by its outcomes. Where one set is so much
 * smaller that under 32 hashes can be compared, rows are taken to fill a grid: share of symbols times share of days,
 * each 1 where fewer than 8 can be compared, since what is not known must not make a new family.
 *
 * @example A tenth of the rows left out, all symbols renamed
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const date = weekdays("2020-01-01", 2000);
 * const columns = { actual: Float64Array.from(date, (_, day) => Math.sin(day * day)) };
 * const one = Panel.fromRows({ symbol: date.map(() => "A"), date, columns });
 * const other = Panel.fromRows({ symbol: date.map(() => "B"), date, columns }).select((row) => row % 10 > 0);
 * assert.equal(sharedRows(rowSketch(one, "actual"), rowSketch(other, "actual")), 1);
 * assert.equal(sharedRows(rowSketch(one), rowSketch(other)), 0);
 * ```
 *
 * @throws {SyntaxError} If a text is no sketch.
 */
export function sharedRows(one: string, other: string): number {
  if (one === other) return 1;
  const [a, b] = [fromText(one), fromText(other)];
  const within = (part: typeof PARTS[number]) => compared(a[part], b[part], KEPT[part]);
  const [rows, outcomes, symbols, days] = PARTS.map(within);
  const ofGrid = (side: "ofA" | "ofB") =>
    [symbols, days].reduce((product, axis) => product * (isEnough(axis, LEAST_OF_GRID) ? axis[side] : 1), 1);
  const ofRows = isEnough(rows, LEAST_COMPARED) ? [rows.ofA, rows.ofB] : [ofGrid("ofA"), ofGrid("ofB")];
  return Math.max(...ofRows, outcomes.ofA, outcomes.ofB);
}

/**
 * Share of its days that the one of two sets that lies more within the other has in common with it, estimated from their
 * sketches as in {@linkcode sharedRows}: what forecasts and a book can be known by to be of one time.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { describeBook, describeForecast } from "@lib/f4";
 * import { Panel } from "@lib/core";
 * const columns = { forecast: Float64Array.of(1, 2), actual: Float64Array.of(0.01, 0.02) };
 * const forecasts = Panel.fromRows({ symbol: ["A", "B"], date: ["2020-01-02", "2020-01-02"], columns });
 * const book = describeBook("of it", { dates: ["2020-01-02", "2020-01-03"], values: Float64Array.of(0.01, 0.02) });
 * assert.equal(sharedDays(describeForecast(forecasts).rowSketch, book.rowSketch), 1);
 * ```
 *
 * @throws {SyntaxError} If a text is no sketch.
 */
export function sharedDays(one: string, other: string): number {
  const days = compared(fromText(one).days, fromText(other).days, KEPT.days);
  return isEnough(days, LEAST_OF_GRID) ? Math.max(days.ofA, days.ofB) : 1;
}

/** Whether a share says something: both sets are known whole, or enough of the smaller was compared. */
function isEnough({ isWhole, smaller }: ReturnType<typeof compared>, least: number): boolean {
  return isWhole || smaller >= least;
}

function compared(a: Uint32Array, b: Uint32Array, kept: number) {
  const last = (set: Uint32Array) => set.length < kept ? Infinity : set[kept - 1];
  const most = Math.min(last(a), last(b));
  const [ofA, ofB] = [a, b].map((set) => set.filter((hash) => hash <= most));
  const known = new Set(ofB);
  const common = ofA.reduce((count, hash) => count + (known.has(hash) ? 1 : 0), 0);
  const share = (set: Uint32Array) => set.length === 0 ? 0 : common / set.length;
  const smaller = Math.min(ofA.length, ofB.length);
  return { ofA: share(ofA), ofB: share(ofB), smaller, isWhole: most === Infinity };
}

/** The first 32 bits of a text's SHA-256. */
function hashOf(text: string): number {
  return parseInt(sha256(text).slice(0, 8), 16);
}

/** Two hashes as one, by the last steps of MurmurHash3 (Appleby 2011), after which every bit depends on all. */
function mixed(one: number, other: number): number {
  const last = (hash: number) => {
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  };
  return last(Math.imul(one, 0x9e3779b1) + last(other)) >>> 0;
}

function smallest(hashes: Uint32Array, count: number): Uint32Array {
  const kept: number[] = [];
  for (const hash of hashes.slice().sort()) {
    if (kept.length === count) break;
    if (hash !== kept.at(-1)) kept.push(hash);
  }
  return Uint32Array.from(kept);
}

function toText(hashes: Uint32Array): string {
  const view = new DataView(new ArrayBuffer(4 * hashes.length));
  hashes.forEach((hash, index) => view.setUint32(4 * index, hash));
  return new Uint8Array(view.buffer).toBase64();
}

function fromText(text: string): Sketch {
  const parts = text.split(".").map((part) => {
    const bytes = Uint8Array.fromBase64(part);
    const view = new DataView(bytes.buffer);
    return Uint32Array.from({ length: bytes.length >> 2 }, (_, index) => view.getUint32(4 * index));
  });
  if (parts.length !== PARTS.length) {
    throw new SyntaxError(`Cannot read a sketch of rows: it must have ${PARTS.length} parts, current ones are ${text}`);
  }
  return { rows: parts[0], outcomes: parts[1], symbols: parts[2], days: parts[3] };
}
