import { type Notebook, readParameters } from "@lib/runner";
import { cellPlace, executedCells } from "./notebook_faults.ts";

/** All code of a notebook as one module, and the way back from its lines. */
export interface NotebookModule {
  text: string;
  /** The place in the notebook of a line of the module, both counted from 1. */
  placeOf: (line: number) => string;
}

/**
 * The code cells of a notebook one after the other, as a module that can be type-checked and linted.
 *
 * After the parameters cell all parameters are assigned a value of unknown type, as a run may do: the compiler then does
 * not take the defaults for the only values.
 */
export function notebookModule(notebook: Notebook, path: string): NotebookModule {
  const starts: { line: number; lines: number; number: number; id: string }[] = [];
  const lines: string[] = [];
  for (const [i, { id, source, metadata }] of executedCells(notebook).entries()) {
    const own = source.trimEnd().split("\n");
    starts.push({ line: lines.length + 1, lines: own.length, number: i + 1, id });
    lines.push(...own, ";"); // a cell ends a statement even without a semicolon
    if (!metadata.tags?.includes("parameters")) continue;
    const names = readParameters(notebook).map(({ name }) => name);
    if (names.length > 0) lines.push("// deno-lint-ignore no-explicit-any", `${names.join(" = ")} = undefined as any;`);
  }
  return {
    text: [...lines, "export {};", ""].join("\n"),
    placeOf: (line) => {
      const start = starts.findLast((each) => each.line <= line);
      if (start === undefined) return path;
      return cellPlace(path, start.number, start.id, Math.min(line - start.line + 1, start.lines));
    },
  };
}
