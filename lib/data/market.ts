import { type Panel, panelDigest } from "@lib/core";
import type { BarsReport } from "./bars_report.ts";
import type { RawBars } from "./raw_bars.ts";
import { cutToTier, type CutToTierOptions, type Tier } from "./tier.ts";
import { validateBars } from "./validate_bars.ts";

/** Where a market comes from: what every result made from it should say about it. */
export interface MarketSource {
  name: string;
  /** Which symbols these are, how they were chosen, and what that does to results. */
  universe: string;
  /** Whether the final block is in the panel. */
  tier: Tier;
  /** First day of the final block, ISO: a trading day or a holiday before one. */
  finalFrom: string;
  /** SHA-256 of the panel, see `panelDigest` of `@lib/core`. */
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
export interface MarketDescription extends Pick<MarketSource, "name">, CutToTierOptions {
  /** See {@linkcode MarketSource}; or how to tell it from the bars of the tier. */
  universe: string | ((bars: readonly RawBars[]) => string);
}

/**
 * Cuts bars to their tier, validates them and ties them to their source.
 *
 * @throws {BarsRefusedError | RangeError} As {@linkcode cutToTier} and {@linkcode validateBars}.
 */
export function marketOf(bars: readonly RawBars[], { name, universe, ...cut }: MarketDescription): Market {
  const known = cutToTier(bars, cut);
  const { panel, report } = validateBars(known.bars, cut);
  const { symbols, rows, firstDay, lastDay } = report;
  return {
    panel,
    report,
    source: {
      name,
      universe: typeof universe === "string" ? universe : universe(known.bars),
      tier: cut.tier,
      finalFrom: known.finalFrom,
      digest: panelDigest(panel),
      firstDay,
      lastDay,
      symbols,
      rows,
    },
  };
}
