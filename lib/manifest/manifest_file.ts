import { join } from "node:path";
import { gitBlob } from "@lib/code";
import { sha256File, stableJson, writeAtomically } from "@lib/core";
import { readNotebook } from "@lib/runner";
import { manifestOfCrate } from "./_manifest_of_crate.ts";
import { crateOf } from "./_ro_crate.ts";
import { NOTEBOOK_FILE } from "./_ro_crate_entity.ts";
import type { Manifest } from "./manifest.ts";
import { runManifest, type RunManifestInput } from "./run_manifest.ts";

/** Name of the file in a run's folder that holds its manifest, as RO-Crate prescribes. */
export const MANIFEST_FILE = "ro-crate-metadata.json";

/** What {@linkcode writeManifest} cannot see in the folder of the run. */
export type WriteManifestOptions = Omit<RunManifestInput, "executed">;

/**
 * Leaves the manifest of a run that has just ended in its folder, beside `notebook.ipynb`, as an RO-Crate that names
 * every file of the run with its hash. {@linkcode readManifest} reads it back.
 *
 * @throws {Error} If the notebook or the code behind it changed while it ran: nobody could say what made the result.
 */
export async function writeManifest(folder: string, options: WriteManifestOptions): Promise<Manifest> {
  const { root, sources, run } = options;
  for (const [path, blob] of Object.entries(sources.code)) {
    const now = await Deno.readFile(join(root, path)).then(gitBlob, () => "none");
    if (now === blob) continue;
    throw new Error(
      `Cannot say what made the run: ${path} must stay as it is while ${sources.notebook} runs, it changed`,
    );
  }
  const executed = await readNotebook(join(folder, NOTEBOOK_FILE));
  const manifest = runManifest({ ...options, executed });
  const files: { path: string; bytes: number; sha256: string }[] = [...run?.artifacts ?? []];
  for (const path of ["run.json", "notebook.html", NOTEBOOK_FILE]) {
    const file = join(folder, path);
    const size = await Deno.stat(file).then(({ size }) => size, () => undefined);
    if (size !== undefined) files.unshift({ path, bytes: size, sha256: await sha256File(file) });
  }
  await writeAtomically(join(folder, MANIFEST_FILE), stableJson(crateOf(manifest, { executed, files })));
  return manifest;
}

/**
 * The manifest that a run left in its folder; undefined where there is none.
 *
 * @throws {SyntaxError | TypeError} If the file is no such manifest.
 */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = join(folder, MANIFEST_FILE);
  try {
    return manifestOfCrate(JSON.parse(await Deno.readTextFile(path)));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
