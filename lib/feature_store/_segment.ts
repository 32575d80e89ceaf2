import { Buffer } from "node:buffer";
import { seriesNumbers, sha256 } from "@lib/core";
import pl from "nodejs-polars";
import type { RowRange, Segment } from "./_store_index.ts";
import type { StoreFiles } from "./store_files.ts";

const fileOf = (id: string) => `${id}.parquet`;

/** Writes columns as a parquet file that is named by its content; none is ever changed. */
export async function writeSegment(
  files: StoreFiles,
  ranges: Readonly<Record<string, RowRange>>,
  columns: Readonly<Record<string, Float64Array>>,
): Promise<{ id: string; segment: Segment }> {
  const frame = pl.DataFrame(Object.entries(columns).map(([name, values]) => pl.Series(name, values)));
  const bytes = frame.writeParquet({ compression: "uncompressed" });
  const hash = sha256(bytes);
  const id = hash.slice(0, 24);
  await files.write(fileOf(id), bytes);
  const rows = Object.values(ranges).reduce((sum, [from, to]) => sum + to - from, 0);
  return { id, segment: { sha256: hash, bytes: bytes.length, rows, ranges } };
}

/** Whether the file of a segment is there, with its size. */
export async function hasSegment(files: StoreFiles, id: string, { bytes }: Segment): Promise<boolean> {
  return await files.size(fileOf(id)) === bytes;
}

/** Columns of a segment; undefined where the file is gone or is not the one that was written. */
export async function readSegment(
  files: StoreFiles,
  id: string,
  segment: Segment,
  names: readonly string[],
): Promise<Record<string, Float64Array> | undefined> {
  const bytes = await files.read(fileOf(id));
  if (bytes === undefined || sha256(bytes) !== segment.sha256) return undefined;
  const frame = pl.readParquet(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { columns: [...names] });
  return Object.fromEntries(names.map((name) => [name, seriesNumbers(frame.getColumn(name))]));
}

/** Removes files of an hour ago and before that the index does not name: replaced, or left by a writer that was cut off. */
export async function sweepSegments(files: StoreFiles, kept: ReadonlySet<string>, now: number): Promise<void> {
  for (const { name, writtenAt } of await files.list()) {
    if (!/\.(parquet|part)$/.test(name) || kept.has(name.replace(/\.parquet$/, ""))) continue;
    if (now - writtenAt > 3_600_000) await files.remove(name).catch(() => {});
  }
}
