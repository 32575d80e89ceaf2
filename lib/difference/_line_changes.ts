/** Lines that stand in one text where others stand in another; either may be none. */
export interface LineChange {
  /** Number of the first of these lines in the text before, from 1; where there are none, of the one that follows. */
  lineBefore: number;
  /** The same in the text after. */
  lineAfter: number;
  before: string[];
  after: string[];
}

/** Beyond so many pairs of lines no shortest account is looked for. */
const MOST_PAIRS = 4_000_000;

/**
 * The lines in which two texts differ, by a shortest account of lines that went and came. Spaces at the ends of lines
 * and empty lines count for nothing.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * assert.deepEqual(lineChanges("a\nb\nc", "a\nB\n\nc"), [
 *   { lineBefore: 2, lineAfter: 2, before: ["b"], after: ["B"] },
 * ]);
 * ```
 */
export function lineChanges(before: string, after: string): LineChange[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start].text === now[start].text) start++;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > start && nowEnd > start && old[oldEnd - 1].text === now[nowEnd - 1].text) {
    oldEnd--;
    nowEnd--;
  }
  const changes: LineChange[] = [];
  let [i, j] = [start, start];
  const addUntil = (nextOld: number, nextNow: number) => {
    if (nextOld > i || nextNow > j) {
      changes.push({
        lineBefore: numberOf(old, i),
        lineAfter: numberOf(now, j),
        before: old.slice(i, nextOld).map(({ text }) => text),
        after: now.slice(j, nextNow).map(({ text }) => text),
      });
    }
    [i, j] = [nextOld + 1, nextNow + 1];
  };
  for (const [sameOld, sameNow] of sharedLines(old, now, start, oldEnd, nowEnd)) addUntil(sameOld, sameNow);
  addUntil(oldEnd, nowEnd);
  return changes;
}

interface Line {
  text: string;
  number: number;
}

function linesOf(text: string): Line[] {
  return text.split("\n").map((line, place) => ({ text: line.trim(), number: place + 1 }))
    .filter((line) => line.text !== "");
}

function numberOf(lines: readonly Line[], place: number): number {
  return lines[place]?.number ?? (lines.at(-1)?.number ?? 0) + 1;
}

/** Pairs of a longest common subsequence between two places, in order. */
function sharedLines(old: Line[], now: Line[], start: number, oldEnd: number, nowEnd: number): [number, number][] {
  const [rows, columns] = [oldEnd - start, nowEnd - start];
  if (rows * columns > MOST_PAIRS) return [];
  const width = columns + 1;
  const longest = new Uint16Array((rows + 1) * width);
  const isShared = (row: number, column: number) => old[start + row].text === now[start + column].text;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      longest[row * width + column] = isShared(row, column)
        ? longest[(row + 1) * width + column + 1] + 1
        : Math.max(longest[(row + 1) * width + column], longest[row * width + column + 1]);
    }
  }
  const shared: [number, number][] = [];
  for (let [row, column] = [0, 0]; row < rows && column < columns;) {
    if (isShared(row, column)) shared.push([start + row++, start + column++]);
    else if (longest[(row + 1) * width + column] >= longest[row * width + column + 1]) row++;
    else column++;
  }
  return shared;
}
