import { join, relative } from "node:path";
import { repositoryPath } from "@lib/core";
import { loadMarket } from "@lib/data";
import type { Scene } from "./scene.ts";

/** A folder name that is hard on paths: spaces, a quote, an escape that is none, letters beyond ASCII. */
const ODD_NAME = "a copy's %41 folder, für 株 №1";
/** What a copy does not take along: what can be made again or belongs to runs. */
const LEFT_OUT = [".git", ".tools", "node_modules", "data/derived", "experiments/runs", "experiments/mlflow"];

/** Copies the repository into a folder with an odd name; what set-up installed is linked. */
export async function anotherFolder(folder: string): Promise<Scene> {
  const root = join(folder, ODD_NAME);
  await copyFolder(repositoryPath(), root);
  await Deno.symlink(repositoryPath(".tools"), join(root, ".tools"));
  await Deno.symlink(repositoryPath("node_modules"), join(root, "node_modules"));
  return { name: "another folder, with an odd name", root, holds: (facts) => facts.root === root };
}

async function copyFolder(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory, isFile } of Deno.readDir(from)) {
    const path = join(from, name);
    if (LEFT_OUT.includes(relative(repositoryPath(), path))) continue;
    if (isDirectory) await copyFolder(path, join(to, name));
    if (isFile) await Deno.copyFile(path, join(to, name));
  }
}

/**
 * Two scenes on the same files of bars, which the file system lists in opposite orders. In memory, where the order is
 * that in which files were made; a disk has an order of its own.
 *
 * @param folder In a file system like `/dev/shm`.
 */
export async function orderedFiles(folder: string): Promise<Scene[]> {
  const { panel } = await loadMarket("bars", { tier: "final" });
  const columns = ["open", "high", "low", "close", "volume"];
  const texts = panel.symbols.map((symbol, s) => {
    const lines: string[] = [];
    for (let row = 0; row < panel.rows; row++) {
      if (panel.symbolOf[row] !== s) continue;
      lines.push([panel.dates[panel.dayOf[row]], ...columns.map((name) => panel.column(name)[row])].join(","));
    }
    return { file: `${symbol}.csv`, text: [["date", ...columns].join(","), ...lines, ""].join("\n") };
  });
  const scenes: Scene[] = [];
  const listings: string[] = [];
  for (
    const [name, ordered] of Object.entries({ "bars by file": texts, "files in another order": texts.toReversed() })
  ) {
    const workingFolder = join(folder, String(scenes.length));
    await Deno.mkdir(join(workingFolder, "six"), { recursive: true });
    for (const { file, text } of ordered) await Deno.writeTextFile(join(workingFolder, "six", file), text);
    const listing = (await Array.fromAsync(Deno.readDir(join(workingFolder, "six")), (entry) => entry.name)).join();
    listings.push(listing);
    scenes.push({
      name,
      workingFolder,
      parameters: { market: "./six" },
      like: "bars by file",
      holds: () => listings.length === 2 && listings[0] !== listings[1],
    });
  }
  return scenes;
}
