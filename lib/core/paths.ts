import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");

/**
 * An absolute path inside the repository, whatever the working folder.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.ok((await Deno.stat(repositoryPath("deno.json"))).isFile);
 * ```
 */
export function repositoryPath(...parts: string[]): string {
  return join(root, ...parts);
}
