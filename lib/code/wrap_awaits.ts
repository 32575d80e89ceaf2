import { codeBelow, statementsOf, type SyntaxNode } from "./_syntax.ts";

/** The functions that {@linkcode wrapAwaits} puts around what is awaited, as expressions. */
export interface AwaitWrappers {
  /** Takes what an `await` waits for, gives what it shall wait for. */
  value: string;
  /** Takes what a `for await` goes through, gives what it shall go through. */
  each: string;
}

/**
 * A script in which each `await` of its own, outside of its functions, goes through a function: so a front end can give
 * up waiting. Lines stay where they are.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * const wrapped = wrapAwaits("const a = await f(async () => await g());", { value: "race", each: "raceEach" });
 * assert.equal(wrapped, "const a = await race( f(async () => await g()));");
 * ```
 *
 * @throws {SyntaxError} If the source cannot be read as TypeScript.
 */
export function wrapAwaits(source: string, { value, each }: AwaitWrappers): string {
  const insertions: { at: number; text: string }[] = [];
  const visit = (node: SyntaxNode): void => {
    if (/Function|ClassMethod|ClassPrivateMethod|ObjectMethod/.test(node.type)) return;
    if (node.type === "AwaitExpression") {
      insertions.push({ at: node.start + "await".length, text: ` ${value}(` }, { at: node.end, text: ")" });
    }
    if (node.type === "ForOfStatement" && node.await) { // "a, b" would become two arguments
      insertions.push({ at: node.right.start, text: `${each}((` }, { at: node.right.end, text: "))" });
    }
    for (const [, child] of codeBelow(node)) visit(child);
  };
  statementsOf(source, "the script").forEach(visit);
  let wrapped = "";
  let place = 0;
  for (const { at, text } of insertions.sort((one, other) => one.at - other.at)) {
    wrapped += source.slice(place, at) + text;
    place = at;
  }
  return wrapped + source.slice(place);
}
