import { join } from "node:path";
import { currentTime, FileLock, sha256, writeAtomically } from "@lib/core";

/** How long a writer waits for the others. */
const LOCK_WAIT_MS = 120_000;

/** Where the lines and the daily values of a ledger lie. */
export interface LedgerStore {
  /** The lines as bytes; none where nothing was written. */
  read(): Promise<Uint8Array>;
  /** Writes bytes at a place, behind which nothing stands that they do not cover. Only within `alone`. */
  write(bytes: Uint8Array, at: number): Promise<void>;
  /** Runs something while no other writer, in whatever process, does. */
  alone<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Keeps the bytes of a daily series under their hash. */
  keepSeries(bytes: Uint8Array): Promise<string>;
  /** The bytes of a daily series; undefined where there are none. */
  series(hash: string): Promise<Uint8Array | undefined>;
  /** Hashes of all series. */
  seriesNames(): Promise<string[]>;
}

/** A ledger that ends with the process. */
export class MemoryStore implements LedgerStore {
  #bytes = new Uint8Array();
  #turn: Promise<unknown> = Promise.resolve();
  readonly #series = new Map<string, Uint8Array>();

  read(): Promise<Uint8Array> {
    return Promise.resolve(this.#bytes);
  }

  write(bytes: Uint8Array, at: number): Promise<void> {
    const all = new Uint8Array(at + bytes.length);
    all.set(this.#bytes.subarray(0, at));
    all.set(bytes, at);
    this.#bytes = all;
    return Promise.resolve();
  }

  alone<Value>(work: () => Promise<Value>): Promise<Value> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }

  keepSeries(bytes: Uint8Array): Promise<string> {
    const hash = sha256(bytes);
    this.#series.set(hash, bytes);
    return Promise.resolve(hash);
  }

  series(hash: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.#series.get(hash));
  }

  seriesNames(): Promise<string[]> {
    return Promise.resolve([...this.#series.keys()]);
  }
}

/** A ledger on disk: `ledger.jsonl`, and `series/` beside it. */
export class FolderStore implements LedgerStore {
  readonly #file: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#file = join(folder, "ledger.jsonl");
    this.#folder = folder;
  }

  async read(): Promise<Uint8Array> {
    return await orNothing(Deno.readFile(this.#file)) ?? new Uint8Array();
  }

  async write(bytes: Uint8Array, at: number): Promise<void> {
    using file = await Deno.open(this.#file, { write: true, create: true });
    await file.seek(at, Deno.SeekMode.Start);
    for (let from = 0; from < bytes.length;) from += await file.write(bytes.subarray(from));
    await file.syncData(); // a score that was seen must not be forgotten when the power fails
  }

  async alone<Value>(work: () => Promise<Value>): Promise<Value> {
    await Deno.mkdir(this.#folder, { recursive: true });
    const lock = await FileLock.take(this.#file, "exclusive", currentTime().getTime() + LOCK_WAIT_MS);
    if (lock === undefined) {
      throw new Error(
        `Cannot write to the ledger: others must be done within ${
          LOCK_WAIT_MS / 1000
        } s, current file is ${this.#file}`,
      );
    }
    try {
      return await work();
    } finally {
      lock.release();
    }
  }

  async keepSeries(bytes: Uint8Array): Promise<string> {
    const hash = sha256(bytes);
    if (await orNothing(Deno.stat(this.#series(hash))) === undefined) await writeAtomically(this.#series(hash), bytes);
    return hash;
  }

  series(hash: string): Promise<Uint8Array | undefined> {
    return orNothing(Deno.readFile(this.#series(hash)));
  }

  async seriesNames(): Promise<string[]> {
    const folder = join(this.#folder, "series");
    if (await orNothing(Deno.stat(folder)) === undefined) return [];
    const names = await Array.fromAsync(Deno.readDir(folder), ({ name }) => name);
    return names.filter((name) => !name.endsWith(".part")); // left by a writer that was killed, and never read
  }

  #series(hash: string): string {
    return join(this.#folder, "series", hash);
  }
}

async function orNothing<Value>(wanted: Promise<Value>): Promise<Value | undefined> {
  try {
    return await wanted;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
