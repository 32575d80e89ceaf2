/**
 * Fails where a committed notebook is not as it should be: stripped of outputs, nbformat 4.5 with ids, at most one
 * parameters cell, no function definitions, and code that passes deno check and deno lint. Messages name the cell.
 *
 * Reads notebooks/*.ipynb, or the notebooks given. With --fix it first removes outputs and other traces of runs.
 * Takes some two seconds. Run: deno run -A pipelines/checks/check_notebooks.ts [--fix] [notebook ...]
 */
import { relative } from "node:path";
import { parseArgs } from "node:util";
import { repositoryPath, writeAtomically } from "@lib/core";
import { checkCells, describeFault, type Notebook, parseNotebook } from "@lib/runner";
import { glob } from "zx";
import { notebookFaults, strippedText } from "./notebook_faults.ts";

const { values, positionals } = parseArgs({ options: { fix: { type: "boolean" } }, allowPositionals: true });
const found = positionals.length > 0
  ? positionals
  : await glob("notebooks/*.ipynb", { cwd: repositoryPath(), absolute: true });
const faults = found.length === 0 ? ["notebooks: there must be at least one, none was found"] : [];
const sound = new Map<string, Notebook>();
for (const file of found.sort()) {
  const path = relative(".", file);
  let text = await Deno.readTextFile(file);
  if (values.fix && notebookFaults(text, path).length > 0) {
    text = strippedText(text, path);
    await writeAtomically(file, text);
  }
  const own = notebookFaults(text, path);
  faults.push(...own);
  try {
    sound.set(path, parseNotebook(text, path));
  } catch {
    // said above
  }
}
faults.push(...(await checkCells(sound)).map(describeFault));
for (const fault of faults) console.error(fault);
console.log(`${found.length} notebooks, ${faults.length} faults`);
Deno.exit(faults.length === 0 ? 0 : 1);
