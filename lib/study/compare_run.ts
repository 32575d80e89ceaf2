import { join } from "node:path";
import { CodeGraph } from "@lib/code";
import {
  explainDifference,
  type Explanation,
  type Fingerprint,
  firstDifference,
  gitTexts,
  type RecordedFiles,
} from "@lib/difference";
import { authoredCells } from "@lib/manifest";
import { readNotebook } from "@lib/runner";
import { compareStep, type Comparison } from "./compare_step.ts";
import type { RecordedStep } from "./record.ts";
import type { Tolerance } from "./study.ts";

/** What {@linkcode compareRun} compares with. */
export interface CompareRunOptions {
  recorded: RecordedStep;
  /** Fingerprints of the recorded artifacts by path. */
  fingerprints: Record<string, Fingerprint>;
  /** The recorded files that are kept here; those that the run left again are kept from now on. */
  files: RecordedFiles;
  /** Root of the repository, whose past knows the recorded code. */
  root: string;
  /** By file name, as in the spec. Default: none. */
  tolerances?: Record<string, Tolerance>;
}

/** How a run stands to the record. */
export interface RunComparison {
  comparisons: Comparison[];
  /** Why artifacts differ; undefined where none does, or where a manifest is missing. */
  explanation?: Explanation;
}

/**
 * Compares what a run left with what is recorded: each artifact, where it first differs, and why.
 *
 * @param folder Where the run's files are.
 * @param actual What the run left, in the form of a record.
 */
export async function compareRun(
  folder: string,
  actual: RecordedStep,
  { recorded, fingerprints, files, root, tolerances = {} }: CompareRunOptions,
): Promise<RunComparison> {
  const comparisons: Comparison[] = [];
  for (const comparison of compareStep(actual, recorded, tolerances)) {
    const { artifact, state } = comparison;
    const [now, before] = [actual.artifacts[artifact], recorded.artifacts[artifact]];
    if (now !== undefined && now.sha256 === before?.sha256) await files.keep(join(folder, artifact), now.sha256);
    if (state !== "differs" || now === undefined || before === undefined) {
      comparisons.push(comparison);
      continue;
    }
    const fingerprint = fingerprints[artifact]?.sha256 === before.sha256 ? fingerprints[artifact] : undefined;
    const recordedPath = await files.find(before.sha256);
    const first = await firstDifference(join(folder, artifact), { recordedPath, fingerprint });
    const located = first && `first at ${first.where}: ${first.change}${first.extent && `; ${first.extent}`}`;
    const drawn = artifact.replace(/\.png$/, ".json");
    const elsewhere = drawn !== artifact && drawn in actual.artifacts ? `; ${drawn} holds what it shows` : "";
    comparisons.push({ ...comparison, detail: (located ?? comparison.detail) + elsewhere });
  }
  const differing = comparisons.filter(({ state }) => state !== "identical").map(({ artifact }) => artifact);
  if (differing.length === 0 || actual.manifest === undefined || recorded.manifest === undefined) {
    return { comparisons };
  }
  const executed = await readNotebook(join(folder, "notebook.ipynb"));
  const explanation = await explainDifference(actual.manifest, recorded.manifest, {
    differing,
    sources: authoredCells(executed).map(({ source }) => source),
    root,
    graph: new CodeGraph(root),
    past: gitTexts(root),
  });
  return { comparisons, explanation };
}
