import assert from "node:assert/strict";
import { JobClock } from "./_job_clock.ts";
import type { CellProgress } from "./run_notebook.ts";

const cell = (number: number, status: CellProgress["status"], count = 2): CellProgress => ({
  number,
  count,
  id: `c${number}`,
  title: "",
  status,
  seconds: 0,
});
const PAST = { seconds: 11, cells: { c1: 4, c2: 6 }, isSame: true };

Deno.test("JobClock follows the cells' times of the earlier run", () => {
  const clock = new JobClock(PAST, 100);
  assert.deepEqual(clock.estimate(100), { share: 0, secondsLeft: 11, isSame: true });
  clock.tell(cell(1, "running"), 101);
  assert.deepEqual(clock.estimate(103), { share: 3 / 11, secondsLeft: 8, isSame: true });
  assert.deepEqual(clock.estimate(999).share, 5 / 11, "a cell that takes longer than before holds the estimate");
  clock.tell(cell(1, "ok"), 105);
  clock.tell(cell(2, "running"), 105);
  assert.deepEqual(clock.estimate(108), { share: 8 / 11, secondsLeft: 3, isSame: true });
  assert.deepEqual(clock.estimate(999), { share: 0.99, secondsLeft: 0, isSame: true });
});

Deno.test("JobClock takes the pace of the run", () => {
  const clock = new JobClock(PAST, 0);
  clock.tell(cell(1, "running"), 1);
  clock.tell(cell(1, "ok"), 9);
  clock.tell(cell(2, "running"), 9);
  assert.deepEqual(clock.estimate(9).secondsLeft, 12, "twice as slow as before");
});

Deno.test("JobClock says where the earlier run was another one", () => {
  const others = new JobClock({ ...PAST, isSame: false }, 0);
  assert.equal(others.estimate(1).isSame, false);
  const edited = new JobClock(PAST, 0);
  edited.tell(cell(1, "running", 3), 0);
  assert.equal(edited.estimate(1).isSame, false);
});

Deno.test("JobClock without an earlier run counts cells", () => {
  const clock = new JobClock(undefined, 0);
  assert.deepEqual(clock.estimate(5), { share: 0, isSame: false });
  clock.tell(cell(1, "running", 4), 1);
  assert.deepEqual(clock.estimate(5), { share: 0, isSame: false });
  clock.tell(cell(1, "ok", 4), 6);
  assert.deepEqual(clock.estimate(6), { share: 1 / 4, secondsLeft: 18, isSame: false });
});
