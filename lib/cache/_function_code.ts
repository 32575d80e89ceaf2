import type { CodeGraph } from "@lib/code";
import { freeNames } from "@lib/code";
import { join } from "node:path";
import { readFileSync } from "node:fs";

/** What a function does, as far as its text and the project tell. */
export interface FunctionCode {
  source: string;
  /** Names of the project that it uses. */
  names: string[];
}

/**
 * Names of the language, which mean the same everywhere. Clocks, files, the network and the environment are not among
 * them: what a step computes would hang on more than its inputs.
 */
const LANGUAGE = new Set(
  `undefined NaN Infinity Object Function Array Map Set WeakMap WeakSet WeakRef Date Math JSON Number BigInt String Boolean
  Symbol RegExp Promise Proxy Reflect Iterator Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError
  URIError ArrayBuffer SharedArrayBuffer DataView Atomics Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array
  Int32Array Uint32Array BigInt64Array BigUint64Array Float16Array Float32Array Float64Array Intl parseInt parseFloat isNaN
  isFinite encodeURI encodeURIComponent decodeURI decodeURIComponent structuredClone console TextEncoder TextDecoder URL
  URLSearchParams AbortController AbortSignal DOMException arguments`.split(/\s+/),
);

/**
 * The code of a function that may use its inputs, what the project exports, and the language.
 *
 * @param inputs Names whose values are known by their content.
 * @throws {TypeError} If it uses any other name: a change of it would go unseen.
 */
export function functionCode(
  value: (...parameters: never[]) => unknown,
  { what, inputs, graph }: { what: string; inputs: ReadonlySet<string>; graph: CodeGraph },
): FunctionCode {
  const source = value.toString();
  const unknown: string[] = [];
  const names: string[] = [];
  for (const name of freeNames(source)) {
    if (inputs.has(name) || LANGUAGE.has(name)) continue;
    (graph.definedIn(name) === undefined ? unknown : names).push(name);
  }
  if (unknown.length === 0) return { source, names };
  const file = graph.definedIn(value.name);
  // a function of the project itself, handed in by name: what it uses stands in its file
  if (file !== undefined && uses(join(graph.root, file), unknown)) return { source, names: [value.name] };
  throw new TypeError(
    `Cannot keep ${what}: its code must use only its inputs (${
      [...inputs].join(", ")
    }), exports of the project and the ` +
      `language, current one also uses ${unknown.join(", ")}`,
  );
}

function uses(path: string, names: readonly string[]): boolean {
  const text = readFileSync(path, "utf8");
  return names.every((name) => new RegExp(`(?<![\\w$])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(text));
}
