import { centredRanks, checkInteger, checkSameLength, type Panel } from "@lib/core";

/** Options of {@linkcode demeanWithinSectors} and {@linkcode rankWithinSectors}. */
export interface WithinSectorsOptions {
  /**
   * Names that must have a value in a sector on a day; with fewer, those there are stay NaN, since what is said beside
   * two or three others says little of a sector. Default 5, at least 1.
   */
  leastNames?: number;
}

/**
 * Every column less its mean over the names of the same sector on the same day, each counting alike.
 *
 * What remains compares a name with its peers: sectors that are cheap, calm or rising as a whole take no part. No number
 * is borrowed from another day, so nothing has to be fitted.
 *
 * Source: Asness, Porter and Stevens (2000), Predicting Stock Returns Using Industry-Relative Firm Characteristics.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "B", "C"],
 *   date: ["2020-01-02", "2020-01-02", "2020-01-02"],
 *   columns: { momentum_5: Float64Array.of(0.5, 0.25, 0.125) },
 * });
 * const neutral = demeanWithinSectors(panel, Float64Array.of(0, 0, 1), { leastNames: 2 });
 * assert.deepEqual(neutral.column("sector_demeaned_momentum_5"), Float64Array.of(0.125, -0.125, NaN));
 * ```
 *
 * @param panel Feature columns.
 * @param sectors Code of the sector of each row, as known on its day, shape (rows,); NaN where it is not known. Codes are
 * told apart, and nothing else is read from them.
 * @returns The same rows with a column `sector_demeaned_<name>` for each column and no others. NaN where the value or the
 * sector is missing, or the sector has fewer than `leastNames` values on the day.
 * @throws {TypeError} If there is not one sector for each row.
 * @throws {RangeError} If `leastNames` is not an integer of at least 1.
 */
export function demeanWithinSectors(
  panel: Panel,
  sectors: Float64Array,
  { leastNames = 5 }: WithinSectorsOptions = {},
): Panel {
  return withinSectors(panel, sectors, { leastNames, prefix: "sector_demeaned", kernel: demeaned });
}

/**
 * Every column as its centred rank among the names of the same sector on the same day: each sector spreads evenly over
 * (-1/2, 1/2). Equal values share their mean rank.
 *
 * As {@linkcode demeanWithinSectors}, and beyond it no unit, no outlier, and sectors that spread wide count no more than
 * others. A sector with few names has few ranks.
 *
 * Source: Asness, Porter and Stevens (2000), Predicting Stock Returns Using Industry-Relative Firm Characteristics; the
 * ranks are those of `rankFeatures`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const panel = Panel.fromRows({
 *   symbol: ["A", "B", "C"],
 *   date: ["2020-01-02", "2020-01-02", "2020-01-02"],
 *   columns: { momentum_5: Float64Array.of(0.5, 0.25, 0.125) },
 * });
 * const neutral = rankWithinSectors(panel, Float64Array.of(0, 0, 1), { leastNames: 1 });
 * assert.deepEqual(neutral.column("sector_rank_momentum_5"), Float64Array.of(0.25, -0.25, 0));
 * ```
 *
 * @param panel Feature columns.
 * @param sectors As in {@linkcode demeanWithinSectors}.
 * @returns The same rows with a column `sector_rank_<name>` for each column and no others; NaN as in
 * {@linkcode demeanWithinSectors}.
 * @throws {TypeError} If there is not one sector for each row.
 * @throws {RangeError} If `leastNames` is not an integer of at least 1.
 */
export function rankWithinSectors(
  panel: Panel,
  sectors: Float64Array,
  { leastNames = 5 }: WithinSectorsOptions = {},
): Panel {
  return withinSectors(panel, sectors, { leastNames, prefix: "sector_rank", kernel: centredRanks });
}

function demeaned(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

/** Runs a kernel over the values that are known, sector by sector and day by day. */
function withinSectors(
  panel: Panel,
  sectors: Float64Array,
  { leastNames, prefix, kernel }: {
    leastNames: number;
    prefix: string;
    kernel: (values: Float64Array) => Float64Array;
  },
): Panel {
  checkInteger("compare within sectors", "leastNames", leastNames, { least: 1 });
  checkSameLength("compare within sectors", { rows: panel.rows, sectors: sectors.length });
  const groups = panel.dates.flatMap((_, day) => {
    const rows = Array.from(panel.rowsOfDay(day)).filter((row) => !Number.isNaN(sectors[row]));
    return [...Map.groupBy(rows, (row) => sectors[row]).values()];
  });
  const columns = panel.names.map((name) => {
    const values = panel.column(name);
    const result = new Float64Array(panel.rows).fill(NaN);
    for (const rows of groups) {
      const known = rows.filter((row) => !Number.isNaN(values[row]));
      if (known.length < leastNames) continue;
      const own = kernel(Float64Array.from(known, (row) => values[row]));
      known.forEach((row, place) => result[row] = own[place]);
    }
    return [`${prefix}_${name}`, result] as const;
  });
  return panel.with(Object.fromEntries(columns)).pick(columns.map(([name]) => name));
}
