import type { Weights } from "../network.ts";
import type { Numbers } from "./adam_w.ts";

/** Single-precision numbers as text that loses no bit: base64 of little-endian bytes. */
export function packNumbers(values: Float32Array<ArrayBuffer>): string {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).toBase64();
}

/** @throws {SyntaxError} If the text is no base64 of whole numbers. */
export function unpackNumbers(text: string): Float32Array<ArrayBuffer> {
  const bytes = Uint8Array.fromBase64(text);
  if (bytes.length % 4 === 0) return new Float32Array(bytes.buffer, 0, bytes.length / 4);
  throw new SyntaxError(`Cannot read numbers: there must be four bytes for each, current count is ${bytes.length}`);
}

/** Weights as plain JSON. */
export type PackedWeights = Record<string, { shape: readonly number[]; values: string }>;

export function packWeights(weights: Weights): PackedWeights {
  return mapped(weights, ({ shape, values }) => ({ shape, values: packNumbers(values) }));
}

/** @throws {SyntaxError} If numbers cannot be read, or do not fill their shape. */
export function unpackWeights(packed: PackedWeights): Weights {
  return mapped(packed, ({ shape, values }, name) => {
    const numbers = unpackNumbers(values);
    const size = shape.reduce((product, length) => product * length, 1);
    if (numbers.length === size) return { shape, values: numbers };
    throw new SyntaxError(`Cannot read weights: ${name} must have ${size} numbers, current count is ${numbers.length}`);
  });
}

export const packAll = (numbers: Numbers): Record<string, string> => mapped(numbers, packNumbers);

export const unpackAll = (packed: Record<string, string>): Numbers => mapped(packed, unpackNumbers);

function mapped<From, To>(record: Readonly<Record<string, From>>, map: (value: From, name: string) => To) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value, name)]));
}
