/**
 * The parameter sets of a sweep: `horizonDays=1|5|20 seed=1|2` means six, each a list of assignments as
 * `resolveParameters` takes it, the last name running fastest. A bar inside quotes or after a backslash is part of the
 * value.
 *
 * @param assignments A line, split at spaces outside quotes; or words that a shell has split already, whose quotes are
 * part of the values.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(parameterSweep(`days=1|5 name="a|b"`), [["days=1", "name=a|b"], ["days=5", "name=a|b"]]);
 * assert.deepEqual(parameterSweep(""), [[]]);
 * ```
 *
 * @throws {SyntaxError} If a part is no assignment, or a value is given twice: its runs would be the same.
 */
export function parameterSweep(assignments: string | readonly string[]): string[][] {
  const words = typeof assignments === "string" ? (assignments.match(WORD) ?? []).map(unquote) : assignments;
  return words.map(alternatives).reduce<string[][]>(
    (sets, each) => sets.flatMap((set) => each.map((assignment) => [...set, assignment])),
    [[]],
  );
}

const WORD = /(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'])+/g;
const QUOTED = /"((?:[^"\\]|\\.)*)"|'([^']*)'/g;

/** The word without its quotes; bars that they held are marked by a backslash. */
function unquote(word: string): string {
  return word.replace(
    QUOTED,
    (_, double: string | undefined, single: string) =>
      (double?.replace(/\\(.)/g, "$1") ?? single).replaceAll("|", "\\|"),
  );
}

function alternatives(word: string): string[] {
  const [, name, text] = /^([^=]*)=([^]*)$/.exec(word) ?? [];
  if (name === undefined) {
    throw new SyntaxError(`Cannot read parameters: each must be name=value, current one is ${JSON.stringify(word)}`);
  }
  const values = text.split(/(?<!\\)\|/).map((value) => value.replaceAll("\\|", "|"));
  const twice = values.find((value, i) => values.indexOf(value) !== i);
  if (twice !== undefined) {
    throw new SyntaxError(`Cannot read parameters: each value of ${name} must be given once, ${twice} is given twice`);
  }
  return values.map((value) => `${name}=${value}`);
}
