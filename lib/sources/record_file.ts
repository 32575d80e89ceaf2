import { stableJson } from "@lib/core";

/** A record that says when it was known; its other fields are texts, truths and numbers. */
export type DatedRecord = { readonly knownAt: Date };

/** Records in a file: what `make fetch` leaves of news, series, insiders and options. */
export interface RecordFile<Known extends DatedRecord> {
  /** Name of the adapter. */
  source: string;
  /** What was asked for: a symbol, or the name of a series. */
  symbol: string;
  records: readonly Known[];
  /** Of news: the time of which it can be said that there was no other. */
  covered?: { readonly from: Date; readonly until: Date };
}

/**
 * Records as JSON whose bytes depend on them alone: times as ISO texts, missing numbers as null.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const records = [{ series: "DGS10", period: "2024-01-16", value: NaN, knownAt: new Date("2024-01-18T06:00:00Z") }];
 * const file = { source: "fred", symbol: "DGS10", records };
 * assert.deepEqual(readRecordFile(recordFileText(file)), file);
 * ```
 */
export function recordFileText({ records, covered, ...file }: RecordFile<DatedRecord>): string {
  const written = records.map((record) =>
    Object.fromEntries(
      Object.entries(record).flatMap(([name, value]) => value === undefined ? [] : [[name, plain(value)]]),
    )
  );
  const stretch = covered && { covered: { from: plain(covered.from), until: plain(covered.until) } };
  return stableJson({ ...file, ...stretch, records: written });
}

/**
 * Reads what {@linkcode recordFileText} wrote.
 *
 * @throws {SyntaxError} If the text is no such file.
 */
export function readRecordFile<Known extends DatedRecord = DatedRecord & Record<string, unknown>>(
  text: string,
): RecordFile<Known> {
  const { records, covered, ...file } = JSON.parse(text);
  if (!Array.isArray(records)) {
    throw new SyntaxError(`Cannot read records: there must be a list of them, current value is ${typeof records}`);
  }
  const read = records.map((record) => ({
    ...Object.fromEntries(Object.entries(record).map(([name, value]) => [name, value === null ? NaN : value])),
    knownAt: instant(record.knownAt),
  }));
  const stretch = covered && { covered: { from: instant(covered.from), until: instant(covered.until) } };
  return { ...file, ...stretch, records: read };
}

const plain = (value: unknown) => value instanceof Date ? value.toISOString() : Number.isNaN(value) ? null : value;

function instant(text: unknown): Date {
  const date = new Date(String(text));
  if (!Number.isNaN(date.getTime())) return date;
  throw new SyntaxError(`Cannot read records: each must have a time at which it was known, current value is ${text}`);
}
