import { createHash } from "node:crypto";

/**
 * The id that git gives to a file's content: a repository that has it gives the content back by
 * `git cat-file -p <id>`.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(gitBlob("hello\n"), "ce013625030ba8dba906f756967f9e9ca394464a"); // git hash-object
 * ```
 *
 * @param content A text stands for its bytes as UTF-8.
 * @returns SHA-1 in 40 hexadecimal digits.
 */
export function gitBlob(content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
