import { repositoryPath } from "@lib/core";

/**
 * Names of the C functions that the module exports: those that `lib/lightgbm` calls, and the one that tells what failed.
 * They are read from its text, since pipelines see no engines.
 */
export async function exportedFunctions(): Promise<string[]> {
  const text = await Deno.readTextFile(repositoryPath("lib", "lightgbm", "lightgbm_interface.ts"));
  return ["LGBM_GetLastError", ...new Set([...text.matchAll(/^ {2}(LGBM_\w+):/gm)].map(([, name]) => name))].sort();
}
