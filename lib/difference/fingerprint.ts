import { sha256 } from "@lib/core";
import type { ArtifactTable, CellValue } from "./artifact_table.ts";

/** Tables up to so many rows are kept cell by cell. */
const MOST_CELLS = 512;

/** Longer ones are kept as so many blocks of rows. */
const BLOCKS = 256;

/** Texts up to so many characters are kept as they are. */
const LONGEST_TEXT = 64;

/** Longer ones as this. */
const KEPT_TEXT = /^.{40}\.\.\. \(\d+ characters, sha256 [0-9a-f]{8}\)$/s;

/** What a record keeps of a column. */
export type ColumnFingerprint =
  /** Every cell, in the form of {@linkcode keptCell}. */
  | { cells: CellValue[] }
  /** Base64 of 20 bytes a block: four of its hash, eight of the sum of its bit patterns, eight of its sum. */
  | { blocks: string };

/** What a record keeps of a file of cells, so that a later one can be told apart down to a row or a block of rows. */
export interface Fingerprint {
  /** SHA-256 of the file that it was made from. */
  sha256: string;
  rows: number;
  columns: Record<string, ColumnFingerprint>;
}

/** What a block of a column was, where a fingerprint keeps blocks. */
export interface Block {
  /** First row. */
  from: number;
  /** Row after the last. */
  to: number;
  /** Hash of its cells, 8 hexadecimal digits. */
  hash: string;
  /** Sum of the bit patterns of its numbers, modulo 2^64. */
  bits: bigint;
  /** Sum of its known numbers. */
  sum: number;
}

/**
 * Makes the fingerprint of a table. Up to 512 rows it holds the table itself; beyond, 256 blocks a column.
 *
 * The sum of bit patterns gives back a number that was changed alone in its block: the difference of two sums is the
 * difference of its patterns, and the block's hash tells at which row.
 *
 * @param hash SHA-256 of the file.
 */
export function fingerprint({ rows, columns }: ArtifactTable, hash: string): Fingerprint {
  const kept = Object.entries(columns).map(([name, column]): [string, ColumnFingerprint] => {
    if (rows <= MOST_CELLS) return [name, { cells: Array.from(column, keptCell) }];
    const blocks = blocksOf(column);
    const bytes = new DataView(new ArrayBuffer(blocks.length * 20));
    blocks.forEach(({ hash, bits, sum }, place) => {
      bytes.setUint32(place * 20, parseInt(hash, 16));
      bytes.setBigUint64(place * 20 + 4, bits);
      bytes.setFloat64(place * 20 + 12, sum);
    });
    return [name, { blocks: new Uint8Array(bytes.buffer).toBase64() }];
  });
  return { sha256: hash, rows, columns: Object.fromEntries(kept) };
}

/**
 * A cell in the form in which a fingerprint keeps it: missing as null, other numbers that JSON has not as text, long
 * texts by their beginning and a hash. What is in that form stays as it is.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual([0.5, NaN, -0, -Infinity, "pass"].map(keptCell), [0.5, null, "-0", "-Infinity", "pass"]);
 * ```
 */
export function keptCell(value: CellValue): CellValue {
  if (typeof value === "number") {
    if (Number.isNaN(value)) return null;
    return Object.is(value, -0) ? "-0" : Number.isFinite(value) ? value : String(value);
  }
  if (typeof value !== "string" || value.length <= LONGEST_TEXT || KEPT_TEXT.test(value)) return value;
  return `${value.slice(0, 40)}... (${value.length} characters, sha256 ${sha256(value).slice(0, 8)})`;
}

/** The blocks of a column as they are now, in order. */
export function blocksOf(column: ArtifactTable["columns"][string]): Block[] {
  const size = Math.ceil(column.length / BLOCKS);
  const patterns = bitsOf(column);
  return Array.from({ length: Math.ceil(column.length / size) }, (_, place) => {
    const [from, to] = [place * size, Math.min((place + 1) * size, column.length)];
    let [low, high, sum] = [0, 0, 0];
    for (let row = from; row < to; row++) {
      low += patterns[2 * row];
      high += patterns[2 * row + 1];
      const value = column[row];
      if (typeof value === "number" && !Number.isNaN(value)) sum += value;
    }
    const bits = BigInt.asUintN(64, BigInt(low) + (BigInt(high) << 32n));
    return { from, to, hash: hashOf(column.slice(from, to)), bits, sum };
  });
}

/** The blocks that a fingerprint has kept of a column of so many rows. */
export function keptBlocks(blocks: string, rows: number): Block[] {
  const bytes = new DataView(Uint8Array.fromBase64(blocks).buffer);
  const size = Math.ceil(rows / BLOCKS);
  return Array.from({ length: bytes.byteLength / 20 }, (_, place) => ({
    from: place * size,
    to: Math.min((place + 1) * size, rows),
    hash: bytes.getUint32(place * 20).toString(16).padStart(8, "0"),
    bits: bytes.getBigUint64(place * 20 + 4),
    sum: bytes.getFloat64(place * 20 + 12),
  }));
}

/**
 * The row of a block and the number that stood there, if that number is all that has changed in the block.
 *
 * @param column The column as it is now.
 * @returns Undefined where more than one cell has changed, or one that is no number.
 */
export function changedAlone(
  column: ArtifactTable["columns"][string],
  before: Block,
  after: Block,
): { row: number; before: number } | undefined {
  const moved = BigInt.asUintN(64, before.bits - after.bits);
  if (moved === 0n) return undefined;
  const view = new DataView(new ArrayBuffer(8));
  const cells = column.slice(after.from, after.to) as Float64Array;
  for (let place = 0; place < cells.length; place++) {
    const now = cells[place];
    if (typeof now !== "number") continue;
    view.setFloat64(0, now);
    view.setBigUint64(0, view.getBigUint64(0) + moved);
    cells[place] = view.getFloat64(0);
    const found = hashOf(cells) === before.hash;
    const was = cells[place];
    cells[place] = now;
    if (found) return { row: after.from + place, before: was };
  }
  return undefined;
}

/** The two halves of the bit pattern of each number, low first, all NaN alike; zeros for other cells. */
function bitsOf(column: ArtifactTable["columns"][string]): Uint32Array {
  const numbers = Float64Array.from(
    column,
    (value) => typeof value === "number" ? Number.isNaN(value) ? NaN : value : 0,
  );
  return new Uint32Array(numbers.buffer);
}

function hashOf(cells: ArtifactTable["columns"][string]): string {
  if (!(cells instanceof Float64Array)) return sha256(JSON.stringify(cells.map(keptCell))).slice(0, 8);
  return sha256(cells.map((value) => Number.isNaN(value) ? NaN : value)).slice(0, 8);
}
