import { dirname, join, resolve } from "node:path";
import { sha256, writeAtomically } from "@lib/core";
import { cellsFolder } from "./_cells_folder.ts";
import { explainSyntaxError } from "./_explain_syntax_error.ts";
import { denoFindings, type Finding } from "./_deno_findings.ts";
import { type CellPlace, type NotebookModule, notebookModule } from "./_notebook_module.ts";
import { type Notebook, readNotebook } from "./notebook_file.ts";

/** Something that is wrong in the code of a cell. */
export interface CellFault extends CellPlace {
  /** Path of the notebook, as it was given. */
  notebook: string;
  /** From 1. */
  column: number;
  /** `syntax`: it cannot be read; `types`: it does not fit; `lint`: it works, but is likely not what was meant. */
  kind: "syntax" | "types" | "lint";
  /** Such as `TS2322` or `no-unused-vars`; may be empty. */
  code: string;
  message: string;
}

/** Options of {@linkcode checkCells}. */
export interface CheckCellsOptions {
  /** Whether to lint too. Default true. */
  lint?: boolean;
  /** Folder against which relative imports count. Default: that of each notebook. */
  workingFolder?: string;
  /** Stops the check when aborted. */
  signal?: AbortSignal;
}

/** What is said of a name that is used before its declaration: the kernel still has that of an earlier cell. */
const EARLIER_NAME_CODES = new Set(["TS2448", "TS2449", "TS2454", "TS7022"]);

/**
 * Parses, type-checks and lints all cells of notebooks without running any, by the settings of the `deno.json` above
 * each notebook, or by Deno's own where there is none.
 *
 * As in the kernel, cells share their names, and a cell may declare a name of another cell again. Parameters count as
 * changeable, since a run may set others than the defaults. Deno remembers what it found sound: a second look at
 * unchanged notebooks takes some 30 ms.
 *
 * @param notebooks Paths, or notebooks by path where they are read already.
 * @returns The faults in the order of notebooks and lines. Where a cell cannot be parsed, that is all that is said.
 * @throws {SyntaxError} If a file is no notebook for Deno.
 * @throws {Error} If Deno cannot check for a reason outside of the cells.
 */
export async function checkCells(
  notebooks: readonly string[] | ReadonlyMap<string, Notebook>,
  { lint = true, workingFolder, signal }: CheckCellsOptions = {},
): Promise<CellFault[]> {
  const read = notebooks instanceof Map ? notebooks as ReadonlyMap<string, Notebook> : new Map(
    await Promise.all((notebooks as string[]).map(async (path) => [path, await readNotebook(path)] as const)),
  );
  if (read.size === 0) return [];
  const folder = await cellsFolder();
  const faults: CellFault[] = [];
  const groups = new Map<string, { configPath?: string; folder: string; modules: Map<string, Checked> }>();
  for (const [path, notebook] of read) {
    const own = dirname(resolve(path));
    const module = notebookModule(notebook, workingFolder === undefined ? own : resolve(workingFolder));
    const unreadable = await Promise.all(module.doubtful.map((each) => syntaxFaults(path, each)));
    faults.push(...unreadable.flat());
    if (unreadable.flat().length > 0) continue; // what else could be said would only follow from that
    const file = join(folder, `${sha256(`${resolve(path)}\n${module.text}`).slice(0, 32)}.${module.extension}`);
    await writeAtomically(file, module.text);
    const configPath = await findUpwards(own, "deno.json", "deno.jsonc");
    const group = groups.get(configPath ?? own) ?? { configPath, folder: own, modules: new Map() };
    const hasPackages = await findUpwards(own, "package.json") !== undefined;
    group.modules.set(file, { ...module, notebook: path, hasPackages });
    groups.set(configPath ?? own, group);
  }
  await Promise.all([...groups.values()].map(async ({ modules, ...where }) => {
    const findings = await denoFindings([...modules.keys()], { ...where, lint, signal });
    faults.push(...findings.flatMap((finding) => faultOf(finding, modules)));
  }));
  const order = [...read.keys()];
  return faults.sort((a, b) =>
    order.indexOf(a.notebook) - order.indexOf(b.notebook) || a.cell - b.cell || a.line - b.line || a.column - b.column
  );
}

/**
 * A fault in words, with its place as a reader finds it: `cell 3` is the third code cell, where the kernel shows [3].
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const place = { notebook: "a.ipynb", cell: 3, id: "fit", line: 2, column: 7 };
 * const fault = { ...place, kind: "lint", code: "no-var", message: "`var` is not allowed" } as const;
 * assert.equal(describeFault(fault), "a.ipynb cell 3 (id fit) line 2, column 7: `var` is not allowed (no-var)");
 * ```
 */
export function describeFault({ notebook, cell, id, line, column, code, message }: CellFault): string {
  return `${cellPlace(notebook, cell, id, line)}, column ${column}: ${message}${code === "" ? "" : ` (${code})`}`;
}

/** A place in a notebook as messages show it. */
export function cellPlace(path: string, cell: number, id: string, line?: number): string {
  return `${path} cell ${cell} (id ${id})${line === undefined ? "" : ` line ${line}`}`;
}

async function syntaxFaults(
  notebook: string,
  { cell, place }: NotebookModule["doubtful"][number],
): Promise<CellFault[]> {
  const found = await explainSyntaxError(cell.source);
  if (found === undefined) return [];
  const [, line, column] = found.traceback.join("\n").match(/<cell>:(\d+):(\d+)/) ?? [undefined, "1", "1"];
  const what = { kind: "syntax", code: "SyntaxError", message: found.message } as const;
  return [{ notebook, ...place, line: Number(line), column: Number(column), ...what }];
}

interface Checked extends NotebookModule {
  notebook: string;
  /** Whether a package.json says where names of packages lead. It counts for files beside it, not for ours. */
  hasPackages: boolean;
}

function faultOf({ file, line, ...rest }: Finding, modules: ReadonlyMap<string, Checked>): CellFault[] {
  const module = modules.get(file ?? "") ?? [...modules.values()][0];
  if (module.isInBlock(line) && (EARLIER_NAME_CODES.has(rest.code) || rest.code === "no-inner-declarations")) return [];
  if (module.hasPackages && rest.code === "TS2307" && /^Import ".*" not a dependency/.test(rest.message)) return [];
  return [{ notebook: module.notebook, ...module.placeOf(file === undefined ? 1 : line), ...rest }];
}

/** The file with one of the names in the folder, or in the nearest one above. */
async function findUpwards(folder: string, ...names: string[]): Promise<string | undefined> {
  for (let at = folder;; at = dirname(at)) {
    for (const path of names.map((name) => join(at, name))) {
      if (await Deno.stat(path).then(({ isFile }) => isFile, () => false)) return path;
    }
    if (dirname(at) === at) return undefined;
  }
}
