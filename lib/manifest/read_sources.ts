import { join } from "node:path";
import type { CodeGraph } from "@lib/code";
import { sha256 } from "@lib/core";
import { type CodeCell, type Notebook, readNotebook } from "@lib/runner";
import { lockedPackages } from "./_locked_packages.ts";
import type { Manifest } from "./manifest.ts";

/** What can be known of a notebook without running it. */
export type Sources = Pick<Manifest, "notebook" | "code" | "packages" | "locks"> & {
  cells: { id: string; source: string }[];
};

/**
 * Reads what stands behind a notebook: the hash of each cell, each file of ours, package and lock.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { CodeGraph } from "@lib/code";
 * import { repositoryPath } from "@lib/core";
 * const { code, packages } = await readSources("notebooks/40_models.ipynb", new CodeGraph(repositoryPath()));
 * assert.ok("lib/models/lightgbm/fit_lightgbm.ts" in code && "pypi:lightgbm" in packages);
 * ```
 *
 * @param notebook Path from the root of the graph.
 * @throws {Deno.errors.NotFound} If there is no such notebook.
 * @throws {SyntaxError} If it, or a file behind it, cannot be read.
 */
export async function readSources(notebook: string, graph: CodeGraph): Promise<Sources> {
  const cells = authoredCells(await readNotebook(join(graph.root, notebook)));
  const behind = graph.behindSource(cells.map(({ source }) => source).join("\n"), notebook);
  const texts = behind.files.filter((file) => /\.[mc]?[tj]sx?$/.test(file)).map((file) => graph.textsIn(file));
  return {
    notebook,
    cells: cells.map(({ id, source }) => ({ id, source: sha256(source) })),
    code: Object.fromEntries(behind.files.map((file) => [file, graph.blob(file)])),
    ...await lockedPackages(graph.root, behind.packages, texts),
  };
}

/** The cells of a notebook that are executed, without the one that sets the parameters of a run. */
export function authoredCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell): cell is CodeCell =>
    cell.cell_type === "code" && cell.source.trim() !== "" &&
    !(cell.metadata.tags?.includes("injected-parameters") ?? false)
  );
}
