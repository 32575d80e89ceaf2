import type { Panel } from "@lib/core";
import { type AsKnownOptions, type KnownRecord, membershipOn } from "@lib/point_in_time";

/** That a symbol belongs to a sector from now on. */
export interface SectorRecord extends KnownRecord {
  readonly symbol: string;
  /** First day, ISO, on which it is so; default: at once when it is known. */
  readonly effective?: string;
  /** Name or code of the sector; without it the symbol belongs to none from then on. */
  readonly sector?: string;
}

/**
 * The sector of each row, by what had been announced and had come into force by its day, as a column of numbers.
 *
 * A list of today's sectors must not be used for the past: a company that was moved to where the winners are would have
 * been there all along. The rule of dates is that of {@linkcode membershipOn}.
 *
 * @example Moved on a day that was announced
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
 * const date = ["2023-03-17", "2023-03-20"];
 * const panel = Panel.fromRows({ symbol: ["V", "V"], date, columns: {} });
 * const records = [
 *   { symbol: "V", knownAt: "2008-03-19T22:00:00Z", sector: "Information Technology" },
 *   { symbol: "V", knownAt: "2022-12-15T22:00:00Z", effective: "2023-03-20", sector: "Financials" },
 * ];
 * const decisions = sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares });
 * const { codes, sectors } = sectorCodes(panel, records, { decisions });
 * assert.deepEqual(Array.from(codes, (code) => sectors[code]), ["Information Technology", "Financials"]);
 * ```
 *
 * @param records All changes, in any order, the first sector of a symbol among them.
 * @returns `codes` of shape (rows,), each the place of the sector in `sectors`, whose order means nothing; NaN where no
 * sector was known.
 * @throws {RangeError | TypeError} As {@linkcode membershipOn}.
 */
export function sectorCodes(
  panel: Panel,
  records: readonly SectorRecord[],
  options: Pick<AsKnownOptions, "decisions" | "lagHours">,
): { codes: Float64Array; sectors: string[] } {
  const sectors = [...new Set(records.flatMap(({ sector }) => sector ?? []))].sort();
  const codes = new Float64Array(panel.rows).fill(NaN);
  sectors.forEach((name, code) => {
    const changes = records.map(({ sector, ...record }) => ({ ...record, isMember: sector === name }));
    membershipOn(panel, changes, options).forEach((isMember, row) => {
      if (isMember === 1) codes[row] = code;
    });
  });
  return { codes, sectors };
}
