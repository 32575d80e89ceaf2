import { Buffer } from "node:buffer";
import { join } from "node:path";
import { seriesNumbers, sha256, writeAtomically } from "@lib/core";
import pl from "nodejs-polars";
import type { RowRange, Segment } from "./_store_index.ts";

const pathOf = (folder: string, id: string) => join(folder, `${id}.parquet`);

/** Writes columns as a parquet file that is named by its content; none is ever changed. */
export async function writeSegment(
  folder: string,
  ranges: Readonly<Record<string, RowRange>>,
  columns: Readonly<Record<string, Float64Array>>,
): Promise<{ id: string; segment: Segment }> {
  const frame = pl.DataFrame(Object.entries(columns).map(([name, values]) => pl.Series(name, values)));
  const bytes = frame.writeParquet({ compression: "uncompressed" });
  const hash = sha256(bytes);
  const id = hash.slice(0, 24);
  await writeAtomically(pathOf(folder, id), bytes);
  const rows = Object.values(ranges).reduce((sum, [from, to]) => sum + to - from, 0);
  return { id, segment: { sha256: hash, bytes: bytes.length, rows, ranges } };
}

/** Whether the file of a segment is there, with its size. */
export async function hasSegment(folder: string, id: string, { bytes }: Segment): Promise<boolean> {
  const stat = await Deno.stat(pathOf(folder, id)).catch((error) => {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  });
  return stat?.size === bytes;
}

/** Columns of a segment; undefined where the file is gone or is not the one that was written. */
export async function readSegment(
  folder: string,
  id: string,
  segment: Segment,
  names: readonly string[],
): Promise<Record<string, Float64Array> | undefined> {
  let bytes: Uint8Array;
  try {
    bytes = await Deno.readFile(pathOf(folder, id));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
  if (sha256(bytes) !== segment.sha256) return undefined;
  const frame = pl.readParquet(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { columns: [...names] });
  return Object.fromEntries(names.map((name) => [name, seriesNumbers(frame.getColumn(name))]));
}

/** Removes files of an hour ago and before that the index does not name: replaced, or left by a writer that was cut off. */
export async function sweepSegments(folder: string, kept: ReadonlySet<string>, now: number): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile || !/\.(parquet|part)$/.test(name) || kept.has(name.replace(/\.parquet$/, ""))) continue;
    const path = join(folder, name);
    const { mtime } = await Deno.stat(path).catch(() => ({ mtime: null }));
    if (mtime !== null && now - mtime.getTime() > 3_600_000) await Deno.remove(path).catch(() => {});
  }
}
