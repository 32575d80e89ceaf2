import {
  cellPlace,
  executedCells,
  formatNotebook,
  injectParameters,
  type Notebook,
  parseNotebook,
  readParameters,
  stripNotebook,
} from "@lib/runner";

/** The text of a committed notebook without what a run left: outputs, counts, times, injected parameters. */
export function strippedText(text: string, path: string): string {
  return formatNotebook(injectParameters(stripNotebook(parseNotebook(text, path)), {}));
}

const COMMENT_OR_TEXT = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g;
const DEFINITION = new RegExp(
  [
    /^[ \t]*(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b/,
    /^[ \t]*(?:export\s+)?(?:abstract\s+)?class\b/,
    /^[ \t]*(?:const|let|var)\s+[\w$]+(?:[^=\n]|=>)*=\s*(?:async\s+)?(?:function\b|[\w$]+\s*=>|(?:<[^=]*>)?\((?:[^()]|\([^()]*\))*\)\s*(?::[^=]+)?=>)/,
  ].map(({ source }) => source).join("|"),
  "m",
);

/**
 * What is wrong with a committed notebook, apart from its code: it must be nbformat 4.5 with ids of its own, without
 * traces of a run, with at most one parameters cell that can be read, and define no function or class.
 */
export function notebookFaults(text: string, path: string): string[] {
  let notebook: Notebook;
  try {
    notebook = parseNotebook(text, path);
  } catch (error) {
    return [(error as Error).message];
  }
  const faults: string[] = [];
  const raw = JSON.parse(text) as { nbformat_minor?: unknown; cells: { id?: unknown }[] };
  if (raw.nbformat_minor !== 5) {
    faults.push(`${path}: nbformat must be 4.5, current minor version is ${raw.nbformat_minor}`);
  }
  notebook.cells.forEach(({ id }, i) => {
    if (raw.cells[i].id !== id) {
      faults.push(`${path}: item ${i + 1} must have a valid id of its own, current one is ${raw.cells[i].id}`);
    }
  });
  const hasTraces = JSON.stringify(stripNotebook(notebook)) !== JSON.stringify(notebook) ||
    notebook.cells.some(({ metadata }) => metadata.tags?.includes("injected-parameters"));
  if (hasTraces) faults.push(`${path}: it must hold no outputs or other traces of a run; --fix removes them`);
  try {
    readParameters(notebook);
  } catch (error) {
    faults.push(`${path}: ${(error as Error).message}`);
  }
  for (const [i, { id, source }] of executedCells(notebook).entries()) {
    const code = source.replace(COMMENT_OR_TEXT, (found) => found.replace(/[^\n]/g, " "));
    const start = code.search(DEFINITION);
    if (start < 0) continue;
    const line = code.slice(0, start).split("\n").length;
    faults.push(`${cellPlace(path, i + 1, id, line)}: functions and classes belong in lib, where they can be tested`);
  }
  return faults;
}
