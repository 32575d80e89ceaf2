import { currentDay } from "@lib/core";
import { loadBars } from "./load_bars.ts";
import { loadCsvFolder } from "./load_csv_folder.ts";
import { loadPanel } from "./load_panel.ts";
import type { Market } from "./market.ts";
import type { RawFolderOptions } from "./raw_file.ts";
import { syntheticMarket, type SyntheticMarketOptions } from "./synthetic_market.ts";

/** Options of {@linkcode loadMarket}. */
export interface LoadMarketOptions extends RawFolderOptions {
  /** For own bars: ISO day after which no bar can exist yet. Default: `currentDay()` of `@lib/core`. */
  today?: string;
  /** For `synthetic`: what to make. Default `{ seed: 1 }`. */
  synthetic?: SyntheticMarketOptions;
}

/**
 * A market by its name: `panel` ({@linkcode loadPanel}), `bars` ({@linkcode loadBars}), `synthetic`
 * ({@linkcode syntheticMarket}); any other name is the path of own bars ({@linkcode loadCsvFolder}).
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { source } = await loadMarket("synthetic", { synthetic: { seed: 1, symbols: 2, days: 5 } });
 * assert.equal(source.rows, 10);
 * ```
 *
 * @param name A folder that has one of the three names is reached as `./panel`.
 * @throws {Deno.errors.NotFound} If `name` is none of the three, and no path either.
 * @throws {Error} As the loader that is chosen.
 */
export async function loadMarket(
  name: string,
  { today = currentDay(), rawFolder, synthetic = { seed: 1 } }: LoadMarketOptions = {},
): Promise<Market> {
  if (name === "panel") return await loadPanel({ rawFolder });
  if (name === "bars") return await loadBars({ rawFolder });
  if (name === "synthetic") return syntheticMarket(synthetic);
  return await Deno.stat(name).then(() => loadCsvFolder(name, { today }), (cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(
      `Cannot load a market: name must be panel, bars, synthetic, or a folder or CSV file, current value is ${name}`,
      { cause },
    );
  });
}
