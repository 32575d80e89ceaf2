import { basename, join } from "node:path";
import { type Market, marketOf } from "./market.ts";
import type { RawBars } from "./raw_bars.ts";
import { readBars } from "./read_bars.ts";
import type { TierOptions } from "./tier.ts";

/** Options of {@linkcode loadCsvFolder}. */
export interface LoadCsvFolderOptions extends TierOptions {
  /** ISO day after which no bar can exist yet, for example `currentDay()` of `@lib/core`. */
  today: string;
  /**
   * First day of the final block, ISO. Default: that of the last fifth of the trading days. Name one where the files
   * grow: what was held out before would otherwise become development later.
   */
  finalFrom?: string;
}

const csvEnding = /\.csv(?:\.gz)?$/i;

/**
 * A person's own daily bars: a folder of CSV files, or one CSV file.
 *
 * Each file is `date,open,high,low,close,volume`, optionally with `adjusted` (close adjusted for dividends too) and
 * `symbol`; a file without `symbol` holds one symbol, named by the file: `AAPL.csv`, `AAPL.csv.gz`. The format in full,
 * and what is done about faults: data/README.md. Files with other endings, hidden ones and folders within are not read.
 *
 * The result depends on the bars alone: not on the order of files or rows, nor on locale or time zone.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/AAA.csv`, "Date,Open,High,Low,Close,Volume\n2020-01-02,4,5,3,4,100\n2020-01-03,4,6,4,5,80\n");
 * const { panel } = await loadCsvFolder(folder, { today: "2020-01-05", tier: "final" });
 * assert.deepEqual(panel.column("return"), Float64Array.of(NaN, 0.25));
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @param path Of the folder, or of one CSV file.
 * @throws {Deno.errors.NotFound} If there is nothing at `path`, or no CSV file in the folder.
 * @throws {SyntaxError} If a file is no such table.
 * @throws {BarsRefusedError} If a symbol shows more of a kind of fault than its limit allows.
 * @throws {RangeError} If a symbol comes from two files, or the bars are not daily.
 */
export async function loadCsvFolder(
  path: string,
  { today, tier = "development", finalFrom }: LoadCsvFolderOptions,
): Promise<Market> {
  const bars: RawBars[] = [];
  for (const file of await csvFiles(path)) {
    using opened = await Deno.open(file);
    const name = basename(file);
    bars.push(...await readBars(opened.readable, { file: name, symbol: name.replace(csvEnding, "") }));
  }
  return marketOf(bars, { name: basename(path), universe: universeOf, today, tier, finalFrom });
}

function universeOf(bars: readonly RawBars[]): string {
  const bare = bars.filter(({ columns }) => !columns.adjusted).length;
  const dividends = bare === 0
    ? "returns include dividends"
    : `returns leave out dividends for ${bare} of ${bars.length} symbols, which have no adjusted close`;
  return `${bars.length} symbols from own files: how they were chosen, and whether names that died are among them, ` +
    `their owner must say; ${dividends}`;
}

async function csvFiles(path: string): Promise<string[]> {
  const status = await Deno.stat(path).catch((cause) => {
    if (!(cause instanceof Deno.errors.NotFound)) throw cause;
    throw new Deno.errors.NotFound(`Cannot load own bars: path must be a folder or a CSV file, there is no ${path}`, {
      cause,
    });
  });
  if (status.isFile) return [path];
  const names: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(path)) {
    if (!isDirectory && !name.startsWith(".") && csvEnding.test(name)) names.push(name);
  }
  if (names.length > 0) return names.sort().map((name) => join(path, name));
  throw new Deno.errors.NotFound(`Cannot load own bars: the folder must hold files named SYMBOL.csv, ${path} has none`);
}
