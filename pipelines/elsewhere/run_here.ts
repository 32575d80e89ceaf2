/**
 * Runs a notebook in the circumstances of this process and prints what came of it as JSON: the program that
 * `pipelines/elsewhere.ts` starts in each scene. One argument, a {@linkcode RunHereRequest}.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { getHeapStatistics } from "node:v8";
import { repositoryPath, sha256, stableJson } from "@lib/core";
import { outputsHash } from "@lib/manifest";
import { readRun } from "@lib/notebook";
import { injectParameters, readNotebook, readParameters, resolveParameters, runNotebook } from "@lib/runner";
import type { Facts } from "./scene.ts";

/** What is to be run. */
export interface RunHereRequest {
  notebook: string;
  parameters: Record<string, string | number | boolean>;
  outputFolder: string;
  workingFolder: string;
  asProgram: boolean;
}

/** What came of it. */
export interface RunHereAnswer {
  facts: Facts;
  /**
   * SHA-256 by artifact, of `metrics`, of what each kept step gave (`step forecasts`) and of what each cell shows
   * (`cell 3`), unless the cells ran as a program.
   */
  digests: Record<string, string>;
}

async function runHere(request: RunHereRequest): Promise<RunHereAnswer> {
  const { outputFolder, workingFolder } = request;
  await Deno.mkdir(outputFolder, { recursive: true });
  const shown = request.asProgram ? (await runAsProgram(request), {}) : await runInKernel(request);
  const { artifacts, metrics, children, steps } = await readRun(outputFolder);
  const digests: Record<string, string> = { ...shown, metrics: sha256(stableJson({ metrics, children })) };
  for (const { path, sha256 } of artifacts) digests[path] = sha256;
  for (const { name, output } of steps) digests[`step ${name}`] = output;
  return { facts: await facts(outputFolder, workingFolder), digests };
}

async function runInKernel(request: RunHereRequest): Promise<Record<string, string>> {
  const { notebook, parameters, outputFolder, workingFolder } = request;
  const executedPath = join(outputFolder, "notebook.ipynb");
  const { failedCell } = await runNotebook(notebook, {
    parameters: { ...parameters, outputFolder },
    executedPath,
    workingFolder,
    check: "none", // a check of types tells nothing of the place, and takes longer than a small notebook
  });
  if (failedCell) throw new Error(`cell ${failedCell.number}, ${failedCell.errorName}: ${failedCell.errorMessage}`);
  const cells = (await readNotebook(executedPath)).cells.flatMap((cell) => cell.cell_type === "code" ? [cell] : []);
  return Object.fromEntries(cells.map(({ outputs }, i) => [`cell ${i + 1}`, outputsHash(outputs, repositoryPath())]));
}

async function runAsProgram({ notebook, parameters, outputFolder, workingFolder }: RunHereRequest): Promise<void> {
  const source = await readNotebook(notebook);
  const values = resolveParameters(readParameters(source), { ...parameters, outputFolder });
  const { cells } = injectParameters(source, values);
  const program = join(outputFolder, "notebook.ts");
  const code = cells.flatMap((cell) => cell.cell_type === "code" ? [cell.source] : []);
  await Deno.writeTextFile(program, [...code, "export {};"].join("\n;\n"));
  Deno.chdir(workingFolder);
  console.log = () => {}; // standard output is for the answer
  await import(pathToFileURL(program).href);
}

async function facts(outputFolder: string, workingFolder: string): Promise<Facts> {
  const probe = join(outputFolder, "probe");
  await Deno.writeTextFile(probe, "");
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const { mode } = await Deno.stat(probe);
  return {
    cores: navigator.hardwareConcurrency,
    locale,
    number: (1234.5).toLocaleString(),
    timeZone,
    home: Deno.env.get("HOME") ?? null,
    fileMode: (mode! & 0o777).toString(8),
    heapMb: Math.round(getHeapStatistics().heap_size_limit / 2 ** 20),
    root: repositoryPath(),
    listing: await Array.fromAsync(Deno.readDir(workingFolder), ({ name }) => name),
  };
}

if (import.meta.main) {
  const print = console.log;
  const answer = await runHere(JSON.parse(Deno.args[0]));
  print(JSON.stringify(answer));
}
