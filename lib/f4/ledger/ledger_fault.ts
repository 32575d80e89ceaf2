/** Something that does not happen to a ledger by itself, or the trace of a writer that was killed. */
export interface LedgerFault {
  /**
   * `edited`: a record is not what was written; `removed`: one that another follows is gone; `reordered`: one stands
   * above what it follows; `doubled`: one stands there twice; `foreign`: a line is no record; `torn`: the last line has
   * no end; `missing series`, `edited series`: daily values of a record; `idle series`: daily values that belong to no
   * record, since the newest records were removed, or a writer was killed before it wrote its line.
   */
  fault:
    | "edited"
    | "removed"
    | "reordered"
    | "doubled"
    | "foreign"
    | "torn"
    | "missing series"
    | "edited series"
    | "idle series";
  /** Counted from 1; null where the fault is in no line. */
  line: number | null;
  /** Of the record or the series; null where there is none. */
  hash: string | null;
  words: string;
}

/**
 * A fault in one line.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const fault = { fault: "foreign", line: 3, hash: null, words: "it is no record of a ledger" } as const;
 * assert.equal(ledgerFaultWords(fault), "line 3 (foreign): it is no record of a ledger");
 * ```
 */
export function ledgerFaultWords({ fault, line, hash, words }: LedgerFault): string {
  const where = line !== null ? `line ${line}` : hash !== null ? `series ${hash.slice(0, 12)}` : "the ledger";
  return `${where} (${fault}): ${words}`;
}
