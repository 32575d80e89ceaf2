import { basename } from "node:path";
import { sha256, writeAtomically } from "@lib/core";

/** Data of one output by media type: text for text and base64, any JSON for types that end in `json`. */
export type MimeBundle = Record<string, unknown>;

/** What a cell showed, as in nbformat 4.5, with every text in one piece. */
export type CellOutput =
  | { output_type: "stream"; name: string; text: string }
  | { output_type: "display_data"; data: MimeBundle; metadata: Record<string, unknown> }
  | {
    output_type: "execute_result";
    data: MimeBundle;
    metadata: Record<string, unknown>;
    execution_count: number | null;
  }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] };

/** What every cell has. */
interface CellBase {
  id: string;
  metadata: Record<string, unknown> & { tags?: string[] };
  source: string;
}

/** A cell that the kernel executes. */
export interface CodeCell extends CellBase {
  cell_type: "code";
  outputs: CellOutput[];
  execution_count: number | null;
}

/** A cell to be read. */
export interface TextCell extends CellBase {
  cell_type: "markdown" | "raw";
  attachments?: Record<string, MimeBundle>;
}

/** A notebook in nbformat 4.5, with every text in one piece. */
export interface Notebook {
  cells: (CodeCell | TextCell)[];
  metadata: Record<string, unknown>;
  nbformat: 4;
  nbformat_minor: 5;
}

const CELL_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Reads a notebook for the Deno kernel, of any minor version of nbformat 4.
 *
 * Cells without an id, or with one that is invalid or taken, get one made from their place and text: the same each time.
 *
 * @throws {Error} If there is no file that can be read.
 * @throws {SyntaxError} If the file is no such notebook; the message names the file, the cell and what is wrong.
 */
export async function readNotebook(path: string): Promise<Notebook> {
  const text = await Deno.readTextFile(path).catch((cause) => {
    const isAbsent = cause instanceof Deno.errors.NotFound;
    const Thrown = isAbsent ? Deno.errors.NotFound : Error;
    const current = isAbsent ? "there is none" : cause.message;
    throw new Thrown(`Cannot read notebook ${path}: there must be a file that can be read, ${current}`, { cause });
  });
  return parseNotebook(text, basename(path));
}

/**
 * The notebook in a text; see {@linkcode readNotebook}.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const cell = { cell_type: "code", metadata: {}, source: ["1 +\n", "1"], outputs: [], execution_count: null };
 * const notebook = parseNotebook(JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 4 }));
 * assert.equal(notebook.cells[0].source, "1 +\n1");
 * assert.throws(() => parseNotebook("{}", "a.ipynb"), /Cannot read notebook a.ipynb: nbformat must be 4/);
 * ```
 */
export function parseNotebook(text: string, name = "(text)"): Notebook {
  const refuse = (wanted: string, current: unknown): never => {
    throw new SyntaxError(`Cannot read notebook ${name}: ${wanted}, current value is ${shorten(current)}`);
  };
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(`Cannot read notebook ${name}: the file must be JSON, ${(error as Error).message}`);
  }
  if (!isRecord(raw)) return refuse("the file must hold one object", raw);
  if (raw.nbformat !== 4) return refuse("nbformat must be 4", raw.nbformat);
  const metadata = raw.metadata ?? {};
  if (!isRecord(metadata)) return refuse("metadata must be an object", metadata);
  const kernel = isRecord(metadata.kernelspec) ? metadata.kernelspec : { name: "deno" };
  if (kernel.name !== "deno" && kernel.language !== "typescript") {
    return refuse("its kernel must be deno", kernel.name);
  }
  if (!Array.isArray(raw.cells)) return refuse("cells must be a list", raw.cells);
  const takenIds = new Set<string>();
  const cells = raw.cells.map((cell: unknown, i): CodeCell | TextCell => {
    const where = `cell ${i + 1}`;
    if (!isRecord(cell)) return refuse(`${where} must be an object`, cell);
    const { cell_type: type, metadata = {}, attachments } = cell;
    if (type !== "code" && type !== "markdown" && type !== "raw") {
      return refuse(`the type of ${where} must be code, markdown or raw`, type);
    }
    if (!isRecord(metadata)) return refuse(`the metadata of ${where} must be an object`, metadata);
    if (metadata.tags !== undefined && !isTextList(metadata.tags)) {
      return refuse(`the tags of ${where} must be a list of texts`, metadata.tags);
    }
    const source = joinText(cell.source) ?? refuse(`the source of ${where} must be text`, cell.source);
    const id = uniqueId(cell.id, `${i} ${source}`, takenIds);
    if (type !== "code") {
      return { cell_type: type, id, metadata, source, ...(isRecord(attachments) ? { attachments } : {}) } as TextCell;
    }
    const outputs = Array.isArray(cell.outputs) ? cell.outputs : refuse(`${where} must have outputs`, cell.outputs);
    return {
      cell_type: "code",
      id,
      metadata,
      source,
      outputs: outputs.map((output) => joinOutput(output) ?? refuse(`an output of ${where} must be valid`, output)),
      execution_count: typeof cell.execution_count === "number" ? cell.execution_count : null,
    };
  });
  return { cells, metadata, nbformat: 4, nbformat_minor: 5 };
}

