import { commentsOf } from "./_syntax.ts";

/**
 * A module's text with spaces in place of its comments: what is left can change a result. Lines keep their numbers.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.equal(withoutComments("const a = 1; // one\nf();", "a.ts"), "const a = 1;       \nf();");
 * ```
 *
 * @param path For messages.
 * @throws {SyntaxError} If the text is no TypeScript.
 */
export function withoutComments(source: string, path: string): string {
  let [text, end] = ["", 0];
  for (const comment of commentsOf(source, path)) {
    text += source.slice(end, comment.start) + source.slice(comment.start, comment.end).replace(/[^\r\n]/g, " ");
    end = comment.end;
  }
  return text + source.slice(end);
}
