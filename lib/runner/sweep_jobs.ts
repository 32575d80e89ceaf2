import { basename, dirname, join, relative, resolve } from "node:path";
import { writeAtomically } from "@lib/core";
import { htmlPage } from "./html_page.ts";
import { readNotebook } from "./notebook_file.ts";
import { readParameters, resolveParameters } from "./parameters.ts";
import type { RunNotebookOptions } from "./run_notebook.ts";
import type { NotebookJob } from "./run_notebooks.ts";

/** Options of {@linkcode sweepJobs}: those of `runNotebook` hold for every job. */
export interface SweepJobsOptions
  extends Omit<RunNotebookOptions, "parameters" | "executedPath" | "onKernel" | "onProgress" | "signal"> {
  /** Each runs with every notebook. Default: one, of defaults alone. */
  parameterSets?: readonly (readonly string[])[];
  /** Holds the folders of all jobs. Default: the working folder. */
  outputFolder?: string;
}

/** A job of a sweep. */
export interface SweepJob extends NotebookJob {
  executedPath: string;
  /** The executed notebook as a page. */
  pagePath: string;
  /** The values by which it differs from the other jobs of its notebook. */
  swept: Record<string, string>;
}

const PLACE = "outputFolder";
const LONGEST_FOLDER_NAME = 120;

/**
 * One job for each notebook with each set of parameters, that leaves the executed notebook and an HTML page in a folder:
 * `<outputFolder>/<notebook>/<name=value,...>`, where a level stands only if it tells jobs apart. A parameter
 * `outputFolder` of the notebook is that folder.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { parameterSweep, sweepJobs } from "@lib/runner";
 * const jobs = await sweepJobs(["notebooks/00_tour.ipynb"], {
 *   parameterSets: parameterSweep("horizonDays=1|5 market=synthetic"),
 *   outputFolder: "/tmp/tour",
 * });
 * assert.deepEqual(jobs.map(({ name }) => name), ["00_tour/horizonDays=1", "00_tour/horizonDays=5"]);
 * assert.equal(jobs[1].pagePath, "/tmp/tour/horizonDays=5/00_tour.html");
 * ```
 *
 * @throws {SyntaxError | RangeError | TypeError} If a notebook cannot be read, or does not take one of the sets. All are
 * checked before there is a job.
 */
export async function sweepJobs(paths: readonly string[], options: SweepJobsOptions = {}): Promise<SweepJob[]> {
  const { parameterSets = [[]], outputFolder = ".", ...common } = options;
  if (parameterSets.length > 1 && parameterSets.flat().some((assignment) => nameOf(assignment) === PLACE)) {
    throw new RangeError(`Cannot run a sweep: ${PLACE} must be left to it, each run has a folder of its own`);
  }
  const names = notebookNames(paths);
  const swept = sweptNames(parameterSets);
  const jobs: SweepJob[] = [];
  for (const [i, path] of paths.entries()) {
    const declared = readParameters(await readNotebook(path));
    const folders = distinct(parameterSets.map((set) => folderName(set, swept)));
    for (const [j, set] of parameterSets.entries()) {
      resolveParameters(declared, set); // a set that does not fit shows before anything runs
      const folder = resolve(outputFolder, paths.length > 1 ? names[i] : "", folders[j]);
      const stem = join(folder, basename(path, ".ipynb"));
      const takesPlace = declared.some(({ name }) => name === PLACE) && !set.some((each) => nameOf(each) === PLACE);
      jobs.push({
        ...common,
        name: folders[j] === "" ? names[i] : `${names[i]}/${folders[j]}`,
        path,
        parameters: takesPlace ? [...set, `${PLACE}=${folder}`] : set,
        executedPath: `${stem}.ipynb`,
        pagePath: `${stem}.html`,
        swept: Object.fromEntries(set.filter((each) => swept.has(nameOf(each))).map((each) => split(each))),
        finish: async () => writeAtomically(`${stem}.html`, htmlPage(await readNotebook(`${stem}.ipynb`))),
      });
    }
  }
  return jobs;
}

/** Their file names, or where these are not distinct, their paths from the folder that they have in common. */
function notebookNames(paths: readonly string[]): string[] {
  const stems = paths.map((path) => basename(path, ".ipynb"));
  if (new Set(stems).size === stems.length) return stems;
  const full = paths.map((path) => resolve(path).replace(/\.ipynb$/, ""));
  let common = dirname(full[0]);
  while (!full.every((path) => path.startsWith(common === "/" ? "/" : `${common}/`))) common = dirname(common);
  return full.map((path) => relative(common, path));
}

/** Names that have more than one value among the sets. */
function sweptNames(sets: readonly (readonly string[])[]): Set<string> {
  const counts = new Map<string, Set<string>>();
  for (const assignment of sets.flat()) {
    const [name, value] = split(assignment);
    counts.set(name, (counts.get(name) ?? new Set()).add(value));
  }
  return new Set([...counts].filter(([, values]) => values.size > 1).map(([name]) => name));
}

/** What is swept, as a name that every file system takes. */
function folderName(set: readonly string[], swept: ReadonlySet<string>): string {
  return set.filter((assignment) => swept.has(nameOf(assignment))).join(",")
    .replace(/[^\p{L}\p{N}_.=,+-]/gu, "_").slice(0, LONGEST_FOLDER_NAME);
}

/** The names, with a number behind those that came before. */
function distinct(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name) => {
    let own = name;
    for (let number = 2; seen.has(own); number++) own = `${name}-${number}`;
    seen.add(own);
    return own;
  });
}

function split(assignment: string): [name: string, value: string] {
  const at = assignment.indexOf("=");
  return [assignment.slice(0, at), assignment.slice(at + 1)];
}

function nameOf(assignment: string): string {
  return split(assignment)[0];
}
