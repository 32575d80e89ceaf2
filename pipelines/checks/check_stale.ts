/**
 * Fails where a recorded result was made by other code, cells, parameters, packages, locks or data than are there now,
 * where a step has no record, and where no study runs a notebook. Compares hashes; runs nothing.
 */
import { basename } from "node:path";
import { CodeGraph } from "@lib/code";
import { repositoryPath } from "@lib/core";
import { readRecorded, readStudies } from "@lib/study";
import { glob } from "zx";
import { idleNotebooks, staleFaults } from "./stale_faults.ts";

const graph = new CodeGraph(repositoryPath());
const studies = await readStudies(repositoryPath("experiments"));
const faults: string[] = [];
for (const study of studies) {
  const recorded = await readRecorded(repositoryPath("experiments", study.name, "recorded.json"));
  faults.push(...await staleFaults(study, recorded, graph));
}
const notebooks = await glob("notebooks/*.ipynb", { cwd: repositoryPath() });
for (const notebook of idleNotebooks(notebooks.map((path) => basename(path, ".ipynb")), studies)) {
  faults.push(`notebooks/${notebook}.ipynb must be run by a study; add a step, or take it out`);
}
for (const fault of faults) console.error(fault);
Deno.exit(faults.length === 0 ? 0 : 1);
