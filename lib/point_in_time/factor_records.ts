import { checkInteger, checkSameLength } from "@lib/core";
import type { KnownRecord } from "./as_known.ts";
import { endOfDay } from "./instant_of.ts";

/** Options of {@linkcode factorRecords}. */
export interface FactorRecordsOptions {
  /** Days after the end of a month until its days are published. At least 0. Default 60. */
  publicationLagDays?: number;
}

/** Daily factors as `loadFactors` of the data room gives them. */
export interface FactorTable {
  readonly dates: readonly string[];
  readonly names: readonly string[];
  /** One for each name, shape (dates,). */
  readonly values: readonly Float64Array[];
}

/**
 * Daily factors as records that are known when their month is published, not on their own day.
 *
 * Kenneth French's data library comes out month by month, some weeks after the month's end and without a record of when;
 * the default allows about two months. What this does not mend: an edition of today has revised its past, and editions
 * of the past are in no package. For joining as features; factors that judge a result afterwards need no such care.
 *
 * Source: https://mba.tuck.dartmouth.edu/pages/faculty/ken.french/data_library.html
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const table = { dates: ["2024-01-02"], names: ["MKT"], values: [Float64Array.of(-0.007)] };
 * const [record] = factorRecords(table, { publicationLagDays: 30 });
 * assert.equal(record.MKT, -0.007);
 * assert.equal((record.knownAt as Date).toISOString(), "2024-03-02T05:00:00.000Z"); // the first of March is over
 * ```
 *
 * @returns One for each day, with a field for each name; `joinAsKnown` takes them.
 * @throws {RangeError} If the lag is no such integer.
 * @throws {TypeError} If the lengths differ.
 */
export function factorRecords(
  { dates, names, values }: FactorTable,
  { publicationLagDays = 60 }: FactorRecordsOptions = {},
): (KnownRecord & Readonly<Record<string, number>>)[] {
  checkInteger("make records of factors", "publicationLagDays", publicationLagDays, { least: 0 });
  names.forEach((name, at) =>
    checkSameLength("make records of factors", { dates: dates.length, [name]: values[at].length })
  );
  const published = new Map<string, Date>();
  return dates.map((period, row) => {
    const month = period.slice(0, 7);
    if (!published.has(month)) published.set(month, new Date(publication(month, publicationLagDays)));
    const numbers = Object.fromEntries(names.map((name, at) => [name, values[at][row]]));
    return { ...numbers, period, knownAt: published.get(month)! } as KnownRecord & Record<string, number>;
  });
}

function publication(month: string, lagDays: number): number {
  const [year, number] = month.split("-").map(Number);
  const day = new Date(Date.UTC(year, number, lagDays)).toISOString().slice(0, 10);
  return endOfDay(day, "America/New_York");
}
