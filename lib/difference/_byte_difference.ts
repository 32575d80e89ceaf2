import { excerpt } from "./_excerpt.ts";
import type { FirstDifference } from "./first_difference.ts";

/**
 * The first line in which two texts differ.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const bytes = (text: string) => new TextEncoder().encode(text);
 * assert.equal(lineDifference(bytes("a\nb\n"), bytes("a\nc\n"))?.where, "line 2");
 * ```
 *
 * @returns Undefined where they are equal, or one of them is no text (UTF-8).
 */
export function lineDifference(before: Uint8Array, after: Uint8Array): FirstDifference | undefined {
  const [old, now] = [before, after].map(linesOf);
  if (old === undefined || now === undefined) return undefined;
  const length = Math.max(old.length, now.length);
  const differing = Array.from({ length }, (_, place) => place).filter((place) => old[place] !== now[place]);
  if (differing.length === 0) return undefined;
  const [first] = differing;
  return {
    where: `line ${first + 1}`,
    change: `${quoted(old[first], now[first])} -> ${quoted(now[first], old[first])}`,
    extent: counted(differing.length, length, "line"),
  };
}

/** The first byte in which two files differ; undefined where they are equal. */
export function byteDifference(before: Uint8Array, after: Uint8Array): FirstDifference | undefined {
  const length = Math.max(before.length, after.length);
  let [first, differing] = [-1, 0];
  for (let place = 0; place < length; place++) {
    if (before[place] === after[place]) continue;
    if (first < 0) first = place;
    differing++;
  }
  if (first < 0) return undefined;
  const hex = (byte: number | undefined) => byte === undefined ? "the end" : `0x${byte.toString(16).padStart(2, "0")}`;
  return {
    where: `byte ${first}`,
    change: `${hex(before[first])} -> ${hex(after[first])}`,
    extent: counted(differing, length, "byte"),
  };
}

/** `3 of 512 values differ`. */
export function counted(differing: number, all: number, unit: string, units = `${unit}s`): string {
  return `${differing} of ${all} ${all === 1 ? unit : units} ${differing === 1 ? "differs" : "differ"}`;
}

function linesOf(bytes: Uint8Array): string[] | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? undefined : text.split("\n");
  } catch {
    return undefined;
  }
}

/** A line in quotes; of a long one what stands around the first character that differs. */
function quoted(line: string | undefined, other = ""): string {
  return line === undefined ? "the end" : JSON.stringify(excerpt(line, other, 80));
}
