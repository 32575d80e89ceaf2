import type { Manifest } from "./manifest.ts";
import type { Sources } from "./read_sources.ts";

/**
 * What has changed behind a notebook since a run of it, each by its name: files, cells, packages, locks.
 *
 * A package that only one of two systems needs is no change: its lock has the entries of all systems.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const sources = { notebook: "n.ipynb", cells: [], packages: {}, locks: {} };
 * const run = { ...sources, code: { "lib/a.ts": "1", "lib/b.ts": "2" } };
 * assert.deepEqual(sourceChanges(run, { ...sources, code: { "lib/a.ts": "3", "lib/b.ts": "2" } }), ["lib/a.ts"]);
 * ```
 *
 * @param sources As they are now.
 */
export function sourceChanges(
  run: Pick<Manifest, "code" | "packages" | "locks"> & { cells: readonly { id: string; source: string }[] },
  { notebook, cells, code, packages, locks }: Sources,
): string[] {
  const table = (list: readonly { id: string; source: string }[]) =>
    Object.fromEntries(list.map(({ id, source }, place) => [id, `${place} ${source}`]));
  const shared = Object.keys(packages).filter((name) => Object.hasOwn(run.packages, name));
  return [
    ...changedNames(run.code, code),
    ...changedNames(table(run.cells), table(cells)).map((id) => `cell ${id} of ${notebook}`),
    ...shared.filter((name) => packages[name] !== run.packages[name]),
    ...changedNames(run.locks, locks),
  ];
}

/** The names whose value is another, or that only one of two tables has. */
export function changedNames(
  before: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]).sort();
}
