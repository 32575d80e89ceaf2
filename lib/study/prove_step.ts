import { join } from "node:path";
import type { CodeGraph } from "@lib/code";
import { sha256File } from "@lib/core";
import { readRawFile } from "@lib/data";
import { changedNames, describeMachine, type Manifest, readManifest, readSources, sourceChanges } from "@lib/manifest";
import { otherPackages } from "./_installed_packages.ts";
import type { Recorded } from "./record.ts";
import { movedUpstream } from "./stale_results.ts";
import { staleParameters } from "./stale_parameters.ts";
import type { Study } from "./study.ts";

/** What hashes alone say of a recorded step. */
export interface Proof {
  /** What was found to be as recorded, in words. */
  same: string[];
  /** What is not as recorded. */
  differs: string[];
  /** What could not be looked at. */
  unproved: string[];
}

/** Options of {@linkcode proveStep}. */
export interface ProveStepOptions {
  /** Of the project as it is now; its root is that of the repository. */
  graph: CodeGraph;
  /** Folder of the step's last run. */
  folder: string;
}

/**
 * Proves by hashes that a step stands where it was recorded, without computing anything: that cells, code, packages,
 * locks, raw data, parameters and engines are what the recorded result was made from, and that the files of the last run
 * here are the recorded ones.
 *
 * What it cannot prove is that computing again would give the same; `runStudies` shows that. Where the machine is another
 * than the recorded one, it says so.
 */
export async function proveStep(
  study: Study,
  step: string,
  recorded: Recorded,
  { graph, folder }: ProveStepOptions,
): Promise<Proof> {
  const proof: Proof = { same: [], differs: [], unproved: [] };
  const before = recorded.steps[step];
  if (before === undefined) return { ...proof, unproved: ["the step is not recorded"] };
  const { manifest } = before;
  if (manifest === undefined) proof.unproved.push("it was recorded without a manifest: what made it is not known");
  else {
    proof.differs.push(
      ...staleParameters(study.steps[step], before.parameters).map((words) => `parameter ${words}`),
      ...movedUpstream(manifest.upstream, recorded.steps).map((path) =>
        `${path} is recorded otherwise than it was read`
      ),
    );
    await proveSources(`notebooks/${study.steps[step].notebook}.ipynb`, manifest, graph, proof);
    await proveRawData(manifest, graph.root, proof);
    proveEngines(manifest, proof);
  }
  await proveArtifacts(before.artifacts, folder, proof);
  if (manifest !== undefined) await proveShown(manifest, folder, proof);
  return proof;
}

async function proveSources(notebook: string, manifest: Manifest, graph: CodeGraph, proof: Proof): Promise<void> {
  if (notebook !== manifest.notebook) return void proof.differs.push(`${manifest.notebook} was run, not ${notebook}`);
  try {
    const sources = await readSources(notebook, graph);
    const changed = sourceChanges(manifest, sources);
    const installed = await otherPackages(graph.root, sources.packages);
    proof.differs.push(
      ...changed.map((name) => `${name} has changed`),
      ...installed.map((name) => `${name} is installed`),
    );
    if (changed.length > 0 || installed.length > 0) return;
    const [cells, files, packages] = [sources.cells, sources.code, sources.packages].map((part) =>
      Object.keys(part).length
    );
    proof.same.push(`${cells} cells, ${files} files of code, ${packages} packages and their locks`);
  } catch (error) {
    proof.differs.push((error as Error).message); // a notebook or file that is gone
  }
}

/** A digest of data is of what was read from raw files by code of ours; that code is proved, so are the files. */
async function proveRawData({ locks, data }: Manifest, root: string, proof: Proof): Promise<void> {
  const lock = "data/raw/manifest.json";
  if (locks[lock] === undefined) return;
  const rawFolder = join(root, "data", "raw");
  const { files }: { files: { path: string }[] } = JSON.parse(await Deno.readTextFile(join(root, lock)));
  try {
    for (const { path } of files) await readRawFile(path, { rawFolder });
    proof.same.push(`raw data of ${Object.keys(data).join(", ")}`);
  } catch (error) {
    (error instanceof Deno.errors.NotFound ? proof.unproved : proof.differs).push((error as Error).message);
  }
}

function proveEngines({ engines, machine }: Manifest, proof: Proof): void {
  const own = { deno: Deno.version.deno, v8: Deno.version.v8, typescript: Deno.version.typescript };
  const others = Object.entries(own).filter(([name, version]) => engines[name] !== version);
  proof.differs.push(...others.map(([name, version]) => `${name} is ${version}, it was ${engines[name]}`));
  if (others.length === 0) proof.same.push("engines");
  const now = describeMachine();
  const moved = changedNames(machine, now).map((name) =>
    `${name} ${machine[name] ?? "none"} -> ${now[name] ?? "none"}`
  );
  if (moved.length > 0) {
    proof.unproved.push(`recorded on another machine (${moved.join("; ")}): that this one computes the same`);
  } else proof.same.push("machine");
}

async function proveArtifacts(
  artifacts: Readonly<Record<string, { sha256: string }>>,
  folder: string,
  proof: Proof,
): Promise<void> {
  const paths = Object.keys(artifacts);
  const [missing, others]: string[][] = [[], []];
  for (const path of paths) {
    const now = await sha256File(join(folder, path)).catch(noneIfMissing);
    if (now === undefined) missing.push(path);
    else if (now !== artifacts[path].sha256) others.push(path);
  }
  if (missing.length === paths.length) return void proof.unproved.push("no file of a run is here to be looked at");
  proof.differs.push(
    ...missing.map((path) => `${path} is missing from the last run`),
    ...others.map((path) => `${path} of the last run is another file`),
  );
  if (missing.length + others.length === 0) proof.same.push(`${paths.length} artifacts on disk`);
}

/** What the cells and kept steps of the last run gave, if its manifest is here. */
async function proveShown(manifest: Manifest, folder: string, proof: Proof): Promise<void> {
  const last = await readManifest(folder);
  if (last === undefined) return;
  const outputs = ({ cells, steps }: Manifest) =>
    Object.fromEntries([
      ...cells.map(({ id, outputs }) => [`what cell ${id} showed`, outputs]),
      ...steps.map(({ name, output }) => [`what step ${name} gave`, output]),
    ]);
  const [recorded, now] = [outputs(manifest), outputs(last)];
  const changed = changedNames(recorded, now);
  proof.differs.push(...changed.map((name) => `${name} in the last run`));
  if (changed.length === 0) proof.same.push(`${Object.keys(recorded).length} outputs of cells and kept steps`);
}

function noneIfMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
