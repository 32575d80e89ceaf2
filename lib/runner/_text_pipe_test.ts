import assert from "node:assert/strict";
import { type PipedText, TextPipe } from "./_text_pipe.ts";

const MARK = "\u2063secret\u2063";
const encoder = new TextEncoder();

/** What comes out of bytes that arrive in pieces of that size, pieces of one event and one origin joined. */
function read(bytes: Uint8Array, pieceBytes: number): { pieces: [number, boolean, string][]; reached: number[] } {
  const pieces: [number, boolean, string][] = [];
  const reached: number[] = [];
  const take = ({ event, isOwn, text }: PipedText) => {
    const last = pieces.at(-1);
    if (last?.[0] === event && last[1] === isOwn) last[2] += text;
    else pieces.push([event, isOwn, text]);
  };
  const pipe = new TextPipe("stdout", MARK, take, () => reached.push(pipe.event));
  for (let start = 0; start < bytes.length; start += pieceBytes) pipe.read(bytes.subarray(start, start + pieceBytes));
  return { pieces, reached };
}

Deno.test("TextPipe tells an event's own text from what others write, in pieces of any size", () => {
  const own = `é🧮 ${MARK}`; // a cell may print what looks like a mark
  const bytes = encoder.encode(
    `before\u2063${MARK}1 0\nother${MARK}2 ${encoder.encode(own).length}\n${own}after${MARK}3 0\n`,
  );
  for (const pieceBytes of [1, 2, 3, 7, 1000]) {
    assert.deepEqual(read(bytes, pieceBytes), {
      pieces: [[0, false, "before\u2063"], [1, false, "other"], [2, true, own], [2, false, "after"]],
      reached: [1, 2, 3],
    });
  }
});

Deno.test("TextPipe puts together a character that a mark divides", () => {
  const [first, ...rest] = encoder.encode("é");
  const bytes = new Uint8Array([first, ...encoder.encode(`${MARK}1 1\nx`), ...rest]);
  assert.deepEqual(read(bytes, 1000).pieces, [[1, true, "x"], [1, false, "é"]]);
});
