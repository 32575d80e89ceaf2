import { createHash } from "node:crypto";

/**
 * SHA-256 of a text (as UTF-8) or of bytes, in lower-case hexadecimal digits.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(sha256("abc").slice(0, 8), "ba7816bf");
 * ```
 */
export function sha256(data: string | ArrayBufferView): string {
  const bytes = typeof data === "string" ? data : new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return createHash("sha256").update(bytes).digest("hex");
}

/** SHA-256 of a file, read in pieces: memory does not grow with the file. */
export async function sha256File(path: string | URL): Promise<string> {
  const hash = createHash("sha256");
  using file = await Deno.open(path);
  for await (const piece of file.readable) hash.update(piece);
  return hash.digest("hex");
}
