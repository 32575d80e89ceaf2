import { type FaultKind, faultLimits } from "./fault_limits.ts";

/** Where a fault was met first, and what stood there. */
export interface FaultExample {
  /** Name of the file, without its folder. */
  file: string;
  /** Line of the file, the first one being 1; 0 where no line belongs to it. */
  line: number;
  /** What was read, in words short enough for a table. */
  value: string;
}

/** How often each kind of fault was met in one symbol, with the first example. */
export type FaultTally = Map<FaultKind, { count: number; example: FaultExample }>;

/** Adds faults of a kind to a tally; the example of the first call stays. */
export function countFault(tally: FaultTally, kind: FaultKind, example: FaultExample, count = 1): void {
  const known = tally.get(kind);
  if (known) known.count += count;
  else tally.set(kind, { count, example });
}

/** One kind of fault in one symbol. */
export interface BarsFinding {
  symbol: string;
  kind: FaultKind;
  count: number;
  /** Of the rows read for the symbol, or of its trading days for `gap`; a fraction. */
  share: number;
  example: FaultExample;
}

/** What was found in the bars of a market before anything was computed from them. */
export interface BarsReport {
  /** Rows read from the source, before any was left out. */
  rowsRead: number;
  /** Rows of the panel: one for each trading day of each symbol, missing bars included. */
  rows: number;
  symbols: number;
  firstDay: string;
  lastDay: string;
  /** By symbol, then by kind in the order of {@linkcode faultLimits}. */
  findings: readonly BarsFinding[];
}

/** Bars with more faults than {@linkcode faultLimits} allows. A caller that catches it may show the whole `report`. */
export class BarsRefusedError extends RangeError {
  override name = "BarsRefusedError";

  constructor(readonly report: BarsReport) {
    const worst = byWeight(report.findings.filter(isBeyondLimit)).slice(0, 10);
    super(
      `Cannot load bars: the share of faulty rows of each symbol must stay within its limit, current worst ones are\n${
        worst.map((finding) => `  ${describeFinding(finding)}`).join("\n")
      }\nMend these rows at their source, or take the symbol out, and load again; the limits and their reasons stand in ` +
        "lib/data/fault_limits.ts",
    );
  }
}

/** Whether a finding alone is enough to refuse the load. */
export function isBeyondLimit({ kind, share }: BarsFinding): boolean {
  return share > faultLimits[kind].limit;
}

function byWeight(findings: readonly BarsFinding[]): BarsFinding[] {
  const weight = ({ kind, share }: BarsFinding) => share / faultLimits[kind].limit;
  return findings.toSorted((a, b) => weight(b) - weight(a)); // stable: ties stay by symbol
}

const percent = (share: number) => `${Number((100 * share).toPrecision(2))} %`;
const grouped = (count: number) => count.toLocaleString("en-US");
const symbolCount = (count: number) => `${grouped(count)} ${count === 1 ? "symbol" : "symbols"}`;
const place = ({ file, line }: FaultExample) => line === 0 ? file : `${file}:${line}`;

function describeFinding({ symbol, kind, count, share, example }: BarsFinding): string {
  return `${symbol} ${kind}: ${grouped(count)} (${percent(share)}, limit ${percent(faultLimits[kind].limit)}), first ${
    place(example)
  } ${example.value}`;
}

/** One row of the table that a report is. */
export interface ReportRow {
  symbol: string;
  kind: FaultKind;
  count: number;
  share: number;
  limit: number;
  outcome: string;
  file: string;
  line: number;
  value: string;
}

/** A report as rows of a table, one for each symbol and kind of fault that was met. */
export function reportRows(report: BarsReport): ReportRow[] {
  return report.findings.map(({ symbol, kind, count, share, example }) => {
    const { limit, outcome } = faultLimits[kind];
    return { symbol, kind, count, share, limit, outcome, ...example };
  });
}

/** Options of {@linkcode reportText}. */
export interface ReportTextOptions {
  /** Findings to list one by one, the heaviest against their limit first; the rest is counted. Default 10. */
  most?: number;
}

/**
 * A report in words: how much was read, each kind of fault with what became of it, and the heaviest findings.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { syntheticMarket } from "@lib/data";
 * const { report } = syntheticMarket({ seed: 1, symbols: 2, days: 3 });
 * assert.equal(
 *   reportText(report),
 *   "2 symbols, 6 rows from 6 read, 2010-01-04 to 2010-01-06: no fault found",
 * );
 * ```
 */
export function reportText(report: BarsReport, { most = 10 }: ReportTextOptions = {}): string {
  const { symbols, rows, rowsRead, firstDay, lastDay, findings } = report;
  const size = `${symbolCount(symbols)}, ${grouped(rows)} rows from ${
    grouped(rowsRead)
  } read, ${firstDay} to ${lastDay}`;
  if (findings.length === 0) return `${size}: no fault found`;
  const kinds = (Object.keys(faultLimits) as FaultKind[]).flatMap((kind) => {
    const found = findings.filter((finding) => finding.kind === kind);
    const count = found.reduce((sum, finding) => sum + finding.count, 0);
    const { limit, outcome } = faultLimits[kind];
    return count === 0 ? [] : [
      `  ${kind}: ${grouped(count)} in ${symbolCount(found.length)} (${outcome}; limit ${percent(limit)} of a symbol)`,
    ];
  });
  const shown = byWeight(findings).slice(0, most).map((finding) => `  ${describeFinding(finding)}`);
  const rest = findings.length - shown.length;
  return [size, ...kinds, "Heaviest:", ...shown, ...rest > 0 ? [`  and ${grouped(rest)} more`] : []].join("\n");
}
