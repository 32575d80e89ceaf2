import { checkNumber, checkSameLength, isIsoDay, type Panel } from "@lib/core";

/** Something that became known. What it says stands in fields of the caller's own. */
export interface KnownRecord {
  /** Whom it is about; without one it is about everybody. */
  readonly symbol?: string;
  /** When it was published: a `Date`, or text with time and zone, as in `2024-01-16T21:05:00Z`. */
  readonly knownAt: Date | string;
  /**
   * First or last day of the period that it describes, ISO; decides which of several known records is the latest word,
   * never when it was known. Either all records have one, or none.
   */
  readonly period?: string;
}

/** Options of {@linkcode asKnown}. */
export interface AsKnownOptions {
  /** For each row the instant of its decision, in milliseconds since 1970, shape (rows,); see `sessionCloses`. */
  decisions: Float64Array;
  /** Hours that pass between publication and use: what a source or a reader needs. At least 0. Default 0. */
  lagHours?: number;
  /** Calendar days after which a record says nothing any more. Default: it stands until the next one. */
  staleAfterDays?: number;
  /**
   * Whether a record must come strictly `before` the decision, as all news must, or may come `by` it: for prices of
   * sessions that close together with the market's own. Default `before`.
   */
  known?: "before" | "by";
}

const millisecondsPerHour = 3_600_000;

/**
 * The instant at which a record was known, in milliseconds since 1970.
 *
 * A bare day is refused: read as midnight in London it would be the evening before in New York, hours before anything of
 * that day was known. `endOfDay` turns it into an instant.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(knownInstant({ knownAt: "1970-01-01T01:00:00+01:00" }), 0);
 * assert.throws(() => knownInstant({ knownAt: "2024-01-16" }), RangeError);
 * ```
 *
 * @throws {RangeError} If it is no instant.
 */
export function knownInstant({ knownAt }: KnownRecord): number {
  const isText = typeof knownAt === "string";
  const isWhole = !isText || /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(?:Z|[+-]\d{2}:\d{2})$/.test(knownAt);
  const instant = isWhole ? Number(new Date(knownAt)) : NaN;
  if (!Number.isNaN(instant) && (!isText || isIsoDay(knownAt.slice(0, 10)))) return instant;
  throw new RangeError(
    `Cannot join records: knownAt must be an instant with time and zone, current value is ${knownAt}`,
  );
}

/**
 * For each row of a panel the record that was the latest word when its day was decided.
 *
 * Of the records of its symbol, and those without any symbol, that were known strictly before the decision (less the
 * lag), the one of the latest period counts, and of that period the one published last: so a revision replaces what it
 * revises from its own publication on, and the revision of an old period does not replace a newer one. Without periods
 * the record published last counts. Records that come later change no earlier row.
 *
 * @example What was said of a quarter, revised after the first decision
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * import { MARKET_HOURS, sessionCloses } from "@lib/point_in_time";
 * const panel = Panel.fromRows({ symbol: ["A", "A"], date: ["2024-01-16", "2024-01-17"], columns: {} });
 * const records = [
 *   { period: "2023-12-31", knownAt: "2024-01-16T12:00:00Z", value: 1 },
 *   { period: "2023-12-31", knownAt: "2024-01-16T21:00:00Z", value: 2 }, // at the closing bell itself: too late
 * ];
 * const known = asKnown(panel, records, { decisions: sessionCloses(panel, { hours: MARKET_HOURS.newYorkShares }) });
 * assert.deepEqual(known.map((record) => record?.value), [1, 2]);
 * ```
 *
 * @param records In any order.
 * @returns One for each row; `undefined` where nothing was known, or what was known is stale.
 * @throws {RangeError} If an option is out of range, `knownAt` is no instant or `period` no day, only some records have a
 * period, or two records of the same symbol and period were known at the same instant.
 * @throws {TypeError} If there is not one decision for each row.
 */
export function asKnown<Known extends KnownRecord>(
  panel: Panel,
  records: readonly Known[],
  { decisions, lagHours = 0, staleAfterDays = Infinity, known = "before" }: AsKnownOptions,
): (Known | undefined)[] {
  checkNumber("join records", "lagHours", lagHours, { least: 0 });
  if (!(staleAfterDays > 0)) {
    throw new RangeError(`Cannot join records: staleAfterDays must be above 0, current value is ${staleAfterDays}`);
  }
  checkSameLength("join records", { rows: panel.rows, decisions: decisions.length });
  const bySymbol = inOrderOfSymbols(records);
  const result: (Known | undefined)[] = new Array(panel.rows).fill(undefined);
  panel.symbols.forEach((symbol, code) => {
    const entries = [...(bySymbol.get(symbol) ?? []), ...(bySymbol.get(undefined) ?? [])].sort(byInstant);
    checkDistinct(entries);
    let [next, latest]: [number, Entry<Known> | undefined] = [0, undefined];
    const from = panel.starts[code];
    const rows = Array.from({ length: panel.starts[code + 1] - from }, (_, offset) => from + offset);
    for (const row of rows.sort((a, b) => decisions[a] - decisions[b] || a - b)) {
      const limit = decisions[row] - lagHours * millisecondsPerHour;
      while (next < entries.length && (entries[next].at < limit || (known === "by" && entries[next].at === limit))) {
        const entry = entries[next++];
        if (latest === undefined || entry.period >= latest.period) latest = entry;
      }
      const isStale = latest !== undefined && limit - latest.at > staleAfterDays * 24 * millisecondsPerHour;
      if (!isStale) result[row] = latest?.record;
    }
  });
  return result;
}

/** A record with its instant; `period` is empty where records have none. */
interface Entry<Known> {
  record: Known;
  at: number;
  period: string;
}

const byInstant = (a: Entry<unknown>, b: Entry<unknown>) => a.at - b.at;

function inOrderOfSymbols<Known extends KnownRecord>(
  records: readonly Known[],
): Map<string | undefined, Entry<Known>[]> {
  const bySymbol = new Map<string | undefined, Entry<Known>[]>();
  for (const record of records) {
    const { symbol, period = "" } = record;
    const isFit = records[0].period === undefined ? period === "" : isIsoDay(period);
    if (!isFit) {
      throw new RangeError(
        `Cannot join records: period must be a date as YYYY-MM-DD in all records or in none, current value is ${record.period}`,
      );
    }
    if (!bySymbol.has(symbol)) bySymbol.set(symbol, []);
    bySymbol.get(symbol)!.push({ record, at: knownInstant(record), period });
  }
  return bySymbol;
}

function checkDistinct(entries: readonly Entry<KnownRecord>[]): void {
  const seen = new Set<string>();
  for (const { record: { symbol }, at, period } of entries) {
    const key = `${at} ${period}`;
    if (seen.has(key)) {
      throw new RangeError(
        `Cannot join records: of a period one may be known at an instant, currently there are two of ${
          symbol ?? "all symbols"
        } at ${new Date(at).toISOString()}`,
      );
    }
    seen.add(key);
  }
}
