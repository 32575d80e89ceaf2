/**
 * A lock of the operating system on a file (flock), held by this object until released: the kernel frees it when the
 * process ends, however it ends, so no lock can be left behind.
 *
 * It says who writes, and is no part of what is written: the file itself may be the one that is locked.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const path = await Deno.makeTempFile();
 * const lock = await FileLock.tryTake(path, "exclusive");
 * assert.ok(lock !== undefined && !await FileLock.isFree(path));
 * lock.release();
 * assert.ok(await FileLock.isFree(path));
 * await Deno.remove(path);
 * ```
 */
export class FileLock {
  readonly #file: Deno.FsFile;
  #released = false;

  private constructor(file: Deno.FsFile) {
    this.#file = file;
  }

  /** Takes the lock if it is free now; `shared` ones go together, an exclusive one only alone. */
  static async tryTake(path: string, kind: "shared" | "exclusive"): Promise<FileLock | undefined> {
    const file = await Deno.open(path, { write: true, create: true });
    try {
      if (await file.tryLock(kind === "exclusive")) return new FileLock(file);
    } catch (error) {
      file.close();
      throw error;
    }
    file.close();
  }

  /** Takes the lock as soon as it is free; undefined if it is not by `deadline` (milliseconds since 1970). */
  static async take(path: string, kind: "shared" | "exclusive", deadline: number): Promise<FileLock | undefined> {
    for (;;) {
      const lock = await FileLock.tryTake(path, kind);
      if (lock || Date.now() >= deadline) return lock;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  /** Whether nobody holds the lock exclusively now. */
  static async isFree(path: string): Promise<boolean> {
    const lock = await FileLock.tryTake(path, "shared");
    lock?.release();
    return lock !== undefined;
  }

  /** Gives the lock back; a second call does nothing. */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#file.close();
  }
}
