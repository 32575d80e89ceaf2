import { readArtifactTable } from "./artifact_table.ts";
import { byteDifference, lineDifference } from "./_byte_difference.ts";
import type { Fingerprint } from "./fingerprint.ts";
import { tableDifference } from "./_table_difference.ts";

/** Where two files first differ. */
export interface FirstDifference {
  /** `row 7 (AAPL, 2016-01-05), forecast_ridge`, `data[0].y[12]`, `line 3`, `byte 1042`; rows and lines count from 1. */
  where: string;
  /** What stands there: `0.5 -> 0.6 (+0.1)`. */
  change: string;
  /** How much differs in all, as far as that is known. */
  extent: string;
}

/** Options of {@linkcode firstDifference}. */
export interface FirstDifferenceOptions {
  /** The recorded file itself, where this machine still has it; whatever it is named. */
  recordedPath?: string;
  /** What the record keeps of it otherwise. */
  fingerprint?: Fingerprint;
}

const EQUAL_VALUES = "every value is the same";

/**
 * Finds the first place where a file differs from the recorded one: a cell of a table or a leaf of JSON, else a line of
 * text, else a byte.
 *
 * With the recorded file the place is exact. With its fingerprint alone it is exact for tables of up to 512 rows, and
 * where one number has changed in a block of a longer one; else it is a block of rows. Rows are compared by their place.
 *
 * @returns Undefined where the files are equal, or where nothing is left of the recorded one that could tell.
 */
export async function firstDifference(
  path: string,
  { recordedPath, fingerprint }: FirstDifferenceOptions,
): Promise<FirstDifference | undefined> {
  const actual = await readArtifactTable(path).catch(() => undefined); // cut off, say: it still has bytes
  if (recordedPath === undefined) {
    if (fingerprint === undefined || actual === undefined) return undefined;
    return tableDifference(fingerprint, actual) ?? { where: "its bytes", change: "are others", extent: EQUAL_VALUES };
  }
  const recorded = await readArtifactTable(recordedPath, path).catch(() => undefined);
  const inCells = actual && recorded && tableDifference(recorded, actual);
  if (inCells) return inCells;
  const [before, after] = await Promise.all([Deno.readFile(recordedPath), Deno.readFile(path)]);
  const inBytes = lineDifference(before, after) ?? byteDifference(before, after);
  return inBytes && actual && recorded ? { ...inBytes, extent: EQUAL_VALUES } : inBytes;
}
