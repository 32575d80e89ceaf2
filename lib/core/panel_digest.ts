import { createHash } from "node:crypto";
import type { Panel } from "./panel.ts";

const bytesOf = (array: Int32Array | Float64Array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

/**
 * SHA-256 of what a panel says: its symbols, days, rows and columns, in lower-case hexadecimal digits.
 *
 * The order in which columns were added does not matter, nor where the rows came from; every NaN counts as the same one.
 *
 * @example The same table, its rows in another order
 * ```ts
 * import assert from "node:assert/strict";
 * import { Panel } from "@lib/core";
 * const date = ["2020-01-02", "2020-01-02"];
 * const one = Panel.fromRows({ symbol: ["A", "B"], date, columns: { close: Float64Array.of(1, 2) } });
 * const other = Panel.fromRows({ symbol: ["B", "A"], date, columns: { close: Float64Array.of(2, 1) } });
 * assert.equal(panelDigest(one), panelDigest(other));
 * ```
 */
export function panelDigest(panel: Panel): string {
  const names = panel.names.sort();
  const hash = createHash("sha256");
  hash.update(JSON.stringify([panel.symbols, panel.dates, names]));
  hash.update(bytesOf(panel.starts)).update(bytesOf(panel.dayOf));
  // A NaN may carry any payload in its bits: writing the constant gives all of them the same ones.
  for (const name of names) hash.update(bytesOf(panel.column(name).map((value) => Number.isNaN(value) ? NaN : value)));
  return hash.digest("hex");
}
