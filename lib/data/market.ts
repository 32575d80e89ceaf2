import { type Panel, panelDigest } from "@lib/core";
import type { BarsReport } from "./bars_report.ts";
import type { RawBars } from "./raw_bars.ts";
import { validateBars } from "./validate_bars.ts";

/** Where a market comes from: what every result made from it should say about it. */
export interface MarketSource {
  name: string;
  /** Which symbols these are, how they were chosen, and what that does to results. */
  universe: string;
  /** SHA-256 of the whole panel, see `panelDigest` of `@lib/core`. */
  digest: string;
  firstDay: string;
  lastDay: string;
  symbols: number;
  rows: number;
}

/** A market ready for research: bars, where they come from, and what was found in them. */
export interface Market {
  /** The canonical columns of data/README.md, as far as the source has them. */
  panel: Panel;
  source: MarketSource;
  report: BarsReport;
}

/** What a source knows of itself before its bars are validated. */
export interface MarketDescription extends Pick<MarketSource, "name" | "universe"> {
  /** ISO day after which no bar can exist yet. */
  today: string;
}

/**
 * Validates bars and ties them to their source.
 *
 * @throws {BarsRefusedError | RangeError} As {@linkcode validateBars}.
 */
export function marketOf(bars: readonly RawBars[], { name, universe, today }: MarketDescription): Market {
  const { panel, report } = validateBars(bars, { today });
  const { symbols, rows, firstDay, lastDay } = report;
  return { panel, report, source: { name, universe, digest: panelDigest(panel), firstDay, lastDay, symbols, rows } };
}
