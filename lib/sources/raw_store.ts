import { join } from "node:path";
import { isIsoDay, sha256, stableJson, writeAtomically } from "@lib/core";

/** An answer of a service as it came, and how it came. */
export interface RawRecord {
  readonly format: 1;
  /** Name of the service. */
  readonly source: string;
  /** Address that was asked, without a key. */
  readonly url: string;
  /** When the answer had come, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
  readonly fetchedAt: string;
  /** SHA-256 of the bytes, under which they lie. */
  readonly hash: string;
  readonly bytes: number;
}

/** What is given to {@linkcode RawStore.keep}. */
export interface RawAnswer {
  source: string;
  url: string;
  fetchedAt: Date;
  bytes: Uint8Array;
}

/** A file of the store that is not what was written. */
export interface RawFault {
  path: string;
  reason: string;
}

const LEFT_OVER_MILLISECONDS = 3_600_000; // no write takes an hour: its writer was killed

/**
 * Answers of services, kept as they came for good: what is computed from them can be computed anew, and what a service
 * says differently today stands beside what it said then.
 *
 * The bytes of an answer lie in `objects/<first two digits>/<hash>`, once however often they came; that they came, when
 * and to which question lies in `records/<source>/<hash of the address>/`, a file for each time, named by its own hash.
 * Nothing is edited or removed. Files are written under another name first, so that several may write at once and be
 * killed at any moment; each read compares the hash.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * const store = new RawStore(folder);
 * const question = { source: "fred", url: "https://example.org/series" };
 * await store.keep({ ...question, fetchedAt: new Date(0), bytes: new TextEncoder().encode("1.5") });
 * const [record] = await store.history(question.source, question.url);
 * assert.equal(record.fetchedAt, "1970-01-01T00:00:00.000Z");
 * assert.equal(new TextDecoder().decode(await store.read(record)), "1.5");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export class RawStore {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Keeps an answer beside all earlier ones.
   *
   * @throws {RangeError} If the name of the source is none for a folder, or the time no time.
   */
  async keep({ source, url, fetchedAt, bytes }: RawAnswer): Promise<RawRecord> {
    if (Number.isNaN(fetchedAt.getTime())) {
      throw new RangeError("Cannot keep an answer: fetchedAt must be a time, current value is none");
    }
    const hash = sha256(bytes);
    const record: RawRecord = {
      format: 1,
      source,
      url,
      fetchedAt: fetchedAt.toISOString(),
      hash,
      bytes: bytes.length,
    };
    const folder = this.#recordFolder(source, url);
    const path = this.#objectPath(hash);
    const lying = await Deno.readFile(path).catch(ignoreMissing);
    // what was damaged since is replaced by the very bytes that it was
    if (lying === undefined || sha256(lying) !== hash) await writeAtomically(path, bytes);
    const text = stableJson(record);
    const stamp = record.fetchedAt.replaceAll(/[-:.]/g, "");
    await writeAtomically(join(folder, `${stamp}_${sha256(text).slice(0, 16)}.json`), text);
    return record;
  }

  /** All answers to a question, the oldest first; records that are damaged are left out, {@linkcode faults} names them. */
  async history(source: string, url: string): Promise<RawRecord[]> {
    const folder = this.#recordFolder(source, url);
    const records: RawRecord[] = [];
    for (const name of await fileNames(folder)) {
      const record = await readRecord(join(folder, name));
      if (!("reason" in record) && record.url === url) records.push(record);
    }
    return records; // names begin with the time
  }

  /** The bytes of an answer; undefined if they are gone or not those that came. */
  async read({ hash }: RawRecord): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const bytes = await Deno.readFile(this.#objectPath(hash)).catch(ignoreMissing);
    return bytes !== undefined && sha256(bytes) === hash ? bytes : undefined;
  }

  /** Looks at every file, and removes what killed writers have left; an empty list says that all is as it was written. */
  async faults(now: Date): Promise<RawFault[]> {
    const faults: RawFault[] = [];
    for (const path of await allFiles(join(this.folder, "records"), now)) {
      const record = await readRecord(path);
      if ("reason" in record) faults.push(record);
      else if (await this.read(record) === undefined) {
        faults.push({ path: this.#objectPath(record.hash), reason: `${record.url} is missing or damaged` });
      }
    }
    for (const path of await allFiles(join(this.folder, "objects"), now)) {
      const [bytes, name] = [await Deno.readFile(path), path.slice(-64)];
      const isNamed = faults.some((fault) => fault.path === path);
      if (!isNamed && sha256(bytes) !== name) faults.push({ path, reason: "its bytes are not those of its name" });
    }
    return faults;
  }

  #objectPath(hash: string): string {
    return join(this.folder, "objects", hash.slice(0, 2), hash);
  }

  #recordFolder(source: string, url: string): string {
    if (!/^[a-z][a-z0-9_]*$/.test(source)) {
      throw new RangeError(`Cannot keep answers: source must be a name in lower case, current value is ${source}`);
    }
    return join(this.folder, "records", source, sha256(url).slice(0, 32));
  }
}

async function readRecord(path: string): Promise<RawRecord | RawFault> {
  const text = await Deno.readTextFile(path).catch(ignoreMissing);
  if (text === undefined) return { path, reason: "it is gone" };
  const named = /_([0-9a-f]{16})\.json$/.exec(path)?.[1];
  if (sha256(text).slice(0, 16) !== named) return { path, reason: "its text is not that of its name" };
  const record: RawRecord = JSON.parse(text);
  const isFit = record.format === 1 && isIsoDay(record.fetchedAt.slice(0, 10));
  return isFit ? record : { path, reason: `its format must be 1, current value is ${record.format}` };
}

async function fileNames(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(ignoreMissing) ?? [];
  return entries.filter(({ isFile, name }) => isFile && !name.endsWith(".part")).map(({ name }) => name).sort();
}

async function allFiles(folder: string, now: Date): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(ignoreMissing) ?? [];
  const paths: string[] = [];
  for (const { name, isDirectory } of entries.sort((a, b) => a.name < b.name ? -1 : 1)) {
    const path = join(folder, name);
    if (isDirectory) paths.push(...await allFiles(path, now));
    else if (!name.endsWith(".part")) paths.push(path);
    else {
      const state = await Deno.stat(path).catch(ignoreMissing);
      const isLeftOver = state?.mtime && now.getTime() - state.mtime.getTime() > LEFT_OVER_MILLISECONDS;
      if (isLeftOver) await Deno.remove(path).catch(ignoreMissing);
    }
  }
  return paths;
}

function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
