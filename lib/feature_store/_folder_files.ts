import { join } from "node:path";
import { FileLock, writeAtomically } from "@lib/core";
import type { StoreFiles, WriterTurn } from "./store_files.ts";

/** Files of a folder; the turn of writers is a lock of the operating system. */
export class FolderFiles implements StoreFiles {
  constructor(readonly place: string) {}

  async read(name: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    return await Deno.readFile(join(this.place, name)).catch(whereMissing);
  }

  async size(name: string): Promise<number | undefined> {
    return (await Deno.stat(join(this.place, name)).catch(whereMissing))?.size;
  }

  write(name: string, content: Uint8Array | string): Promise<void> {
    return writeAtomically(join(this.place, name), content);
  }

  async remove(name: string): Promise<void> {
    await Deno.remove(join(this.place, name)).catch(whereMissing);
  }

  async list(): Promise<{ name: string; writtenAt: number }[]> {
    const files: { name: string; writtenAt: number }[] = [];
    for await (const { name, isFile } of Deno.readDir(this.place)) {
      const stat = isFile ? await Deno.stat(join(this.place, name)).catch(whereMissing) : undefined;
      if (stat?.mtime) files.push({ name, writtenAt: stat.mtime.getTime() });
    }
    return files;
  }

  async takeTurn(deadline: number): Promise<WriterTurn | undefined> {
    await Deno.mkdir(this.place, { recursive: true });
    const lock = await FileLock.take(join(this.place, "writer"), "exclusive", deadline);
    return lock && {
      write: (name, content) => this.write(name, content),
      release: async () => await lock.release(),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {}
}

function whereMissing(error: Error): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
