import { sha256, stableJson } from "@lib/core";
import type { StoreFiles, WriterTurn } from "./store_files.ts";

/** Rows `from` up to, not including, `to` of a symbol, counted from its first. */
export type RowRange = readonly [from: number, to: number];

/** A file of values: columns of features, over the rows of its ranges, one after the other. */
export interface Segment {
  sha256: string;
  bytes: number;
  rows: number;
  ranges: Readonly<Record<string, RowRange>>;
}

/** What the rows of a symbol were made of, when they were last continued. */
export interface KnownSymbol {
  rows: number;
  /** SHA-256 of the dates of those rows, and of each column. */
  dates: string;
  columns: Readonly<Record<string, string>>;
}

/** What is kept of a feature. */
export interface KnownFeature {
  code: string;
  /** Columns that it reads. */
  needs: readonly string[];
  /** Rows of each symbol that count. */
  covered: Record<string, number>;
  /** Where its values lie: what a later one has replaces what an earlier one has. */
  segments: string[];
}

/** What the store holds. */
export interface StoreIndex {
  segments: Record<string, Segment>;
  features: Record<string, KnownFeature>;
  symbols: Record<string, KnownSymbol>;
}

const INDEX = "index.json";
const FORMAT = 1;

/** An index without anything. */
export const emptyIndex = (): StoreIndex => ({ segments: {}, features: {}, symbols: {} });

/** The index of a store; an empty one where there is none, or where it is damaged: then all is built anew. */
export async function readIndex(files: StoreFiles): Promise<{ index: StoreIndex; isDamaged: boolean }> {
  const bytes = await files.read(INDEX);
  if (bytes === undefined) return { index: emptyIndex(), isDamaged: false };
  const text = new TextDecoder().decode(bytes);
  try {
    const { format, hash, index } = JSON.parse(text);
    if (format === FORMAT && sha256(stableJson(index)) === hash) return { index, isDamaged: false };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { index: emptyIndex(), isDamaged: true };
}

/** Writes the index: from then on, what it names counts. */
export async function writeIndex(turn: WriterTurn, index: StoreIndex): Promise<void> {
  const text = JSON.stringify({ format: FORMAT, hash: sha256(stableJson(index)), index });
  await turn.write(INDEX, text);
}
