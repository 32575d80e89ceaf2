import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type CellImport, type CellSyntax, cellSyntax, type ImportedName } from "./_cell_syntax.ts";
import { type CodeCell, executedCells, type Notebook } from "./notebook_file.ts";
import { readParameters } from "./parameters.ts";

/** A place in a notebook. */
export interface CellPlace {
  /** Place among the code cells that are not empty, from 1: the number that the kernel shows beside it. */
  cell: number;
  id: string;
  /** Of the cell, from 1. */
  line: number;
}

/** All code of a notebook as one module, and the way back from its lines. */
export interface NotebookModule {
  text: string;
  extension: "ts" | "tsx";
  /** Cells that may not be code: another parser could not read them. */
  doubtful: { cell: CodeCell; place: CellPlace }[];
  /** The place in the notebook of a line of the module, counted from 1. */
  placeOf: (line: number) => CellPlace;
  /** Whether a cell declares a name again, so that it and those after it stand in a block that other code has not. */
  isInBlock: (line: number) => boolean;
}

/**
 * The code cells of a notebook one after the other, as a module that can be type-checked and linted.
 *
 * The kernel lets a cell declare a name of another cell again, as something else. Such a cell opens a block that reaches
 * to the end of the module; imports in it move to the top. Relative imports are resolved against the folder.
 *
 * After the parameters cell all parameters are assigned a value of unknown type, as a run may do: the compiler then does
 * not take the defaults for the only values.
 */
export function notebookModule(notebook: Notebook, folder: string): NotebookModule {
  const top = new Lines();
  const body = new Lines();
  const known = new Map<string, string>(); // name to what it is: of imports where they come from, else the cell
  const doubtful: NotebookModule["doubtful"] = [];
  let depth = 0;
  let blockLine = Infinity;
  let isTsx = false;
  for (const [i, cell] of executedCells(notebook).entries()) {
    const { id, source, metadata } = cell;
    const place = { cell: i + 1, id, line: 1 };
    const own = source.trimEnd();
    const syntax = cellSyntax(own);
    let text = own;
    if (syntax === undefined) {
      doubtful.push({ cell, place });
    } else {
      isTsx ||= syntax.isTsx;
      const news = importsThatAreNew(syntax, known);
      const clashes = [...syntax.declared, ...news.map(({ name }) => name.local)].filter((name) => known.has(name));
      if (clashes.length > 0) {
        body.add("{", place);
        if (depth++ === 0) blockLine = body.count;
      }
      const moves = depth > 0 || news.length < syntax.imports.flatMap(({ names }) => names).length;
      for (const { name, from } of moves ? news : []) {
        const isClash = clashes.includes(name.local);
        const local = isClash ? `${name.local}_in_cell_${i + 1}` : name.local;
        const line = { ...place, line: own.slice(0, from.start).split("\n").length };
        top.add(importText({ ...name, local }, from, folder), line);
        if (isClash) body.add(`${name.isType ? "type" : "const"} ${name.local} = ${local};`, line);
      }
      text = rewritten(own, syntax, { folder, moves, inBlock: depth > 0 });
      for (const { name, from } of news) known.set(name.local, originOf(name, from));
      for (const name of syntax.declared) known.set(name, id);
    }
    text.split("\n").forEach((line, k) => body.add(line, { ...place, line: k + 1 }));
    const end = { ...place, line: own.split("\n").length };
    body.add(";", end); // a cell ends a statement even without a semicolon
    if (!metadata.tags?.includes("parameters")) continue;
    const names = readParameters(notebook).map(({ name }) => name);
    if (names.length === 0) continue;
    body.add("// deno-lint-ignore no-explicit-any", end);
    body.add(`${names.join(" = ")} = undefined as any;`, end);
  }
  const places = [...top.places, ...body.places];
  return {
    text: [...top.texts, ...body.texts, "}".repeat(depth), "export {};", ""].join("\n"),
    doubtful,
    extension: isTsx ? "tsx" : "ts",
    placeOf: (line) => places[Math.min(line, places.length) - 1],
    isInBlock: (line) => line >= top.count + blockLine,
  };
}

class Lines {
  readonly texts: string[] = [];
  readonly places: CellPlace[] = [];

  get count(): number {
    return this.texts.length;
  }

  add(text: string, place: CellPlace): void {
    this.texts.push(text);
    this.places.push(place);
  }
}

interface NewImport {
  name: ImportedName;
  from: CellImport;
}

/** The names that a cell imports, without those that are there already as just that. */
function importsThatAreNew({ imports }: CellSyntax, known: ReadonlyMap<string, string>): NewImport[] {
  return imports
    .flatMap((from) => from.names.map((name) => ({ name, from })))
    .filter(({ name, from }) => known.get(name.local) !== originOf(name, from));
}

function originOf({ imported, isType }: ImportedName, { source }: CellImport): string {
  return `${isType ? "type " : ""}${imported} of ${source}`;
}

function importText({ local, imported, isType }: ImportedName, from: CellImport, folder: string): string {
  const names = imported === "*"
    ? `* as ${local}`
    : imported === "default"
    ? local
    : `{ ${imported === local ? local : `${imported} as ${local}`} }`;
  return `import ${isType ? "type " : ""}${names} from ${resolved(from.source, folder)}${from.attributes};`;
}

/** The text of a cell, with as many lines as before. */
function rewritten(
  source: string,
  { imports, exports, vars, sources }: CellSyntax,
  { folder, moves, inBlock }: { folder: string; moves: boolean; inBlock: boolean },
): string {
  const moved = moves ? imports.filter(({ names }) => names.length > 0) : [];
  const isMoved = (start: number) => moved.some((span) => span.start <= start && start < span.end);
  const blank = ({ start, end }: { start: number; end: number }) => source.slice(start, end).replace(/[^\n]/g, " ");
  const edits = [
    ...moved.map((span) => ({ ...span, text: blank(span) })),
    ...sources.filter(({ start, value }) => isRelative(value) && !isMoved(start))
      .map((span) => ({ ...span, text: resolved(span.value, folder) })),
    ...inBlock ? exports.map((span) => ({ ...span, text: blank(span) })) : [],
    ...inBlock ? vars.map((span) => ({ ...span, text: "let" })) : [], // in a block, var would leave it
  ];
  return edits.sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: own }) => text.slice(0, start) + own + text.slice(end), source);
}

function resolved(source: string, folder: string): string {
  return JSON.stringify(isRelative(source) ? pathToFileURL(resolve(folder, source)).href : source);
}

function isRelative(source: string): boolean {
  return /^\.\.?\//.test(source);
}
