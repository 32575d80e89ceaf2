import { checkInteger, currentTime, sha256, stableJson } from "@lib/core";
import { admissionsOf, countFamily, type Standing, type StandingOf, trialsOf } from "./_family.ts";
import { Chain, readLine, type Unchained } from "./_chain.ts";
import { FolderStore, type LedgerStore, MemoryStore } from "./_ledger_store.ts";
import { decodeSeries, encodeSeries } from "./daily_series.ts";
import { type LedgerFault, ledgerFaultWords } from "./ledger_fault.ts";
import {
  type AdmittedRecord,
  type LedgerRecord,
  type NewAdmission,
  type NewTrial,
  trialIdentity,
  type TrialRecord,
} from "./trial.ts";

export type { Standing, StandingOf } from "./_family.ts";

/** Options of {@linkcode Ledger.open} and {@linkcode Ledger.inMemory}. */
export interface LedgerOptions {
  /** The clock by which records are dated. Default: the computer's. */
  now?: () => Date;
}

/** Options of {@linkcode Ledger.standing}. */
export interface StandingOptions {
  /** Hash of a record: only this one and those that it follows are counted. Default: all. */
  until?: string;
}

/**
 * What has been tried: each scoring of held-out rows is one record, appended before the score is shown, so that the
 * number of trials behind a claim is counted and never told.
 *
 * **On disk**: `ledger.jsonl`, one record a line, and `series/<sha256>`, daily values by content. A record holds its own
 * hash and those of the records that nothing had followed when it was written; so a record that was edited, removed or
 * moved shows ({@linkcode Ledger.verify}), and branches of git merge by keeping the lines of both. Nothing is appended
 * to a ledger whose chain is broken, and nothing counted in it.
 *
 * **Writers** in any number of processes wait for each other by a lock of the operating system on the file. One that is
 * killed leaves its line whole, or not at all, or in part; what is left in part is set aside by the next writer as a
 * record of its own.
 *
 * **A trial** is what was judged, not what it was called ({@linkcode trialIdentity}): a rerun that gives the same
 * forecasts on the same rows finds its record and changes no byte. **A family** are the trials that share at
 * least `LIMITS.sharedRows` of their rows ({@linkcode sharedRows}; forecasts and books of their days) or name the same
 * data.
 *
 * **What it cannot stop**: scoring elsewhere, with one's own code or another ledger; removing the newest records before
 * anybody else has seen them (once they are in git, `make ok` holds the ledger against them); writing the whole chain
 * anew, which git shows likewise; hiding which rows were judged behind renamed symbols and altered outcomes at once, or
 * judging each symbol as a market of its own.
 * Forecasts that differ in one bit count as another trial, which errs on the side of more trials.
 *
 * @example A trial, and the same again
 * ```ts
 * import assert from "node:assert/strict";
 * import { describeBook } from "@lib/f4";
 * const ledger = Ledger.inMemory();
 * const returns = { dates: ["2020-01-02", "2020-01-03"], values: Float64Array.of(0.01, -0.01) };
 * const trial = {
 *   source: { source: "by hand", parameters: { pace: 2 }, data: [] },
 *   judged: describeBook("momentum", returns),
 *   tier: "development" as const,
 *   metric: { name: "annual Sharpe ratio", value: 0, t: 0 },
 *   series: returns,
 * };
 * const { record, isNew } = await ledger.append(trial);
 * const again = await ledger.append({ ...trial, source: { ...trial.source, source: "by another hand" } });
 * assert.deepEqual([isNew, again.isNew, again.record.hash], [true, false, record.hash]);
 * assert.equal((await ledger.standing(record)).trials, 1);
 * assert.deepEqual(await ledger.verify(), []);
 * ```
 */
export class Ledger {
  readonly #store: LedgerStore;
  readonly #now: () => Date;
  #known = { lines: "", chain: new Chain() };

  private constructor(store: LedgerStore, { now = currentTime }: LedgerOptions) {
    this.#store = store;
    this.#now = now;
  }

  /** The ledger in a folder, which need not exist yet: the first record makes it. */
  static open(folder: string, options: LedgerOptions = {}): Promise<Ledger> {
    return Promise.resolve(new Ledger(new FolderStore(folder), options));
  }

  /** A ledger that ends with the process: for experiments whose looks are nobody else's. */
  static inMemory(options: LedgerOptions = {}): Ledger {
    return new Ledger(new MemoryStore(), options);
  }

  /**
   * Records a trial, or finds the record of the same one.
   *
   * @throws {RangeError} If a number is not finite, or the chain is broken.
   * @throws {TypeError | RangeError} If the daily values are no series.
   */
  append({ source, judged, tier, metric, series }: NewTrial): Promise<{ record: TrialRecord; isNew: boolean }> {
    const trial = trialIdentity({ judged, metric });
    const values = series === undefined ? null : encodeSeries(series);
    const hash = values === null ? null : sha256(values);
    return this.#store.alone(async () => {
      const { chain } = await this.#readForWriting();
      const known = trialsOf(chain.records).find((record) => record.trial === trial);
      if (values !== null && (known === undefined || known.series === hash)) await this.#store.keepSeries(values);
      if (known !== undefined) return { record: known, isNew: false };
      const record = { format: 1, kind: "trial", when: this.#when(), trial, source, judged, tier, metric } as const;
      return { record: await this.#write({ ...record, series: hash }) as TrialRecord, isNew: true };
    });
  }

