import { Panel, sha256 } from "@lib/core";
import { NUMBER_ARRAYS } from "./_number_arrays.ts";

/**
 * Gives back a value that `encodeValue` has written, every array of numbers with memory of its own.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { encodeValue } from "@lib/cache";
 * const { tree, blobs } = encodeValue({ rounds: undefined, fit: Float64Array.of(-0, NaN) });
 * assert.deepEqual(decodeValue(tree, [...blobs.values()]), { rounds: undefined, fit: Float64Array.of(-0, NaN) });
 * ```
 *
 * @param pieces The bytes of the arrays, in the order of `blobs`; or all of them in one piece.
 * @throws {SyntaxError} If the tree is none, or bytes are missing, left over or not those that the tree names.
 */
export function decodeValue(tree: string, pieces: readonly Uint8Array[]): unknown {
  const decoder = new Decoder(pieces);
  const value = decoder.value(parsed(tree));
  decoder.checkEnd();
  return value;
}

function parsed(tree: string): unknown {
  try {
    return JSON.parse(tree);
  } catch (error) {
    throw damage(`the tree must be JSON, ${(error as Error).message}`);
  }
}

class Decoder {
  readonly #pieces: readonly Uint8Array[];
  readonly #known = new Map<string, Uint8Array>();
  #piece = 0;
  #offset = 0;

  constructor(pieces: readonly Uint8Array[]) {
    this.#pieces = pieces;
  }

  value(node: unknown): unknown {
    if (!Array.isArray(node)) {
      if (typeof node !== "object" || node === null) return node;
      return Object.fromEntries(Object.entries(node).map(([key, part]) => [key, this.value(part)]));
    }
    const [tag, ...parts] = node;
    switch (tag) {
      case "undefined":
        return undefined;
      case "number":
        return Number(parts[0]);
      case "bigint":
        return BigInt(parts[0]);
      case "bare":
        return Object.assign(Object.create(null), this.value(parts[0]));
      case "array":
        return parts.map((part) => this.value(part));
      case "map":
        return new Map(parts.map(([key, part]) => [this.value(key), this.value(part)]));
      case "set":
        return new Set(parts.map((part) => this.value(part)));
      case "date":
        return new Date(this.value(parts[0]) as number);
      case "buffer":
        return this.#buffer(parts[0], parts[1]);
      case "numbers": {
        const NumberArray = NUMBER_ARRAYS[parts[0]];
        if (NumberArray === undefined) throw damage(`a kind of numbers must be known, current one is ${parts[0]}`);
        return new NumberArray(this.#buffer(parts[1], parts[2]));
      }
      case "panel": {
        const [symbols, dates, starts, dayOf, columns] = parts.map((part) => this.value(part));
        return new Panel(
          symbols as string[],
          dates as string[],
          starts as Int32Array,
          dayOf as Int32Array,
          columns as Record<string, Float64Array>,
        );
      }
    }
    throw damage(`a tag must be known, current one is ${tag}`);
  }

  checkEnd(): void {
    while (this.#pieces[this.#piece]?.length === this.#offset) [this.#piece, this.#offset] = [this.#piece + 1, 0];
    if (this.#piece < this.#pieces.length) throw damage("no bytes must be left over");
  }

  /** A copy, aligned and to be changed at will. */
  #buffer(byteLength: number, hash: string): ArrayBuffer {
    const known = this.#known.get(hash) ?? this.#next(byteLength, hash);
    return known.slice().buffer;
  }

  #next(byteLength: number, hash: string): Uint8Array {
    while (byteLength > 0 && this.#pieces[this.#piece]?.length === this.#offset) {
      [this.#piece, this.#offset] = [this.#piece + 1, 0];
    }
    const bytes = this.#pieces[this.#piece]?.subarray(this.#offset, this.#offset + byteLength) ?? new Uint8Array();
    if (bytes.length !== byteLength) throw damage(`${byteLength} bytes must follow, current number is ${bytes.length}`);
    const current = sha256(bytes);
    if (current !== hash) throw damage(`the hash of numbers must be ${hash}, current one is ${current}`);
    this.#offset += byteLength;
    this.#known.set(hash, bytes);
    return bytes;
  }
}

function damage(reason: string): SyntaxError {
  return new SyntaxError(`Cannot read a kept value: ${reason}`);
}
