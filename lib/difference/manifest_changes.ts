import { join } from "node:path";
import { gitBlob, withoutComments } from "@lib/code";
import { sha256 } from "@lib/core";
import type { Manifest } from "@lib/manifest";
import { excerpt } from "./_excerpt.ts";
import { type LineChange, lineChanges } from "./_line_changes.ts";
import type { PastTexts } from "./past_texts.ts";

/** What a change concerns. */
export type ChangeKind =
  | "parameter"
  | "data"
  | "upstream"
  | "code"
  | "cell"
  | "package"
  | "lock"
  | "engine"
  | "machine";

/** Something that a run was made from or by and that was another for the recorded run. */
export interface ManifestChange {
  kind: ChangeKind;
  /** Name of the parameter, data set, package or engine; path of the file; id of the cell. */
  name: string;
  /** One sentence for a reader, without a full stop. */
  sentence: string;
}

/** Where the texts behind manifests are. */
export interface ManifestChangesOptions {
  /** Root of the repository. */
  root: string;
  past: PastTexts;
}

/**
 * All that differs between the manifests of two runs and could change a result, with the lines that changed in code and
 * cells as far as their recorded text is known. Comments, indentation and empty lines change nothing; nor does a lock
 * where the packages that it pins are named themselves.
 */
export async function manifestChanges(
  actual: Manifest,
  recorded: Manifest,
  options: ManifestChangesOptions,
): Promise<ManifestChange[]> {
  const plain = (kind: ChangeKind, of: (manifest: Manifest) => Record<string, unknown>, what: string) =>
    changedKeys(of(recorded), of(actual)).map(({ name, before, after }): ManifestChange => ({
      kind,
      name,
      sentence: before === undefined
        ? `${what}${name} is new: ${shown(after)}`
        : after === undefined
        ? `${what}${name} is gone, it was ${shown(before)}`
        : `${what}${name} changed from ${shown(before)} to ${shown(after)}`,
    }));
  const packages = plain("package", (manifest) => manifest.packages, "package ");
  const isNamed = (lock: string) =>
    packages.some(({ name }) => lock.endsWith(name.startsWith("pypi:") ? "python.lock" : "deno.lock"));
  return [
    ...plain("parameter", (manifest) => manifest.parameters, "parameter "),
    ...changedKeys(recorded.data, actual.data).map(({ name, before, after }): ManifestChange => ({
      kind: "data",
      name,
      sentence: `data set ${name} holds other values: its digest changed from ${short(before)} to ${short(after)}`,
    })),
    ...changedKeys(recorded.upstream, actual.upstream).map(({ name }): ManifestChange => ({
      kind: "upstream",
      name,
      sentence: `${name}, which it reads, is another file`,
    })),
    ...await codeChanges(actual, recorded, options),
    ...await cellChanges(actual, recorded, options),
    ...packages,
    ...changedKeys(recorded.locks, actual.locks).filter(({ name }) => !isNamed(name)).map((
      { name },
    ): ManifestChange => ({
      kind: "lock",
      name,
      sentence: `${name} pins other content under the same names and versions`,
    })),
    ...plain("engine", (manifest) => manifest.engines, "engine "),
    ...plain("machine", (manifest) => manifest.machine, "the machine's "),
  ];
}

async function codeChanges(
  actual: Manifest,
  recorded: Manifest,
  { root, past }: ManifestChangesOptions,
): Promise<ManifestChange[]> {
  const changes: ManifestChange[] = [];
  for (const { name, before, after } of changedKeys(recorded.code, actual.code)) {
    const change = (sentence: string) => changes.push({ kind: "code", name, sentence });
    if (before === undefined) change(`${name} is new behind the notebook`);
    else if (after === undefined) change(`${name} is no longer behind the notebook`);
    else {
      const [old, now] = await Promise.all([past.ofBlob(before), currentText(join(root, name), after, past)]);
      if (old === undefined || now === undefined) {
        change(`${name} changed (its recorded text is not in the repository, ${short(before)})`);
        continue;
      }
      const lines = codeLines(old, now, name);
      if (lines.length > 0) change(`${name}, ${inWords(lines)}`);
    }
  }
  return changes;
}

/** The text of a file as the run had it: it may have changed since. */
async function currentText(path: string, blob: string, past: PastTexts): Promise<string | undefined> {
  const text = await Deno.readTextFile(path).catch(() => undefined);
  return text !== undefined && gitBlob(text) === blob ? text : await past.ofBlob(blob);
}

