/**
 * A text, and of a longer one the part around the first character in which it differs from another, so that what changed
 * can be seen.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const [before, after] = ["0.1 + ".repeat(30) + "2", "0.1 + ".repeat(30) + "3"];
 * assert.equal(excerpt(before, after, 20), "... 0.1 + 0.1 + 0.1 + 2");
 * assert.equal(excerpt("short", "other", 20), "short");
 * ```
 *
 * @param most Characters shown, beside the dots that stand for what is left out.
 */
export function excerpt(text: string, other: string, most: number): string {
  if (text.length <= most) return text;
  let same = 0;
  while (same < text.length && text[same] === other[same]) same++;
  // a third of the room for what stands before the change
  const from = same < most * 0.7 ? 0 : Math.min(same - Math.floor(most / 3), text.length - most);
  return `${from > 0 ? "..." : ""}${text.slice(from, from + most)}${from + most < text.length ? "..." : ""}`;
}
