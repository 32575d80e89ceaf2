import assert from "node:assert/strict";
import { clockText, progressLines } from "./progress_lines.ts";
import type { JobProgress, JobsProgress } from "./run_notebooks.ts";

const job = (name: string, rest: Partial<JobProgress> = {}): JobProgress => ({
  name,
  status: "running",
  share: 0,
  seconds: 0,
  ...rest,
});
const all = (jobs: JobProgress[], rest: Partial<JobsProgress> = {}): JobsProgress => ({
  jobs,
  seconds: 5,
  isAbout: false,
  ...rest,
});

Deno.test("clockText() writes durations as clocks do", () => {
  assert.deepEqual([0, 7.4, 59.6, 760, 3600, 11_100].map(clockText), [
    "0:00",
    "0:07",
    "1:00",
    "12:40",
    "1:00:00",
    "3:05:00",
  ]);
});

Deno.test("progressLines() shows what runs, how far, and how long still", () => {
  const cell = { number: 5, count: 13, id: "c5", title: "const a\x1b[2J = 1", status: "running", seconds: 0 } as const;
  const lines = progressLines(
    all([
      job("panel/horizon_1", { share: 0.625, secondsLeft: 42, cell }),
      job("bars/h", { share: 0.1 }),
      job("x", { status: "ok", share: 1 }),
      job("y", { status: "failed" }),
      job("z", { status: "waiting" }),
    ], { secondsLeft: 70 }),
    { columns: 99, rows: 9 },
  );
  assert.deepEqual(lines, [
    "1 of 5 done, 1 failed, 2 running, 1 waiting   0:05, 1:10 left",
    "panel/horizon_1  ████████░░░░   62 %   0:42 left  cell 5 of 13: const a [2J = 1",
    "bars/h           █░░░░░░░░░░░   10 %",
  ]);
});

Deno.test("progressLines() stays within the window", () => {
  const jobs = Array.from({ length: 30 }, (_, i) => job(`a very long name of a notebook that goes on and on ${i}`));
  for (const [columns, rows] of [[20, 5], [200, 3], [10, 1], [80, 2]]) {
    const lines = progressLines(all(jobs), { columns, rows });
    assert.ok(lines.length <= rows && lines.every((line) => line.length <= columns));
  }
  assert.match(progressLines(all(jobs), { columns: 99, rows: 5 })[1], /^…[^ ].* and on 0 /);
});
