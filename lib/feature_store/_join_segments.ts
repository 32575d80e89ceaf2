import { readSegment, writeSegment } from "./_segment.ts";
import type { KnownFeature, StoreIndex } from "./_store_index.ts";
import type { StoreFiles } from "./store_files.ts";

/**
 * Writes the values of each feature that lie in several files into one, which the index names from then on; features of
 * the same rows and files share one. A group with a damaged file is left as it is, and the file named.
 */
export async function joinSegments(
  files: StoreFiles,
  index: StoreIndex,
): Promise<{ hasJoined: boolean; damaged: string[] }> {
  const groups = new Map<string, [string, KnownFeature][]>();
  for (const [name, entry] of Object.entries(index.features)) {
    if (entry.segments.length < 2) continue;
    const key = JSON.stringify([entry.segments, Object.entries(entry.covered).sort()]);
    groups.set(key, [...groups.get(key) ?? [], [name, entry]]);
  }
  const damaged = new Set<string>();
  let hasJoined = false;
  for (const group of groups.values()) {
    const [, { segments, covered }] = group[0];
    const symbols = Object.keys(covered).sort();
    const joined = await joinedColumns(files, index, {
      names: group.map(([name]) => name),
      ids: segments,
      covered,
      symbols,
    });
    if (typeof joined === "string") {
      damaged.add(joined);
      continue;
    }
    const ranges = Object.fromEntries(symbols.map((symbol) => [symbol, [0, covered[symbol]] as const]));
    const { id, segment } = await writeSegment(files, ranges, joined);
    index.segments[id] = segment;
    for (const [, entry] of group) entry.segments = [id];
    hasJoined = true;
  }
  return { hasJoined, damaged: [...damaged] };
}

/** Covered rows of all symbols, one after the other; where a file is gone or damaged, its id. */
async function joinedColumns(
  files: StoreFiles,
  index: StoreIndex,
  { names, ids, covered, symbols }: {
    names: readonly string[];
    ids: readonly string[];
    covered: Readonly<Record<string, number>>;
    symbols: readonly string[];
  },
): Promise<Record<string, Float64Array> | string> {
  const starts = new Map<string, number>();
  let rows = 0;
  for (const symbol of symbols) {
    starts.set(symbol, rows);
    rows += covered[symbol];
  }
  const columns = Object.fromEntries(names.map((name) => [name, new Float64Array(rows).fill(NaN)]));
  for (const id of ids) {
    const values = await readSegment(files, id, index.segments[id], names);
    if (values === undefined) return id;
    let at = 0;
    for (const [symbol, [from, to]] of Object.entries(index.segments[id].ranges)) {
      const count = Math.min(to, covered[symbol] ?? 0) - from;
      if (count > 0) {
        for (const name of names) columns[name].set(values[name].subarray(at, at + count), starts.get(symbol)! + from);
      }
      at += to - from;
    }
  }
  return columns;
}
