import assert from "node:assert/strict";
import { systemInterface } from "./_system_interface.ts";

type Write = (descriptor: number, pieces: number, count: number, written: number) => number;

function system() {
  const memory = new ArrayBuffer(256);
  const lines: string[] = [];
  const functions = systemInterface(() => memory, (line) => lines.push(line));
  return { memory, lines, functions, write: functions.fd_write as Write };
}

Deno.test("systemInterface() hands out what is printed line by line, however it comes in pieces", () => {
  const { memory, lines, write } = system();
  const view = new DataView(memory);
  new Uint8Array(memory, 100).set(new TextEncoder().encode("one\ntwo"));
  for (const [index, [address, length]] of [[100, 2], [102, 5]].entries()) {
    view.setUint32(8 * index, address, true);
    view.setUint32(8 * index + 4, length, true);
  }
  assert.equal(write(1, 0, 2, 50), 0);
  assert.equal(view.getUint32(50, true), 7);
  assert.deepEqual(lines, ["one"]);
  new Uint8Array(memory, 102).set(new TextEncoder().encode("\n"));
  view.setUint32(0, 102, true);
  view.setUint32(4, 1, true);
  write(2, 0, 1, 50);
  assert.deepEqual(lines, ["one", "two"]);
});

Deno.test("systemInterface() has no files, and its clock stands still", () => {
  const { memory, functions, write } = system();
  assert.equal((functions.path_open as () => number)(), 44);
  assert.equal(write(3, 0, 0, 0), 8);
  new Uint8Array(memory).fill(1);
  (functions.clock_time_get as (clock: number, precision: bigint, time: number) => number)(0, 1n, 8);
  assert.equal(new DataView(memory).getBigUint64(8, true), 0n);
});
