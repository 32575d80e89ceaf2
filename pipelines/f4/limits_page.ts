import { repositoryPath } from "@lib/core";
import { limitsTable } from "@lib/f4";
import { fillMarked } from "@lib/study";

/** The manual of the judge, with the limits that it has. */
export async function limitsPage(): Promise<{ path: string; text: string }> {
  const path = repositoryPath("lib", "f4", "README.md");
  return { path, text: fillMarked(await Deno.readTextFile(path), "limits", limitsTable()) };
}
