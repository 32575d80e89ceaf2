import assert from "node:assert/strict";
import fc from "fast-check";
import { byUrgency, checkJobs, type Demand, fits, nextJob, secondsToEnd } from "./_job_queue.ts";

const job = (name: string, rest: Partial<Demand> = {}): Demand => ({
  name,
  after: [],
  cores: 1,
  memoryMb: 100,
  seconds: 10,
  ...rest,
});
const LIMITS = { cores: 2, memoryMb: 1000 };

Deno.test("checkJobs() refuses a name given twice, an unknown one, and a circle", () => {
  checkJobs([job("b", { after: ["a"] }), job("a")]);
  assert.throws(() => checkJobs([job("a"), job("a")]), /a is given twice/);
  assert.throws(() => checkJobs([job("a", { after: ["z"] })]), /what a waits for must be one of them.* z$/);
  const circle = [job("a", { after: ["c"] }), job("b", { after: ["a"] }), job("c", { after: ["b"] }), job("d")];
  assert.throws(() => checkJobs(circle), /these do: a, b, c$/);
});

Deno.test("fits() counts cores and memory, and lets a job that is alone run whatever it takes", () => {
  assert.ok(fits(job("a"), [job("b")], LIMITS));
  assert.ok(!fits(job("a", { cores: 2 }), [job("b")], LIMITS));
  assert.ok(fits(job("a", { memoryMb: 900 }), [job("b")], LIMITS));
  assert.ok(!fits(job("a", { memoryMb: 901 }), [job("b")], LIMITS));
  assert.ok(fits(job("a", { memoryMb: 1e6, cores: 64 }), [], LIMITS));
});

Deno.test("nextJob() takes the longest chain first, and fills gaps with what fits", () => {
  const jobs = [
    job("short"),
    job("head", { seconds: 2 }),
    job("tail", { after: ["head"], seconds: 20 }),
    job("mid", { seconds: 15 }),
  ];
  assert.deepEqual(byUrgency(jobs).map(({ name }) => name), ["head", "tail", "mid", "short"]);
  assert.equal(nextJob(byUrgency(jobs), [], LIMITS)?.name, "head");
  assert.equal(nextJob(byUrgency(jobs.slice(2)), [jobs[1]], LIMITS)?.name, "mid");
  const large = job("large", { memoryMb: 950, seconds: 99 });
  assert.equal(nextJob([large, jobs[0]], [jobs[3]], LIMITS)?.name, "short");
  assert.equal(nextJob([large], [jobs[3]], LIMITS), undefined);
});

Deno.test("secondsToEnd() plays the queue through", () => {
  assert.equal(secondsToEnd([], [], LIMITS), 0);
  assert.equal(secondsToEnd([job("a"), job("b"), job("c")], [], LIMITS), 20);
  assert.equal(secondsToEnd([job("b", { after: ["a"] })], [job("a", { seconds: 4 })], LIMITS), 14);
  assert.equal(secondsToEnd([job("a", { memoryMb: 600 }), job("b", { memoryMb: 600 })], [], LIMITS), 20);
});

Deno.test("secondsToEnd() lies between the work shared by all cores and the work done one by one", () => {
  const seconds = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 });
  fc.assert(fc.property(seconds, fc.integer({ min: 1, max: 4 }), (list, cores) => {
    const jobs = list.map((seconds, i) => job(`job ${i}`, { seconds, memoryMb: 0 }));
    const total = list.reduce((sum, each) => sum + each, 0);
    const end = secondsToEnd(jobs, [], { cores, memoryMb: 1 });
    assert.ok(end >= Math.max(total / cores, ...list) && end <= total, `${end}`);
  }));
});
