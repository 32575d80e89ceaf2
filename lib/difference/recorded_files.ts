import { join } from "node:path";
import { sha256File, writeAtomically } from "@lib/core";

/**
 * The recorded files that this machine still has, each under its hash: what a later run is compared with cell by cell.
 *
 * A file is kept by a hard link where the file system allows it, so that it takes no space while the run is there too.
 */
export class RecordedFiles {
  readonly #folder: string;

  /** @param folder Where they are kept; it is made as needed. */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Keeps a file under the hash that it was found to have.
   *
   * @param sha256 SHA-256 of its content.
   */
  async keep(path: string, sha256: string): Promise<void> {
    const kept = this.#path(sha256);
    await Deno.mkdir(this.#folder, { recursive: true });
    try {
      await Deno.link(path, kept);
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) {
        if (await this.find(sha256) !== undefined) return;
        await Deno.remove(kept); // somebody has written into it
      }
      await writeAtomically(kept, await Deno.readFile(path)); // on another disk, say
    }
  }

  /** Path of the file with this hash; undefined where it is not kept, or is not what it was. */
  async find(sha256: string): Promise<string | undefined> {
    const path = this.#path(sha256);
    const current = await sha256File(path).catch((error) => {
      if (error instanceof Deno.errors.NotFound) return undefined;
      throw error;
    });
    return current === sha256 ? path : undefined;
  }

  /** Removes all but the files with these hashes. */
  async keepOnly(hashes: ReadonlySet<string>): Promise<void> {
    for (const name of await names(this.#folder)) if (!hashes.has(name)) await Deno.remove(this.#path(name));
  }

  #path(sha256: string): string {
    return join(this.#folder, sha256);
  }
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
