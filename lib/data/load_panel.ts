import { type Market, marketOf } from "./market.ts";
import type { RawBars } from "./raw_bars.ts";
import { type RawFolderOptions, readRawFile } from "./raw_file.ts";
import { readDay, readNumber } from "./read_cell.ts";
import { readCsv } from "./read_csv.ts";
import type { TierOptions } from "./tier.ts";

const folder = "cvxportfolio-1.5.1";
const cashColumn = "USDOLLAR";
const expected = { symbols: 431, days: 2517 };

/**
 * The breadth panel: 431 members of the S&P 500 over 2,517 days, 2007-01-04 to 2016-12-30, no gap.
 *
 * Columns `dollar_volume`, `return`, `index`, `market_return`: the source has no prices, so a feature that needs them is
 * missing here. `return` is the total return from the previous close to the close of the row's day, known from the first
 * row on; `index` is 1 at the first close. The cash column is dropped, and so is the first day of the volumes,
 * 2007-01-03, which has no returns. 63 returns exceed 35 % in size; they are named in the report and kept.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const { panel } = await loadPanel({ tier: "final" });
 * assert.deepEqual([panel.symbols.length, panel.dates.length], [431, 2517]);
 * ```
 *
 * @throws {RangeError | Deno.errors.NotFound} If the files are not the fetched ones, see {@linkcode readRawFile}.
 */
export async function loadPanel(
  { tier = "development", ...options }: RawFolderOptions & TierOptions = {},
): Promise<Market> {
  const returns = await readWide("returns.csv.gz", options);
  const volumes = await readWide("volumes.csv.gz", options);
  const rowOfVolume = new Map(volumes.days.map((day, row) => [day, row]));
  const symbols = [...returns.columns.keys()].filter((symbol) => symbol !== cashColumn);
  const bars = symbols.map((symbol): RawBars => {
    const dollars = volumes.columns.get(symbol);
    return {
      symbol,
      file: "returns.csv.gz",
      days: returns.days,
      lines: returns.lines,
      columns: {
        dollar_volume: returns.days.map((day) => dollars?.[rowOfVolume.get(day) ?? -1] ?? NaN),
        return: returns.columns.get(symbol)!,
      },
      rowsRead: returns.days.length,
      faults: [],
    };
  });
  checkSize(symbols.length, returns.days.length);
  return marketOf(bars, {
    name: "panel",
    universe:
      "431 members of the S&P 500 with a whole record from 2007 to 2016, as the authors of cvxportfolio chose them: " +
      "survivors all, names that failed or were bought on the way are not among them, so long books earn too much",
    today: "2016-12-30", // the files' own last day: they do not grow
    tier,
    finalFrom: "2015-01-01",
  });
}

function checkSize(symbols: number, days: number): void {
  if (symbols === expected.symbols && days === expected.days) return;
  throw new TypeError(
    `Cannot load the panel: it must have ${expected.symbols} symbols and ${expected.days} days, current ones are ` +
      `${symbols} and ${days}`,
  );
}

/** Reads a table of one row per day and one column per symbol; the files are known to have a number in every cell. */
async function readWide(file: string, options: RawFolderOptions) {
  const bytes = await readRawFile(`${folder}/${file}`, options);
  let symbols: string[] | undefined;
  let values: number[][] = [];
  const [days, lines]: [string[], number[]] = [[], []];
  await readCsv(
    new Blob([bytes]).stream(),
    ([date, ...cells], line) => {
      if (!symbols) {
        symbols = cells;
        values = cells.map(() => []);
        return;
      }
      const [day, numbers] = [readDay(date), cells.map(readNumber)];
      if (day === undefined || numbers.length !== symbols.length || !numbers.every(Number.isFinite)) {
        throw new SyntaxError(
          `Cannot read ${file}: each row must hold a date and ${symbols.length} numbers, line ${line} does not`,
        );
      }
      days.push(day);
      lines.push(line);
      numbers.forEach((value, at) => values[at].push(value!));
    },
    { name: file },
  );
  return { days, lines, columns: new Map((symbols ?? []).map((symbol, at) => [symbol, values[at]])) };
}
