import { checkInteger, checkNumber, Panel } from "@lib/core";
import { readTable } from "./_read_table.ts";
import { type BadCells, TableCells } from "./_table_cells.ts";

/** Returns of names day by day, and what was wrong with them. */
export interface ReturnsTable {
  /** Column `return`: of one day, as a fraction, known at the close of the row's day; NaN where missing. */
  panel: Panel;
  badCells: BadCells;
}

/**
 * Reads `symbol,date,return` from a file, as {@linkcode readForecasts} reads its own: each row the simple return from
 * the close before to the close of its day.
 *
 * @throws {SyntaxError} If the file cannot be read as that.
 * @throws {RangeError} If a symbol and date occur twice, or a return is below -1.
 */
export async function readReturns(
  path: string,
  { largestBadShare = 0.01 }: { largestBadShare?: number } = {},
): Promise<ReturnsTable> {
  const action = "read returns";
  checkNumber(action, "largestBadShare", largestBadShare, { least: 0, most: 1 });
  const cells = new TableCells(action, await readTable(action, path));
  const [symbol, date] = [cells.words("symbol"), cells.days("date")];
  const place = (row: number) => `${symbol[row]} on ${date[row]}`;
  const returns = cells.numbers("return", place);
  cells.refuseBadCells(largestBadShare);
  cells.refuseDuplicates("symbol and date", [symbol, date]);
  const impossible = returns.findIndex((value) => value < -1);
  if (impossible >= 0) {
    const wanted = "a fraction of at least -1 (percents must be divided by 100)";
    throw new RangeError(
      `Cannot ${action}: each return must be ${wanted}, that of ${place(impossible)} is ${returns[impossible]}`,
    );
  }
  return { panel: Panel.fromRows({ symbol, date, columns: { return: returns } }), badCells: cells.badCells };
}

/**
 * What came true over the coming days: the returns of the days t + 1 to t + horizonDays, compounded, counted on the days
 * of the panel.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel, weekdays } from "@lib/core";
 * const columns = { return: Float64Array.of(0, 0.5, -0.5) };
 * const panel = Panel.fromRows({ symbol: ["A", "A", "A"], date: weekdays("2020-01-01", 3), columns });
 * assert.deepEqual(comingReturn(panel, { horizonDays: 2 }), Float64Array.of(-0.25, NaN, NaN));
 * ```
 *
 * @param panel With a column `return`; NaN is missing.
 * @returns Shape (rows,); NaN where a return of those days is missing, a day without a row included.
 */
export function comingReturn(panel: Panel, { horizonDays = 1 }: { horizonDays?: number } = {}): Float64Array {
  checkInteger("compound returns", "horizonDays", horizonDays, { least: 1 });
  const returns = panel.column("return");
  const coming = new Float64Array(panel.rows).fill(NaN);
  for (let symbol = 0; symbol < panel.symbols.length; symbol++) {
    const end = panel.starts[symbol + 1];
    for (let row = panel.starts[symbol]; row + horizonDays < end; row++) {
      if (panel.dayOf[row + horizonDays] !== panel.dayOf[row] + horizonDays) continue;
      let value = 1;
      for (let ahead = row + 1; ahead <= row + horizonDays; ahead++) value *= 1 + returns[ahead];
      coming[row] = value - 1;
    }
  }
  return coming;
}
