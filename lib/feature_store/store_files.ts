import { FolderFiles } from "./_folder_files.ts";
import { RedisFiles } from "./_redis_files.ts";

/** Where a feature store keeps its files: names and bytes, each file whole or not there. */
export interface StoreFiles extends AsyncDisposable {
  /** In words, for errors. */
  readonly place: string;
  /** Undefined where there is none, or not all of it. */
  read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Bytes of a file; undefined where there is none. */
  size(name: string): Promise<number | undefined>;
  write(name: string, content: Uint8Array | string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Files, and leftovers of writers that were cut off, with the time of their writing in milliseconds since 1970. */
  list(): Promise<{ name: string; writtenAt: number }[]>;
  /** The right to change what counts, as soon as nobody else has it; undefined if that is not so by the deadline. */
  takeTurn(deadline: number): Promise<WriterTurn | undefined>;
}

/** The right to change what counts. */
export interface WriterTurn {
  /**
   * Writes a file if the turn still lasts.
   *
   * @throws {Error} If it was lost, since its owner was not heard of for too long; nothing is written then.
   */
  write(name: string, content: string): Promise<void>;
  release(): Promise<void>;
}

/** Options of {@linkcode openStoreFiles}. */
export interface OpenStoreFilesOptions {
  /** What the names of keys begin with in a Redis, so that several stores share one. Default `features:`. */
  prefix?: string;
}

/**
 * Files of a store: those of a folder, or, where the place is an address like `redis://host:6379`, those of a Redis that
 * several machines share. Credentials and the number of the database go into the address.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await using files = await openStoreFiles(folder);
 * await files.write("greeting", "hello");
 * assert.equal(await files.size("greeting"), 5);
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @throws {Error} If no Redis answers at the address, or it refuses the credentials.
 */
export async function openStoreFiles(
  place: string,
  { prefix = "features:" }: OpenStoreFilesOptions = {},
): Promise<StoreFiles> {
  return /^rediss?:\/\//.test(place) ? await RedisFiles.connect(place, prefix) : new FolderFiles(place);
}
