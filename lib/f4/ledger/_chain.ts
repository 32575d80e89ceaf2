import { sha256, stableJson } from "@lib/core";
import type { LedgerFault } from "./ledger_fault.ts";
import type { LedgerRecord } from "./trial.ts";

/** What goes into a record beside what chains it. */
export type Unchained = LedgerRecord extends infer Kind ? Kind extends LedgerRecord ? Omit<Kind, "hash" | "previous">
  : never
  : never;

/** The records of a ledger, as its lines say them, and what is wrong with those. */
export class Chain {
  /** In the order of the lines. */
  readonly records: LedgerRecord[] = [];
  readonly #faults: LedgerFault[] = [];
  readonly #byHash = new Map<string, LedgerRecord>();
  readonly #ends = new Set<string>();
  readonly #missing: { line: number; hash: string; previous: string }[] = [];
  /** How many lines were added. */
  lines = 0;

  /** Takes the next line, without its line feed. */
  add(text: string): void {
    const line = ++this.lines;
    const read = readLine(text);
    if (read === undefined) {
      this.#faults.push({ fault: "foreign", line, hash: null, words: "it is no record of a ledger" });
      return;
    }
    const { record, record: { hash, previous } } = read;
    if (read.hash !== hash) {
      this.#faults.push({ fault: "edited", line, hash, words: "its hash is not that of its content" });
    }
    if (this.#byHash.has(hash)) {
      this.#faults.push({ fault: "doubled", line, hash, words: "the same record stands above" });
      return;
    }
    for (const before of previous) {
      if (!this.#byHash.has(before)) this.#missing.push({ line, hash, previous: before });
      this.#ends.delete(before);
    }
    this.#byHash.set(hash, record);
    this.#ends.add(hash);
    this.records.push(record);
  }

  /** All that is wrong with the lines so far, in their order. */
  get faults(): LedgerFault[] {
    const broken = this.#missing.map(({ line, hash, previous }): LedgerFault =>
      this.#byHash.has(previous)
        ? { fault: "reordered", line, hash, words: `it follows ${previous}, which stands below it` }
        : { fault: "removed", line, hash, words: `it follows ${previous}, which is not there` }
    );
    return [...this.#faults, ...broken].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  }

  /** Hashes that no record follows, sorted: what the next record follows. */
  get ends(): string[] {
    return [...this.#ends].sort();
  }

  /** The line, without its line feed, of a record that follows all that stand. */
  next(record: Unchained): string {
    const chained = { ...record, previous: this.ends, hash: "" } as LedgerRecord;
    chained.hash = hashOfRecord(chained);
    return JSON.stringify(JSON.parse(stableJson(chained)));
  }

  /**
   * A record and all that it follows, from near and far, in the order of the lines.
   *
   * @throws {RangeError} If no record has this hash.
   */
  upTo(hash: string): LedgerRecord[] {
    if (!this.#byHash.has(hash)) {
      throw new RangeError(`Cannot count trials: until must be the hash of a record, current value is ${hash}`);
    }
    const seen = new Set([hash]);
    for (const known of seen) { // a set hands out what is added while it is walked through
      for (const before of this.#byHash.get(known)?.previous ?? []) seen.add(before);
    }
    return this.records.filter((record) => seen.has(record.hash));
  }
}

/** The record that a line holds, and the hash of its content; undefined where it holds none. */
export function readLine(text: string): { record: LedgerRecord; hash: string } | undefined {
  try {
    const record = JSON.parse(text);
    return isRecord(record) ? { record, hash: hashOfRecord(record) } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether all is there that counting reads. */
function isRecord(record: LedgerRecord): boolean {
  const isChained = record.format === 1 && Array.isArray(record.previous) && typeof record.hash === "string" &&
    typeof record.when === "string";
  if (record.kind === "trial") {
    const { trial, source, judged } = record;
    return isChained && typeof trial === "string" && Array.isArray(source.data) && typeof judged.rowSketch === "string";
  }
  if (record.kind === "admitted") return isChained && record.trials > 0 && Array.isArray(record.data);
  return isChained && record.kind === "torn";
}

function hashOfRecord({ hash: _, ...content }: LedgerRecord): string {
  return sha256(stableJson(content));
}