  /**
   * Records looks that nobody counted when they were made, or finds the record that says the same.
   *
   * @throws {RangeError} If `trials` is not a whole number of at least 1, or the chain is broken.
   */
  async admit({ what, data, rowSketch, trial, tier, trials, words }: NewAdmission): Promise<AdmittedRecord> {
    checkInteger("admit trials", "trials", trials, { least: 1 });
    const admission = { what, data, rowSketch, trial, tier, trials, words };
    return await this.#store.alone(async () => {
      const { chain } = await this.#readForWriting();
      const known = admissionsOf(chain.records).find((record) => sameAdmission(record, admission));
      if (known !== undefined) return known;
      const record = { format: 1, kind: "admitted", when: this.#when(), ...admission } as const;
      return await this.#write(record) as AdmittedRecord;
    });
  }

  /** All records in the order of the lines. @throws {RangeError} If the chain is broken. */
  async records(): Promise<LedgerRecord[]> {
    return [...(await this.#readWhole()).records];
  }

  /**
   * What has been tried on the rows of a trial: the count that a claim on them has to answer for.
   *
   * A recorded claim is counted until its own record (`until`), so that it stays what it was whatever is tried later.
   *
   * @throws {RangeError} If `until` is the hash of no record, or the chain is broken.
   */
  async standing(of: StandingOf, { until }: StandingOptions = {}): Promise<Standing> {
    const chain = await this.#readWhole();
    const counted = until === undefined ? chain.records : chain.upTo(until);
    const counts = countFamily(of, counted, chain.records);
    return { ...counts, series: await this.#seriesOf(counts.metrics), head: until ?? chain.ends.join("+") };
  }

  /** All that is wrong with lines and series; none in a ledger that is whole. */
  async verify(): Promise<LedgerFault[]> {
    let { chain, tail } = await this.#read();
    if (tail !== "") ({ chain, tail } = await this.#store.alone(() => this.#read())); // or somebody writes right now
    const faults = chain.faults;
    if (tail !== "") {
      const words = "the last line has no end: a writer was killed; the next one will set it aside";
      faults.push({ fault: "torn", line: chain.lines + 1, hash: null, words });
    }
    const needed = new Set(chain.records.flatMap((record) => record.kind === "trial" ? record.series ?? [] : []));
    for (const hash of needed) {
      const bytes = await this.#store.series(hash);
      if (bytes === undefined) {
        faults.push({
          fault: "missing series",
          line: null,
          hash,
          words: "a record names daily values that are not there",
        });
      } else if (sha256(bytes) !== hash) {
        faults.push({
          fault: "edited series",
          line: null,
          hash,
          words: "the daily values are not those that were kept",
        });
      }
    }
    for (const hash of await this.#store.seriesNames()) {
      if (needed.has(hash)) continue;
      const words = "the daily values belong to no record: the newest records were removed, or a writer was killed " +
        "before its line; running it again makes the record";
      faults.push({ fault: "idle series", line: null, hash, words });
    }
    return faults;
  }

  async #seriesOf(records: readonly TrialRecord[]): Promise<Standing["series"]> {
    const all = await Promise.all(records.map(async (record) => {
      const bytes = record.series === null ? undefined : await this.#store.series(record.series);
      return bytes === undefined ? [] : [{ record, ...decodeSeries(bytes) }];
    }));
    return all.flat();
  }

  #when(): string {
    return this.#now().toISOString();
  }

  /** The lines so far, as a chain; only those are read that are new since the last time. */
  async #read(): Promise<{ chain: Chain; tail: string; end: number }> {
    const bytes = await this.#store.read();
    const end = bytes.lastIndexOf(LINE_FEED) + 1;
    const [lines, tail] = [bytes.subarray(0, end), bytes.subarray(end)].map((part) => new TextDecoder().decode(part));
    if (!lines.startsWith(this.#known.lines)) this.#known = { lines: "", chain: new Chain() };
    const { chain } = this.#known;
    const added = lines.slice(this.#known.lines.length);
    for (const line of added.split("\n").slice(0, -1)) chain.add(line);
    this.#known = { lines, chain };
    return { chain, tail, end };
  }

  async #readWhole(): Promise<Chain> {
    const { chain } = await this.#read();
    const [first] = chain.faults;
    if (first !== undefined) {
      throw new RangeError(
        `Cannot use the ledger: its chain must be whole, current fault is ${ledgerFaultWords(first)}`,
      );
    }
    return chain;
  }

  /** The chain, after what a killed writer left of its line was completed or set aside. Only within `alone`. */
  async #readForWriting(): Promise<{ chain: Chain }> {
    await this.#readWhole();
    const { chain, tail, end } = await this.#read();
    if (tail === "") return { chain };
    const left = readLine(tail);
    if (left !== undefined && left.hash === left.record.hash) await this.#store.write(bytesOf(`${tail}\n`), end);
    else await this.#write({ format: 1, kind: "torn", when: this.#when(), text: tail });
    return { chain: await this.#readWhole() };
  }

  /** Writes a record behind the last whole line, over what may be left of a torn one. Only within `alone`. */
  async #write(record: Unchained): Promise<LedgerRecord> {
    const { chain, end } = await this.#read();
    await this.#store.write(bytesOf(`${chain.next(record)}\n`), end);
    return (await this.#readWhole()).records.at(-1)!;
  }
}

const LINE_FEED = 10;

const bytesOf = (text: string) => new TextEncoder().encode(text);

function sameAdmission(one: NewAdmission, other: NewAdmission): boolean {
  const said = ({ what, data, rowSketch, trial, tier, trials, words }: NewAdmission) =>
    stableJson({ what, data, rowSketch, trial, tier, trials, words });
  return said(one) === said(other);
}
