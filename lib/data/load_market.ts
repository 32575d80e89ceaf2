import { checkOneOf, currentDay } from "@lib/core";
import { loadBars } from "./load_bars.ts";
import { loadCsvFolder } from "./load_csv_folder.ts";
import { loadPanel } from "./load_panel.ts";
import type { Market } from "./market.ts";
import type { RawFolderOptions } from "./raw_file.ts";
import { syntheticMarket, type SyntheticMarketOptions } from "./synthetic_market.ts";
import { TIERS } from "./tier.ts";

/** Options of {@linkcode loadMarket}. */
export interface LoadMarketOptions extends RawFolderOptions {
  /** `development` or `final`; a text, since parameters of notebooks are no narrower. Default `development`. */
  tier?: string;
  /** For own bars: ISO day after which no bar can exist yet. Default: `currentDay()` of `@lib/core`. */
  today?: string;
  /** For own bars: first day of the final block, ISO. Default: that of the last fifth of the trading days. */
  finalFrom?: string;
  /** For `synthetic`: what to make. Default `{ seed: 1 }`. */
  synthetic?: Omit<SyntheticMarketOptions, "tier">;
}

/**
 * A market by its name: `panel` ({@linkcode loadPanel}), `bars` ({@linkcode loadBars}), `synthetic`
 * ({@linkcode syntheticMarket}); any other name is the path of own bars ({@linkcode loadCsvFolder}).
 *
 * Each market has a first day of the final block, `source.finalFrom`. Unless `tier` says `final` the market ends before
 * it, and no value, count or message depends on anything later. The block begins on 2015-01-01 in `panel`, on
 * 2022-01-01 in `bars`, with the last fifth of the trading days elsewhere.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const synthetic = { seed: 1, symbols: 2, days: 10 };
 * const { source } = await loadMarket("synthetic", { synthetic });
 * assert.deepEqual([source.lastDay, source.finalFrom], ["2010-01-13", "2010-01-14"]);
 * assert.equal((await loadMarket("synthetic", { synthetic, tier: "final" })).source.lastDay, "2010-01-15");
 * ```
 *
 * @param name A folder that has one of the three names is reached as `./panel`.
 * @throws {Deno.errors.NotFound} If `name` is none of the three, and no path either.
 * @throws {RangeError} If `tier` is none.
 * @throws {Error} As the loader that is chosen.
 */
export async function loadMarket(
  name: string,
  { tier = "development", finalFrom, today = currentDay(), rawFolder, synthetic = { seed: 1 } }: LoadMarketOptions = {},
): Promise<Market> {
  checkOneOf("load a market", "tier", tier, TIERS);
  if (name === "panel") return await loadPanel({ tier, rawFolder });
  if (name === "bars") return await loadBars({ tier, rawFolder });
  if (name === "synthetic") return syntheticMarket({ ...synthetic, tier });
  return await Deno.stat(name).then(() => loadCsvFolder(name, { tier, finalFrom, today }), (cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(
      `Cannot load a market: name must be panel, bars, synthetic, or a folder or CSV file, current value is ${name}`,
      { cause },
    );
  });
}
