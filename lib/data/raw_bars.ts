import type { FaultExample } from "./bars_report.ts";
import type { FaultKind } from "./fault_limits.ts";

/** A fault met in reading a row. */
export interface ReadFault {
  kind: FaultKind;
  /** ISO day of the row; `undefined` where it cannot be read. */
  day: string | undefined;
  example: FaultExample;
}

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
  /** Faults met in reading, in the order of the file. */
  faults: readonly ReadFault[];
}
