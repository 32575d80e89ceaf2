import { checkInteger } from "@lib/core";
import { endOfDay } from "@lib/point_in_time";
import type { Connection } from "../connection.ts";
import type { RawRecord } from "../raw_store.ts";
import type { Source } from "../source.ts";
import { fredService } from "./fred_service.ts";
import { type FredObservation, readFredObservations } from "./read_fred_observations.ts";
import { readFredVintages } from "./read_fred_vintages.ts";

/** A number of a macroeconomic series as it was told at a time; `joinAsKnown` takes records of one series. */
export interface MacroRecord {
  readonly series: string;
  /** First day of the period that it describes, ISO. */
  readonly period: string;
  /** NaN where it was told that there is none. */
  readonly value: number;
  /** The end of the day on which it was published, in St. Louis: of the hour nothing is told. */
  readonly knownAt: Date;
}

/** What is asked of {@linkcode fredSeries}. */
export interface FredSeriesQuery {
  /** As FRED calls it: `GDPC1`, `DGS10`, `BAMLH0A0HYM2`. */
  series: string;
  /** Vintages of which an answer may tell, at most 2000. Default 1000. */
  vintagesAtOnce?: number;
}

const address = "https://api.stlouisfed.org/fred/series";
const pageLength = 100_000;
const hoursCurrent = 6; // most series are revised once a month, some each day

/**
 * A series of FRED with all its revisions, each from the day on which it was published (ALFRED).
 *
 * Values that were in the archive from its beginning are known from then on: what was told before it is not told. FRED
 * answers for 2000 vintages at most, so series that change daily come in pieces, and what stood unchanged over the seam
 * of two is one record. Pieces of the past are asked for once.
 *
 * Source: https://fred.stlouisfed.org/docs/api/fred/, https://alfred.stlouisfed.org/help
 */
export const fredSeries: Source<FredSeriesQuery, MacroRecord[]> = {
  name: "fred",
  service: fredService,
  async fetch({ series, vintagesAtOnce = 1000 }, connection) {
    checkInteger("fetch a series", "vintagesAtOnce", vintagesAtOnce, { least: 1, most: 2000 });
    if (!/^[A-Za-z0-9_]{1,40}$/.test(series)) {
      throw new RangeError(`Cannot fetch a series: its name must be letters and digits, current value is ${series}`);
    }
    const isRecent = (fetchedAt: Date, now: Date) => now.getTime() - fetchedAt.getTime() < hoursCurrent * 3_600_000;
    const vintages = await connection.get(
      fredService,
      { url: `${address}/vintagedates?series_id=${series}&file_type=json&sort_order=asc&limit=10000` },
      readFredVintages,
      { isCurrent: (_, fetchedAt, now) => isRecent(fetchedAt, now) },
    );
    const records: RawRecord[] = [vintages.record];
    let isNew = vintages.isNew;
    const observations: FredObservation[] = [];
    for (let first = 0; first < vintages.value.length; first += vintagesAtOnce) {
      const next = vintages.value[first + vintagesAtOnce];
      const [from, to] = [vintages.value[first], next === undefined ? "9999-12-31" : dayBefore(next)];
      const pages = await fetchPages(connection, { series, from, to }, isRecent);
      records.push(...pages.records);
      isNew ||= pages.isNew;
      observations.push(...pages.observations);
    }
    const told = withoutSeams(observations);
    const ends = new Map<string, number>(); // of each day once: most of a series was told on its first
    for (const { realtimeStart: day } of told) if (!ends.has(day)) ends.set(day, endOfDay(day, "America/Chicago"));
    const rows = told.map(({ date, value, realtimeStart }) => ({
      ...{ series, period: date, value },
      knownAt: new Date(ends.get(realtimeStart)!),
    }));
    return { rows, records, isNew };
  },
};

async function fetchPages(
  connection: Connection,
  { series, from, to }: { series: string; from: string; to: string },
  isRecent: (fetchedAt: Date, now: Date) => boolean,
) {
  const observations: FredObservation[] = [];
  const records: RawRecord[] = [];
  let isNew = false;
  for (let [offset, count] = [0, 1]; offset < count; offset += pageLength) {
    const stretch = `realtime_start=${from}&realtime_end=${to}`;
    const page = `limit=${pageLength}&offset=${offset}`;
    const got = await connection.get(
      fredService,
      { url: `${address}/observations?series_id=${series}&file_type=json&sort_order=asc&${stretch}&${page}` },
      readFredObservations,
      // what was true on days that are over stays so
      { isCurrent: (_, fetchedAt, now) => to < fetchedAt.toISOString().slice(0, 10) || isRecent(fetchedAt, now) },
    );
    observations.push(...got.value.observations);
    records.push(got.record);
    isNew ||= got.isNew;
    count = got.value.count;
  }
  return { observations, records, isNew };
}

/** One observation for each time that something else was told, by period and then by time. */
function withoutSeams(observations: readonly FredObservation[]): FredObservation[] {
  const compare = (one: string, other: string) => one < other ? -1 : one > other ? 1 : 0;
  const sorted = observations.toSorted((a, b) => compare(a.date, b.date) || compare(a.realtimeStart, b.realtimeStart));
  return sorted.filter((current, row) => {
    const before = sorted[row - 1];
    return before?.date !== current.date || !Object.is(before.value, current.value);
  });
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
