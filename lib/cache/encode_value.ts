import { createHash } from "node:crypto";
import { Panel, sha256 } from "@lib/core";
import { NUMBER_ARRAYS, type NumberArray } from "./_number_arrays.ts";

/** A value as a text and the numbers beside it; the same bytes for the same value. */
export interface EncodedValue {
  /** JSON that names arrays of numbers by their SHA-256. */
  tree: string;
  /** The bytes of those arrays by SHA-256, in the order in which the tree names them first; equal ones once. */
  blobs: Map<string, Uint8Array>;
  /** SHA-256 of the tree, and so of all that the value holds. */
  hash: string;
}

/** Options of {@linkcode encodeValue}. */
export interface EncodeValueOptions {
  /** What to write for a function. Default: a function is refused. */
  describeFunction?: (value: (...parameters: never[]) => unknown, path: string) => string;
  /** Whether to collect the bytes of arrays; without them only the hash is of use. Default true. */
  keepBytes?: boolean;
  /** What the value is called in messages. Default "value". */
  name?: string;
}

/**
 * Writes a value so that {@linkcode decodeValue} gives it back exactly.
 *
 * Kept are: null, undefined, booleans, numbers (NaN, infinities and -0 too), bigints, texts, plain objects in the order
 * of their keys, arrays, Map, Set, Date, typed arrays, ArrayBuffer and Panel. Every NaN counts as the same one, whatever
 * its bits. Not kept is which parts are one and the same object: parts come back apart.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const one = encodeValue({ fit: Float64Array.of(1, NaN), rounds: undefined });
 * const other = encodeValue({ fit: Float64Array.of(1, NaN), rounds: undefined });
 * assert.equal(one.hash, other.hash);
 * assert.throws(() => encodeValue({ library: new WeakMap() }), /value\.library is a WeakMap/);
 * ```
 *
 * @throws {TypeError} If a part of the value could not be given back exactly; it is named.
 */
export function encodeValue(value: unknown, options: EncodeValueOptions = {}): EncodedValue {
  const encoder = new Encoder(options);
  const tree = JSON.stringify(encoder.node(value, options.name ?? "value"));
  return { tree, blobs: encoder.blobs, hash: sha256(tree) };
}

/**
 * SHA-256 of all that a value holds, without a copy of it: what {@linkcode encodeValue} gives as `hash`.
 *
 * @throws {TypeError} As `encodeValue`.
 */
export function contentHash(value: unknown, options: Omit<EncodeValueOptions, "keepBytes"> = {}): string {
  return encodeValue(value, { ...options, keepBytes: false }).hash;
}

class Encoder {
  readonly blobs = new Map<string, Uint8Array>();
  readonly #options: EncodeValueOptions;
  readonly #above = new Set<object>();

  constructor(options: EncodeValueOptions) {
    this.#options = options;
  }

  /** A value as JSON: what JSON has stands for itself, all else is an array that opens with a tag. */
  node(value: unknown, path: string): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : ["number", Object.is(value, -0) ? "-0" : `${value}`];
      case "undefined":
        return ["undefined"];
      case "bigint":
        return ["bigint", `${value}`];
      case "function":
        if (!this.#options.describeFunction) throw refusal(path, "a function");
        return ["function", this.#options.describeFunction(value as never, path)];
      case "symbol":
        throw refusal(path, "a symbol");
    }
    return value === null ? null : this.#withinItself(value as object, path);
  }

  #withinItself(value: object, path: string): unknown {
    if (this.#above.has(value)) throw refusal(path, "a part of itself");
    this.#above.add(value);
    const node = this.#object(value, path);
    this.#above.delete(value);
    return node;
  }

  #object(value: object, path: string): unknown {
    const prototype = Object.getPrototypeOf(value);
    switch (prototype) {
      case Object.prototype:
        return this.#plain(value, path);
      case null:
        return ["bare", this.#plain(value, path)];
      case Array.prototype:
        return ["array", ...this.#elements(value as unknown[], path)];
      case Map.prototype: {
        this.#checkBare(value, path);
        const entries = [...value as Map<unknown, unknown>];
        return [
          "map",
          ...entries.map((entry, i) => entry.map((each, side) => this.node(each, `${path}[${i}][${side}]`))),
        ];
      }
      case Set.prototype:
        this.#checkBare(value, path);
        return ["set", ...Array.from(value as Set<unknown>, (each, i) => this.node(each, `${path}[${i}]`))];
      case Date.prototype:
        this.#checkBare(value, path);
        return ["date", this.node((value as Date).getTime(), path)];
      case ArrayBuffer.prototype:
        return ["buffer", (value as ArrayBuffer).byteLength, this.#blob(new Uint8Array(value as ArrayBuffer))];
      case Panel.prototype: {
        const { symbols, dates, starts, dayOf, columns } = value as Panel;
        return ["panel", ...[symbols, dates, starts, dayOf, columns].map((part) => this.node(part, path))];
      }
    }
    const name = prototype.constructor?.name ?? "an unknown class";
    if (NUMBER_ARRAYS[name]?.prototype === prototype) {
      const array = value as NumberArray;
      return ["numbers", name, array.byteLength, this.#blob(array)];
    }
    throw refusal(path, `a ${name}`);
  }

  #plain(value: object, path: string): Record<string, unknown> {
    return Object.fromEntries(
      Reflect.ownKeys(value).map((key) => {
        const place = `${path}.${String(key)}`;
        const { enumerable, get, set, value: part } = Object.getOwnPropertyDescriptor(value, key)!;
        if (typeof key === "symbol" || !enumerable || get || set) throw refusal(place, "no plain property");
        return [key, this.node(part, place)];
      }),
    );
  }

  #elements(array: unknown[], path: string): unknown[] {
    if (Reflect.ownKeys(array).length !== array.length + 1) { // one is length
      throw refusal(path, "an array with holes or with properties of its own");
    }
    return array.map((element, index) => this.node(element, `${path}[${index}]`));
  }

  #checkBare(value: object, path: string): void {
    if (Reflect.ownKeys(value).length > 0) throw refusal(path, "an object with properties of its own");
  }

  #blob(array: NumberArray): string {
    const { keepBytes = true } = this.#options;
    const isFloat = array instanceof Float64Array || array instanceof Float32Array || array instanceof Float16Array;
    if (!keepBytes && isFloat) return hashOfFloats(array);
    const bytes = isFloat ? bytesOf(withOneNaN(array)) : bytesOf(array);
    const hash = sha256(bytes);
    if (keepBytes && !this.blobs.has(hash)) this.blobs.set(hash, bytes);
    return hash;
  }
}

type FloatArray = Float64Array | Float32Array | Float16Array;

/** A NaN may carry any payload in its bits, and which one depends on how code was compiled: all get the same ones. */
function withOneNaN<Floats extends FloatArray>(array: Floats): Floats {
  const copy = array.slice() as Floats;
  for (let i = 0; i < copy.length; i++) if (copy[i] !== copy[i]) copy[i] = NaN;
  return copy;
}

/** The hash of what {@linkcode withOneNaN} gives, piece by piece: panels are large. */
function hashOfFloats(array: FloatArray): string {
  const PIECE = 65_536;
  const hash = createHash("sha256");
  for (let from = 0; from < array.length; from += PIECE) {
    hash.update(bytesOf(withOneNaN(array.subarray(from, from + PIECE) as FloatArray)));
  }
  return hash.digest("hex");
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function refusal(path: string, current: string): TypeError {
  return new TypeError(
    `Cannot keep ${
      path.split(/[.[]/, 1)[0]
    }: every part must be data that can be given back exactly, ${path} is ${current}`,
  );
}