async function cellChanges(
  actual: Manifest,
  recorded: Manifest,
  { root, past }: ManifestChangesOptions,
): Promise<ManifestChange[]> {
  const { notebook } = actual;
  if (notebook !== recorded.notebook) {
    return [{
      kind: "cell",
      name: notebook,
      sentence: `the notebook is ${notebook}, recorded is ${recorded.notebook}`,
    }];
  }
  const before = new Map(recorded.cells.map(({ id, source }) => [id, source]));
  const after = new Map(actual.cells.map(({ id, source }) => [id, source]));
  const ids = [...new Set([...before.keys(), ...after.keys()])].filter((id) => before.get(id) !== after.get(id));
  const texts = await sourcesOf(
    new Set(ids.flatMap((id) => [before.get(id) ?? [], after.get(id) ?? []].flat())),
    { now: join(root, notebook), notebook, past },
  );
  const changes: ManifestChange[] = [];
  for (const id of ids) {
    const [old, now] = [texts.get(before.get(id) ?? ""), texts.get(after.get(id) ?? "")];
    const place = (after.has(id) ? actual : recorded).cells.findIndex((cell) => cell.id === id) + 1;
    const change = (sentence: string) => changes.push({ kind: "cell", name: id, sentence });
    if (!before.has(id)) change(`code cell ${place} of ${notebook} is new${firstLine(now)}`);
    else if (!after.has(id)) change(`code cell ${place} of the recorded ${notebook} is gone${firstLine(old)}`);
    else if (old === undefined || now === undefined) {
      change(`code cell ${place} of ${notebook} changed (its recorded text is not in the repository)`);
    } else {
      const lines = codeLines(old, now, `${notebook}.ts`);
      if (lines.length > 0) change(`code cell ${place} of ${notebook}, ${inWords(lines)}`);
    }
  }
  const order = (cells: Manifest["cells"], others: Map<string, string>) =>
    cells.map(({ id }) => id).filter((id) => others.has(id)).join(" ");
  if (order(actual.cells, before) !== order(recorded.cells, after)) {
    changes.push({ kind: "cell", name: notebook, sentence: `the cells of ${notebook} stand in another order` });
  }
  return changes;
}

/** Sources of cells by their hash, looked for in the notebook as it is and as it was. */
async function sourcesOf(
  hashes: ReadonlySet<string>,
  { now, notebook, past }: { now: string; notebook: string; past: PastTexts },
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const look = (text: string | undefined) => {
    for (const source of text === undefined ? [] : cellSources(text)) {
      const hash = sha256(source);
      if (hashes.has(hash)) found.set(hash, source);
    }
  };
  if (hashes.size === 0) return found;
  look(await Deno.readTextFile(now).catch(() => undefined));
  if (found.size === hashes.size) return found;
  for await (const text of past.ofFile(notebook)) {
    look(text);
    if (found.size === hashes.size) break;
  }
  return found;
}

function cellSources(notebook: string): string[] {
  try {
    const { cells } = JSON.parse(notebook) as { cells: { source: string | string[] }[] };
    return cells.map(({ source }) => typeof source === "string" ? source : source.join(""));
  } catch {
    return []; // a version of the file that was no notebook
  }
}

/** The changed lines that are more than comments. */
function codeLines(before: string, after: string, path: string): LineChange[] {
  if (!/\.[mc]?[tj]sx?$/.test(path)) return lineChanges(before, after);
  try {
    return lineChanges(withoutComments(before, path), withoutComments(after, path));
  } catch {
    return lineChanges(before, after); // it could not be read as TypeScript then, or cannot be now
  }
}

function inWords(changes: readonly LineChange[]): string {
  const [{ lineBefore, lineAfter, before, after }, ...others] = changes;
  const first = before.length === 0
    ? `line ${lineAfter} is new: ${quoted(after)}`
    : after.length === 0
    ? `line ${lineBefore} of the recorded text is gone: ${quoted(before)}`
    : `line ${lineAfter} changed from ${quoted(before, after)} to ${quoted(after, before)}`;
  if (others.length === 0) return first;
  const lines = others.slice(0, 5).map((other) => other.lineAfter).join(", ");
  return `${first}; it changed also at line ${lines}${others.length > 5 ? " and further places" : ""}`;
}

/** The first of several lines in quotes; of a long one what stands around the change. */
function quoted(lines: readonly string[], others: readonly string[] = []): string {
  const more = lines.length === 1 ? "" : ` and ${lines.length - 1} more`;
  return `\`${excerpt(lines[0], others[0] ?? "", 100)}\`${more}`;
}

function firstLine(source: string | undefined): string {
  return source === undefined ? "" : `: ${quoted([source.trim().split("\n")[0]])}`;
}

interface Changed<Value> {
  name: string;
  before: Value | undefined;
  after: Value | undefined;
}

function changedKeys<Value>(before: Record<string, Value>, after: Record<string, Value>): Changed<Value>[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
    .map((name) => ({ name, before: before[name], after: after[name] }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

function shown(value: unknown): string {
  return typeof value === "string" && value !== "" && !value.includes(", ") ? value : JSON.stringify(value);
}

function short(hash: unknown): string {
  return hash === undefined ? "none" : String(hash).slice(0, 10);
}
