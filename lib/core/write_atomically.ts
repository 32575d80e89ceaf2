import { dirname } from "node:path";

/**
 * Writes a file under a temporary name in the same folder, then renames it: whoever reads sees the old file or the
 * whole new one, also when the writer is killed. Folders are made as needed.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const folder = await Deno.makeTempDir();
 * await writeAtomically(`${folder}/deep/note.txt`, "whole");
 * assert.equal(await Deno.readTextFile(`${folder}/deep/note.txt`), "whole");
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @param data A text, bytes, or bytes in pieces, which are written one after the other.
 * @throws {Deno.errors.NotCapable | Error} If the folder cannot be written; the temporary file is then removed.
 */
export async function writeAtomically(
  path: string,
  data: string | Uint8Array | readonly Uint8Array[],
): Promise<void> {
  await Deno.mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${crypto.randomUUID()}.part`;
  try {
    if (typeof data === "string") await Deno.writeTextFile(temporary, data);
    else if (data instanceof Uint8Array) await Deno.writeFile(temporary, data);
    else await writePieces(temporary, data);
    await Deno.rename(temporary, path);
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
}

async function writePieces(path: string, pieces: readonly Uint8Array[]): Promise<void> {
  using file = await Deno.create(path);
  for (const piece of pieces) {
    for (let from = 0; from < piece.length;) from += await file.write(piece.subarray(from));
  }
}
