import assert from "node:assert/strict";
import { ProgressBoard } from "./progress_board.ts";
import type { JobProgress } from "./run_notebooks.ts";

function show(
  isTerminal: boolean,
  showCells: boolean,
  changes: JobProgress[],
  size = { columns: 80, rows: 24 },
): string {
  let text = "";
  const output = {
    write: (piece: string) => void (text += piece),
    isTerminal,
    size: () => size,
  };
  const board = new ProgressBoard({ showCells, output });
  try {
    const jobs = new Map<string, JobProgress>([["b", { name: "b", status: "waiting", share: 0, seconds: 0 }]]);
    for (const change of changes) {
      jobs.set(change.name, change);
      board.update(change, () => ({ jobs: [...jobs.values()], seconds: 3, secondsLeft: 4, isAbout: true }));
    }
  } finally {
    board.close();
  }
  return text;
}

/** What a terminal shows in the end of a text with the two movements that the board uses. */
function onScreen(text: string): string[] {
  const lines = [""];
  // deno-lint-ignore no-control-regex
  for (const piece of text.split(/(\x1b\[\d*[FJ]|\n)/)) {
    // deno-lint-ignore no-control-regex
    const [, number, command] = /^\x1b\[(\d*)([FJ])$/.exec(piece) ?? [];
    if (command === "F") lines.splice(lines.length - 1 - Number(number));
    if (command !== undefined) lines.push(...(command === "F" ? [""] : []));
    else if (piece === "\n") lines.push("");
    else lines[lines.length - 1] += piece;
  }
  return lines;
}

const cell = (status: "running" | "ok") => ({ number: 1, count: 2, id: "c", title: "let a = 1", status, seconds: 0.5 });
const run = (rest: Partial<JobProgress> = {}): JobProgress => ({
  name: "a",
  status: "running",
  share: 0,
  seconds: 0,
  ...rest,
});
const CHANGES = [
  run(),
  run({ cell: cell("running") }),
  run({ cell: cell("ok") }),
  run({ status: "ok", share: 1, seconds: 61 }),
  run({ name: "b", status: "failed", failure: "cell 1, Error: no" }),
];

Deno.test("ProgressBoard writes plain lines where there is no terminal", () => {
  const text = show(false, false, CHANGES);
  assert.equal(
    text,
    "a: started\n" +
      "a: done in 1:01; 1 of 2 done, 1 waiting   0:03, about 0:04 left\n" +
      "b: failed: cell 1, Error: no; 1 of 2 done, 1 failed   0:03\n",
  );
});

Deno.test("ProgressBoard redraws its lines in place on a terminal, and leaves those that last", () => {
  assert.deepEqual(onScreen(show(true, false, CHANGES)), ["a  done in 1:01", "b  failed: cell 1, Error: no", ""]);
});

Deno.test("ProgressBoard shows each cell where wanted", () => {
  const expected = ["1/2  ok     0.50 s  let a = 1", ""];
  assert.deepEqual(show(false, true, CHANGES).split("\n"), expected);
  assert.deepEqual(onScreen(show(true, true, CHANGES)), expected);
});

Deno.test("ProgressBoard takes a terminal that does not know its size for one of the usual size", () => {
  assert.equal(show(true, false, CHANGES, { columns: 0, rows: 0 }), show(true, false, CHANGES));
});
