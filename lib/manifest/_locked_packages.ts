import { join } from "node:path";
import { sha256, stableJson } from "@lib/core";

/** Files that pin what is fetched, from the root of the repository. */
const DENO_LOCK = "deno.lock";
const PYTHON_LOCK = "pipelines/setup/python.lock";
const RAW_DATA = "data/raw/manifest.json";

/** An entry of `npm` in `deno.lock`, as far as it is looked at. */
interface NpmEntry {
  dependencies?: string[];
  optionalDependencies?: string[];
  os?: string[];
  cpu?: string[];
}

interface DenoLock {
  specifiers?: Record<string, string>;
  npm?: Record<string, NpmEntry>;
}

/** What the locks say of a piece of code. */
export interface LockedPackages {
  packages: Record<string, string>;
  locks: Record<string, string>;
}

/**
 * The packages behind code with their versions, those that they need included, and a hash of the entries that pin them,
 * and the raw data, by lock file. Entries that nothing behind the code needs do not count.
 *
 * @param imported Version of each imported package by name, as `deno.json` asks for it.
 * @param texts Texts of each file behind the code. In a file that speaks of `site-packages`, names of Python packages
 * are looked for; in all, folders and files of raw data.
 */
export async function lockedPackages(
  root: string,
  imported: Readonly<Record<string, string>>,
  texts: Iterable<ReadonlySet<string>>,
): Promise<LockedPackages> {
  const read = (path: string) => Deno.readTextFile(join(root, path)).catch(emptyIfMissing);
  const [denoLock, pythonLock, rawData] = await Promise.all([DENO_LOCK, PYTHON_LOCK, RAW_DATA].map(read));
  const lock: DenoLock = JSON.parse(denoLock || "{}");
  const npm = npmClosure(imported, lock);
  const packages = { ...imported };
  for (const [key, entry] of Object.entries(npm)) {
    const [, name, version] = /^(@?[^@]+)@([^_]+)/.exec(key)!;
    if (fitsThisMachine(entry)) packages[`npm:${name}`] = version;
  }

  const python = pythonEntries(pythonLock);
  const raw: { path: string }[] = JSON.parse(rawData || `{ "files": [] }`).files;
  const used: { python: string[]; raw: unknown[] } = { python: [], raw: [] };
  const words = [...texts];
  for (const { name, version, text } of python) {
    if (!words.some((file) => file.has("site-packages") && file.has(name))) continue;
    packages[`pypi:${name}`] = version;
    used.python.push(text);
  }
  for (const file of raw) {
    const ways = file.path.split("/").map((_, end, parts) => parts.slice(0, end + 1).join("/"));
    if (words.some((file) => ways.some((way) => file.has(way)))) used.raw.push(file);
  }
  const locks: Record<string, string> = {};
  if (Object.keys(npm).length > 0) locks[DENO_LOCK] = sha256(stableJson(npm));
  if (used.python.length > 0) locks[PYTHON_LOCK] = sha256(used.python.join("\n"));
  if (used.raw.length > 0) locks[RAW_DATA] = sha256(stableJson(used.raw));
  return { packages: Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a < b ? -1 : 1)), locks };
}

/**
 * The entries of `deno.lock` that imported packages reach, those of other systems included; what they depend on is written
 * with its version only where they reach several of it. The lock does so where it has several, be it for a package that
 * nothing here needs.
 */
function npmClosure(imported: Readonly<Record<string, string>>, lock: DenoLock): Record<string, NpmEntry> {
  const entries = lock.npm ?? {};
  const keysOf = Map.groupBy(Object.keys(entries), nameOf);
  const withVersion = (name: string) => name in entries ? name : keysOf.get(name)?.[0] ?? name;
  const found: Record<string, NpmEntry> = {};
  const add = (key: string) => {
    if (key in found || entries[key] === undefined) return;
    found[key] = entries[key];
    const { dependencies = [], optionalDependencies = [] } = entries[key];
    for (const name of [...dependencies, ...optionalDependencies]) add(withVersion(name));
  };
  for (const [name, version] of Object.entries(imported)) {
    const resolved = lock.specifiers?.[`${name}@${version}`];
    if (name.startsWith("npm:") && resolved !== undefined) add(`${name.slice("npm:".length)}@${resolved}`);
  }
  const versions = Map.groupBy(Object.keys(found), nameOf);
  const written = (names: string[]) =>
    names.map((name) => versions.get(nameOf(name))?.length === 1 ? nameOf(name) : withVersion(name));
  return Object.fromEntries(
    Object.entries(found).map(([key, entry]) => {
      const { dependencies, optionalDependencies } = entry;
      const needs = dependencies && { dependencies: written(dependencies) };
      const mayUse = optionalDependencies && { optionalDependencies: written(optionalDependencies) };
      return [key, { ...entry, ...needs, ...mayUse }];
    }),
  );
}

/** The name of a package in a key such as `@b/c@2.0.0`. */
const nameOf = (key: string) => /^@?[^@]+/.exec(key)![0];

function fitsThisMachine({ os, cpu }: NpmEntry): boolean {
  const { build } = Deno;
  const architecture = { x86_64: "x64", aarch64: "arm64" }[build.arch as string] ?? build.arch;
  const system = { windows: "win32" }[build.os as string] ?? build.os;
  return (os?.includes(system) ?? true) && (cpu?.includes(architecture) ?? true);
}

function pythonEntries(lock: string): { name: string; version: string; text: string }[] {
  return lock.split(/\n(?=\S)/).flatMap((text) => {
    const [, name, version] = /^([\w.-]+)==([^\s;\\]+)/.exec(text) ?? [];
    return name === undefined ? [] : [{ name, version, text: text.trimEnd() }];
  });
}

function emptyIfMissing(error: unknown): string {
  if (error instanceof Deno.errors.NotFound) return "";
  throw error;
}
