/**
 * JSON whose bytes depend on the content alone: keys sorted, two spaces, a line feed at the end.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(stableJson({ b: 1, a: [2] }), stableJson({ a: [2], b: 1 }));
 * ```
 *
 * @throws {RangeError} If a number is not finite: JSON would turn it into null without a word.
 */
export function stableJson(value: unknown): string {
  return JSON.stringify(sorted(value, "value"), null, 2) + "\n";
}

function sorted(value: unknown, path: string): unknown {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new RangeError(`Cannot write JSON: every number must be finite, current value of ${path} is ${value}`);
  }
  if (ArrayBuffer.isView(value)) return sorted(Array.from(value as Float64Array), path);
  if (Array.isArray(value)) return value.map((element, index) => sorted(element, `${path}[${index}]`));
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
  return Object.fromEntries(entries.map(([key, element]) => [key, sorted(element, `${path}.${key}`)]));
}
