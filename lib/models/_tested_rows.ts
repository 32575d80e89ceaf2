import type { Panel } from "@lib/core";
import type { Dataset } from "@lib/dataset";

/** Columns over all rows of a data set as a panel of the rows that were tested, and which rows those are. */
export function testedRows(
  { features }: Dataset,
  tested: Uint8Array,
  columns: Record<string, Float64Array>,
): { forecasts: Panel; rows: Int32Array } {
  const rows = Int32Array.from(tested.keys()).filter((row) => tested[row] === 1);
  return { forecasts: features.pick([]).with(columns).select((row) => tested[row] === 1), rows };
}
