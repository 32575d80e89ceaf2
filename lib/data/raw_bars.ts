import type { FaultTally } from "./bars_report.ts";

/** The bars of one symbol as they were read: in the order of the file, nothing judged but whether it can be read. */
export interface RawBars {
  symbol: string;
  /** Name of the file, without its folder. */
  file: string;
  /** ISO day of each row. */
  days: readonly string[];
  /** Line of each row in the file. */
  lines: ArrayLike<number>;
  /** Values by column, each of shape (rows,); NaN where nothing, or nothing readable, was given. */
  columns: Readonly<Record<string, ArrayLike<number>>>;
  /** Rows met in the file, those included that could not be placed on a day. */
  rowsRead: number;
  /** Faults met in reading. */
  faults: FaultTally;
}
