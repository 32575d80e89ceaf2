import { join } from "node:path";
import { checkInteger, sha256, writeAtomically } from "@lib/core";
import { decodeValue } from "./decode_value.ts";
import type { EncodedValue } from "./encode_value.ts";

/** What is kept under a key, or why it cannot be used. */
export type KeptValue = { value: unknown; output: string } | { damage: string };

/** Options of {@linkcode StepStore}. */
export interface StepStoreOptions {
  /** Most bytes of all entries together: those that were not used for longest go first. Default 4 GB. */
  mostBytes?: number;
  /** Milliseconds of a clock, to tell when an entry was used. Default `Date.now`. */
  clock?: () => number;
}

interface Header {
  format: 1;
  name: string;
  key: string;
  /** SHA-256 of the tree, which holds those of all numbers. */
  output: string;
  treeBytes: number;
}

const ENDING = ".step";
const LEFT_OVER_MILLISECONDS = 3_600_000; // no write takes an hour: its writer was killed
const FORGOTTEN_MILLISECONDS = 30 * 24 * 3_600_000; // an attempt that nobody went on with for a month

/**
 * Values in files, one for each key: `<folder>/<key>.step`, the same bytes for the same key and value.
 *
 * A file is written under another name first, so that several may write at once and be killed at any moment; it is
 * believed only if every hash in it is right. Under `attempts` lie notes of which entries an attempt has made.
 */
export class StepStore {
  readonly folder: string;
  readonly #mostBytes: number;
  readonly #clock: () => number;

  /** @throws {RangeError} If `mostBytes` is negative or no whole number. */
  constructor(folder: string, { mostBytes = 4e9, clock = Date.now }: StepStoreOptions = {}) {
    checkInteger("open a store of steps", "mostBytes", mostBytes, { least: 0 });
    this.folder = folder;
    this.#mostBytes = mostBytes;
    this.#clock = clock;
  }

  /**
   * Reads what is kept under a key, and notes that it was used.
   *
   * @returns Undefined if there is nothing.
   */
  async read(key: string, name: string): Promise<KeptValue | undefined> {
    const path = this.#path(key);
    let bytes: Uint8Array;
    try {
      bytes = await Deno.readFile(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    }
    try {
      const end = bytes.indexOf(10);
      const header = readHeader(bytes.subarray(0, Math.max(0, end)));
      for (const [field, wanted] of Object.entries({ format: 1, name, key })) {
        const current = header[field as keyof Header];
        if (current !== wanted) throw new SyntaxError(`its ${field} must be ${wanted}, current value is ${current}`);
      }
      const tree = bytes.subarray(end + 1, end + 1 + header.treeBytes);
      const output = sha256(tree);
      if (output !== header.output) {
        throw new SyntaxError(`its hash must be ${header.output}, current one is ${output}`);
      }
      const value = decodeValue(new TextDecoder().decode(tree), [bytes.subarray(end + 1 + header.treeBytes)]);
      await this.#noteUse(path);
      return { value, output };
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      return { damage: error.message };
    }
  }

  /** The hash of what is kept under a key by the word of its file, which is not checked. */
  async outputOf(key: string): Promise<string | undefined> {
    const start = new Uint8Array(2000);
    try {
      using file = await Deno.open(this.#path(key));
      const length = await file.read(start) ?? 0;
      return readHeader(start.subarray(0, Math.max(0, start.subarray(0, length).indexOf(10)))).output;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  /**
   * Keeps a value under a key, instead of what may be there, and removes what is too much by then.
   *
   * @returns Whether there is room for it.
   */
  async write(key: string, name: string, { tree, blobs, hash }: EncodedValue): Promise<boolean> {
    const body = [new TextEncoder().encode(tree), ...blobs.values()];
    const header: Header = { format: 1, name, key, output: hash, treeBytes: body[0].length };
    const pieces = [new TextEncoder().encode(`${JSON.stringify(header)}\n`), ...body];
    if (pieces.reduce((sum, { length }) => sum + length, 0) > this.#mostBytes) return false;
    await writeAtomically(this.#path(key), pieces);
    await this.#noteUse(this.#path(key));
    await this.#trim(key);
    return true;
  }

  /** Notes that an attempt made, or found, this output under a key. */
  async note(attempt: string, key: string, output: string): Promise<void> {
    await writeAtomically(this.#notePath(attempt, key), output);
  }

  /** The output that an attempt noted under a key. */
  async noted(attempt: string, key: string): Promise<string | undefined> {
    return await Deno.readTextFile(this.#notePath(attempt, key)).catch(ignoreMissing);
  }

  /** Removes the notes of an attempt; the entries stay. */
  async forget(attempt: string): Promise<void> {
    await Deno.remove(join(this.folder, "attempts", attempt), { recursive: true }).catch(ignoreMissing);
  }

  async #noteUse(path: string): Promise<void> {
    const now = new Date(this.#clock());
    await Deno.utime(path, now, now).catch(ignoreMissing); // another writer may have made room meanwhile
  }

  #path(key: string): string {
    return join(this.folder, `${key}${ENDING}`);
  }

  #notePath(attempt: string, key: string): string {
    return join(this.folder, "attempts", attempt, key);
  }

  /** Removes what was not used for longest until all fits, and what killed writers left; never the entry just written. */
  async #trim(written: string): Promise<void> {
    const entries: { path: string; size: number; used: number }[] = [];
    for await (const { name, isFile } of Deno.readDir(this.folder)) {
      const path = join(this.folder, name);
      const state = isFile ? await Deno.stat(path).catch(ignoreMissing) : undefined;
      if (!state) continue;
      const used = state.mtime!.getTime();
      if (name.endsWith(ENDING)) entries.push({ path, size: state.size, used });
      else if (name.endsWith(".part") && this.#clock() - used > LEFT_OVER_MILLISECONDS) {
        await Deno.remove(path).catch(ignoreMissing);
      }
    }
    await this.#forgetOldAttempts();
    let bytes = entries.reduce((sum, { size }) => sum + size, 0);
    for (const { path, size } of entries.sort((a, b) => a.used - b.used)) {
      if (bytes <= this.#mostBytes) return;
      if (path === this.#path(written)) continue;
      await Deno.remove(path).catch(ignoreMissing);
      bytes -= size;
    }
  }

  async #forgetOldAttempts(): Promise<void> {
    const folder = join(this.folder, "attempts");
    for (const { name } of await Array.fromAsync(Deno.readDir(folder)).catch(ignoreMissing) ?? []) {
      const state = await Deno.stat(join(folder, name)).catch(ignoreMissing);
      if (state && this.#clock() - state.mtime!.getTime() > FORGOTTEN_MILLISECONDS) await this.forget(name);
    }
  }
}

function readHeader(bytes: Uint8Array): Header {
  const header = JSON.parse(new TextDecoder().decode(bytes));
  if (typeof header !== "object" || header === null) throw new SyntaxError("its first line must be a header");
  return header;
}

function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
