import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { repositoryPath } from "@lib/core";
import type { Notebook } from "@lib/runner";
import { type NotebookModule, notebookModule } from "./notebook_module.ts";

interface LintReport {
  diagnostics: { filename: string; code: string; message: string; hint?: string; range: { start: { line: number } } }[];
  errors: { file_path: string; message: string }[];
}

/** What deno check and deno lint say about the code of notebooks, with places in the notebooks. */
export async function notebookCodeFaults(notebooks: ReadonlyMap<string, Notebook>): Promise<string[]> {
  if (notebooks.size === 0) return [];
  const folder = await Deno.realPath(await Deno.makeTempDir({ prefix: "notebook-cells-" }));
  try {
    const modules = new Map<string, NotebookModule>(); // by file
    for (const [path, notebook] of notebooks) {
      const file = join(folder, `${modules.size}.ts`);
      modules.set(file, notebookModule(notebook, path));
      await Deno.writeTextFile(file, modules.get(file)!.text);
    }
    const [checked, linted] = await Promise.all([
      deno("check", ...modules.keys()),
      deno("lint", "--json", ...modules.keys()),
    ]);
    const report = JSON.parse(linted.stdout) as LintReport;
    const unreadable = report.errors.length > 0; // the compiler would only say the same in other words
    return [
      ...checked.success || unreadable ? [] : checkFaults(checked.stderr, modules),
      ...lintFaults(report, modules),
    ];
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function deno(...args: string[]): Promise<{ success: boolean; stdout: string; stderr: string }> {
  const config = `--config=${repositoryPath("deno.json")}`;
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [args[0], config, ...args.slice(1)],
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0" },
  }).output();
  const decoder = new TextDecoder();
  return { success, stdout: decoder.decode(stdout), stderr: stripVTControlCharacters(decoder.decode(stderr)) };
}

/** One fault for each message of the compiler, with its lines. */
function checkFaults(text: string, modules: ReadonlyMap<string, NotebookModule>): string[] {
  let placed = text.replace(/^Check .*\n/gm, "").replace(
    /^(Found \d+ errors?\.|error: Type checking failed\.)\s*$/gm,
    "",
  );
  for (const [file, module] of modules) {
    placed = placed.replaceAll(
      new RegExp(`${RegExp.escape(pathToFileURL(file).href)}:(\\d+):(\\d+)`, "g"),
      (_, line, column) => `${module.placeOf(Number(line))}, column ${column}`,
    );
  }
  return placed.split(/\n\n+/).map((fault) => fault.trim()).filter((fault) => fault !== "");
}

function lintFaults(
  { diagnostics, errors }: LintReport,
  modules: ReadonlyMap<string, NotebookModule>,
): string[] {
  const moduleOf = (name: string) => modules.get(name.startsWith("file:") ? new URL(name).pathname : name);
  return [
    ...diagnostics.map(({ filename, code, message, hint, range }) =>
      `${moduleOf(filename)?.placeOf(range.start.line)}: ${message} (${code})${hint ? `; ${hint}` : ""}`
    ),
    ...errors.map(({ file_path, message }) => {
      const line = Number(message.match(/:(\d+):\d+\s*$/)?.[1] ?? 1);
      return `${moduleOf(file_path)?.placeOf(line)}: ${message.split("\n", 1)[0]}`;
    }),
  ];
}
