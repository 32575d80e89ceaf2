import { CodeGraph } from "@lib/code";
import { sha256, sha256File, stableJson } from "@lib/core";
import { join } from "node:path";

const LOCKS = ["deno.lock", "pipelines/setup/python.lock"];

/**
 * What the outcomes of all experiments depend on, as a hash: every file of ours behind them, packages, locks and Deno.
 *
 * @param root Folder of the project.
 */
export async function experimentsKey(root: string): Promise<string> {
  const graph = new CodeGraph(root);
  const { files, packages } = graph.behindNames(["ALL_EXPERIMENTS", "repeatExperiment"]);
  return sha256(stableJson({
    files: Object.fromEntries(files.map((path) => [path, graph.blob(path)])),
    packages,
    locks: await Promise.all(LOCKS.map((path) => sha256File(join(root, path)))),
    deno: Deno.version.deno,
  }));
}
