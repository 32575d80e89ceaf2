/** A record that an earlier state of a ledger had. */
export interface LostRecord {
  hash: string;
  when: string;
  /** What was run; empty where the record is not a trial's. */
  source: string;
}

/**
 * Records of an earlier state of a ledger that a later one has no more, by their lines: what the chain alone cannot
 * show, the newest records removed or the whole chain written anew, shows against what is in git.
 *
 * @param before Text of `ledger.jsonl` as it was.
 * @param after As it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const line = (hash: string) => `{"hash":"${hash}","when":"2026-01-05T09:00:00.000Z"}\n`;
 * const [lost] = lostRecords(line("a") + line("b"), line("a"));
 * assert.equal(lost.hash, "b");
 * ```
 */
export function lostRecords(before: string, after: string): LostRecord[] {
  const kept = new Set(after.split("\n"));
  return before.split("\n").filter((line) => line !== "" && !kept.has(line)).map((line) => {
    try {
      const { hash, when, source } = JSON.parse(line);
      return { hash, when, source: source?.source ?? "" };
    } catch {
      return { hash: "", when: "", source: line.slice(0, 60) };
    }
  });
}
