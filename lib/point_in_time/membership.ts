import { checkNumber, checkSameLength, isIsoDay, type Panel } from "@lib/core";
import { type AsKnownOptions, knownInstant, type KnownRecord } from "./as_known.ts";

/** That a symbol joins or leaves a universe, such as an index. */
export interface MembershipRecord extends KnownRecord {
  readonly symbol: string;
  /** First day, ISO, on which it is so; default: at once when it is known. */
  readonly effective?: string;
  readonly isMember: boolean;
}

/**
 * Which rows belong to a universe on their day, by what had been announced and had come into force by then.
 *
 * A change counts from its `effective` day on, and not before it was known. So a symbol that was taken in because it had
 * risen has no rows from the years in which it rose, and one that was thrown out keeps those from before. Keep them with
 * `panel.select((row) => members[row] === 1)`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
 * const date = ["2020-12-18", "2020-12-21"];
 * const panel = Panel.fromRows({ symbol: ["TSLA", "TSLA"], date, columns: {} });
 * const records = [
 *   { symbol: "TSLA", knownAt: "2020-11-16T22:15:00Z", effective: "2020-12-21", isMember: true },
 * ];
 * const decisions = sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares });
 * assert.deepEqual(membershipOn(panel, records, { decisions }), Float64Array.of(0, 1));
 * ```
 *
 * @param records All changes, in any order, the first entry of a symbol among them.
 * @returns 1 for members, 0 for others, those of which no record says anything among them; shape (rows,).
 * @throws {RangeError} If `knownAt` is no instant, `effective` no day, or `lagHours` negative.
 * @throws {TypeError} If there is not one decision for each row.
 */
export function membershipOn(
  panel: Panel,
  records: readonly MembershipRecord[],
  { decisions, lagHours = 0 }: Pick<AsKnownOptions, "decisions" | "lagHours">,
): Float64Array {
  checkNumber("tell members", "lagHours", lagHours, { least: 0 });
  checkSameLength("tell members", { rows: panel.rows, decisions: decisions.length });
  const changesOf = Map.groupBy(records.map(changeOf), ({ symbol }) => symbol);
  return panel.perSymbol((first, end, code) => {
    const changes = (changesOf.get(panel.symbols[code]) ?? []).sort((a, b) =>
      a.from < b.from ? -1 : a.from > b.from ? 1 : a.at - b.at
    );
    return Float64Array.from({ length: end - first }, (_, offset) => {
      const row = first + offset;
      const [day, limit] = [panel.dates[panel.dayOf[row]], decisions[row] - lagHours * 3_600_000];
      return Number(changes.findLast(({ from, at }) => from <= day && at < limit)?.isMember ?? false);
    });
  });
}

/** A change with its instant and the day from which it counts. */
function changeOf(record: MembershipRecord): { symbol: string; at: number; from: string; isMember: boolean } {
  const at = knownInstant(record);
  const { symbol, isMember, effective: from = new Date(at).toISOString().slice(0, 10) } = record;
  if (!isIsoDay(from)) {
    throw new RangeError(`Cannot tell members: effective must be a date as YYYY-MM-DD, current value is ${from}`);
  }
  return { symbol, at, from, isMember };
}