/** Writes a notebook as JupyterLab does (texts as lists of lines, indented by one), whole or not at all. */
export async function writeNotebook(path: string, notebook: Notebook): Promise<void> {
  await writeAtomically(path, formatNotebook(notebook));
}

/** The text that {@linkcode writeNotebook} writes. */
export function formatNotebook(notebook: Notebook): string {
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: splitLines(cell.source),
    ...(cell.cell_type === "code" ? { outputs: cell.outputs.map(splitOutput) } : {}),
  }));
  return JSON.stringify({ ...notebook, cells }, null, 1) + "\n";
}

/** The same notebook without what runs left in it: outputs, counts, times. */
export function stripNotebook(notebook: Notebook): Notebook {
  const { runner: _, ...metadata } = notebook.metadata;
  const cells = notebook.cells.map((cell) => {
    const { runner: _, execution: __, ...metadata } = cell.metadata;
    return cell.cell_type === "code"
      ? { ...cell, metadata, outputs: [], execution_count: null }
      : { ...cell, metadata };
  });
  return { ...notebook, metadata, cells };
}

/** The code cells of a notebook that are executed, in order: those that are not empty. */
export function executedCells(notebook: Notebook): CodeCell[] {
  return notebook.cells.filter((cell) => cell.cell_type === "code" && cell.source.trim() !== "") as CodeCell[];
}

/** Whether a media type holds JSON rather than text. */
export function isJsonMimeType(type: string): boolean {
  return type === "application/json" || type.endsWith("+json");
}

function joinOutput(output: unknown): CellOutput | undefined {
  if (!isRecord(output)) return undefined;
  if (output.output_type === "stream") {
    const text = joinText(output.text);
    return text === undefined ? undefined : { output_type: "stream", name: String(output.name), text };
  }
  if (output.output_type === "error") {
    const traceback = isTextList(output.traceback) ? output.traceback : [];
    return { output_type: "error", ename: String(output.ename), evalue: String(output.evalue), traceback };
  }
  if (output.output_type !== "display_data" && output.output_type !== "execute_result") return undefined;
  if (!isRecord(output.data)) return undefined;
  const data = Object.fromEntries(
    Object.entries(output.data).map(([type, value]) => [type, isJsonMimeType(type) ? value : joinText(value) ?? value]),
  );
  const metadata = isRecord(output.metadata) ? output.metadata : {};
  if (output.output_type === "display_data") return { output_type: "display_data", data, metadata };
  const count = typeof output.execution_count === "number" ? output.execution_count : null;
  return { output_type: "execute_result", data, metadata, execution_count: count };
}

function splitOutput(output: CellOutput): Record<string, unknown> {
  if (output.output_type === "stream") return { ...output, text: splitLines(output.text) };
  if (output.output_type === "error") return output;
  const data = Object.entries(output.data).map(([type, value]) => {
    if (isJsonMimeType(type)) return [type, value];
    const text = typeof value === "string" ? value : JSON.stringify(value) ?? "";
    return [type, type.startsWith("text/") || type === "image/svg+xml" ? splitLines(text) : text];
  });
  return { ...output, data: Object.fromEntries(data) };
}

function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function joinText(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return isTextList(value) ? value.join("") : undefined;
}

function uniqueId(wanted: unknown, seed: string, taken: Set<string>): string {
  let id = typeof wanted === "string" && CELL_ID.test(wanted) ? wanted : sha256(seed).slice(0, 8);
  while (taken.has(id)) id = sha256(`${id} ${seed}`).slice(0, 8);
  taken.add(id);
  return id;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? "missing";
  return text.length > 80 ? text.slice(0, 77) + "..." : text;
}
