import { type CodeBehind, type CodeGraph, moduleLinks, withoutComments } from "@lib/code";

/** What of a notebook and its code can have a part in an artifact: nothing that is used after it was saved. */
export interface NotebookReach {
  /** Code cells up to the one that saves the artifact. */
  cells: number;
  behind: CodeBehind;
}

/**
 * Tells for each artifact which cells and which code can have a part in it: the cells up to the last one that names it,
 * and what stands behind the imported names that occur there. An artifact that no cell names can come from any.
 *
 * @param sources Sources of the code cells, in order.
 * @param path Path of the notebook, from the root of the graph.
 * @throws {SyntaxError} If a cell cannot be read.
 */
export function notebookReach(
  sources: readonly string[],
  path: string,
  graph: CodeGraph,
): (artifact: string) => NotebookReach {
  const texts = sources.map((source) => withoutComments(source, path));
  const known = new Map<number, NotebookReach>();
  return (artifact) => {
    const cells = savedIn(artifact, texts);
    if (!known.has(cells)) {
      known.set(cells, { cells, behind: graph.behindSource(usedImports(texts.slice(0, cells), path), path) });
    }
    return known.get(cells)!;
  };
}

/** Number of the last cell that names an artifact, from 1: `figures/equity.png` is saved as "equity". */
function savedIn(artifact: string, texts: readonly string[]): number {
  const names = [artifact, artifact.slice(artifact.lastIndexOf("/") + 1)];
  const named = (text: string) =>
    [...names, names[1].replace(/\.\w+$/, "")].some((name) =>
      ['"', "'", "`"].some((quote) => text.includes(`${quote}${name}${quote}`))
    );
  return texts.findLastIndex(named) + 1 || texts.length;
}

/** The cells with only those imports whose names occur in them. */
function usedImports(texts: readonly string[], path: string): string {
  const IMPORT = /^\s*import\b[^;]*?\bfrom\s*(["'])[^"']+\1;?/gm;
  const code = texts.map((text) => text.replace(IMPORT, "")).join("\n");
  const used = texts.flatMap((text) => moduleLinks(text, path).imports).map(({ specifier, names }) => {
    const source = JSON.stringify(specifier);
    // a name that was changed in the import cannot be found, and counts as used
    const isRenamed = (name: string) => new RegExp(`\\b${RegExp.escape(name)}\\s+as\\b`).test(texts.join("\n"));
    if (names === "*" || names.includes("default")) return `import ${source};`;
    const occurring = names.filter((name) =>
      isRenamed(name) || new RegExp(`(?<![\\w$])${RegExp.escape(name)}(?![\\w$])`).test(code)
    );
    return occurring.length > 0 ? `import { ${occurring.join(", ")} } from ${source};` : "";
  });
  return `${code}\n${used.join("\n")}`;
}
