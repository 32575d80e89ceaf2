import assert from "node:assert/strict";
import { join } from "node:path";
import { readNotebook } from "./notebook_file.ts";
import { type JobProgress, type JobsProgress, type NotebookJob, runNotebooks } from "./run_notebooks.ts";
import { codeCell } from "./testdata/code_cell.ts";

const folder = Deno.makeTempDirSync();
addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

const notebook = (name: string, ...sources: string[]) => {
  const path = join(folder, `${name}.ipynb`);
  const cells = [
    codeCell("parameters", "let value = 1;", ["parameters"]),
    ...sources.map((each, i) => codeCell(`c${i}`, each)),
  ];
  Deno.writeTextFileSync(path, JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  return path;
};
const job = (name: string, path: string, rest: Partial<NotebookJob> = {}): NotebookJob => ({
  name,
  path,
  executedPath: join(folder, "left", `${name}.ipynb`),
  check: "none",
  ...rest,
});

/** The most jobs that ran at the same time, and the order in which they started. */
function observer() {
  const running = new Set<string>();
  const seen = { most: 0, last: undefined as JobsProgress | undefined };
  const onProgress = ({ name, status }: JobProgress, progress: () => JobsProgress) => {
    if (status === "running") running.add(name);
    else running.delete(name);
    seen.most = Math.max(seen.most, running.size);
    seen.last = progress();
  };
  return { seen, onProgress };
}

Deno.test("runNotebooks() runs as many at a time as cores allow, each with its parameters and environment", async () => {
  const path = notebook("quick", `console.log(value, Deno.env.get("COMMON"), Deno.env.get("OWN"))`);
  const { seen, onProgress } = observer();
  const jobs = [1, 2, 3].map((value) =>
    job(`quick ${value}`, path, { parameters: { value }, environment: { OWN: "o" } })
  );
  const runs = await runNotebooks(jobs, { cores: 2, memoryMb: 1e6, environment: { COMMON: "c" }, onProgress });
  assert.deepEqual(runs.map(({ name, status }) => [name, status]), jobs.map(({ name }) => [name, "ok"]));
  assert.equal(seen.most, 2);
  assert.deepEqual(seen.last?.jobs.map(({ share }) => share), [1, 1, 1]);
  assert.equal(seen.last?.secondsLeft, 0);
  const { cells } = await readNotebook(jobs[2].executedPath!);
  assert.match(JSON.stringify(cells), /"text":"3 c o\\n"/);
  if (Deno.build.os === "linux") assert.ok(runs.every(({ memoryMb = 0 }) => memoryMb > 10 && memoryMb < 2000));
});

Deno.test("runNotebooks() keeps to the memory that jobs declare, and runs alone what never fits", async () => {
  const path = notebook("heavy", `await new Promise((go) => setTimeout(go, 50))`);
  const { seen, onProgress } = observer();
  const jobs = ["a", "b", "c"].map((name) => job(name, path, { memoryMb: 600 }));
  const huge = job("huge", path, { memoryMb: 5000, cores: 64 });
  const runs = await runNotebooks([...jobs, huge], { cores: 4, memoryMb: 1000, onProgress });
  assert.ok(runs.every(({ status }) => status === "ok"));
  assert.equal(seen.most, 1);
});

Deno.test("runNotebooks() counts a job with what it holds once that is more than it declared", async () => {
  if (Deno.build.os !== "linux") return; // elsewhere nothing is measured
  const marker = JSON.stringify(join(folder, "taken"));
  const grows = notebook(
    "grows",
    `const held = new Uint8Array(200e6).fill(1); held.length`,
    `Deno.writeTextFileSync(${marker}, "")`,
    `await new Promise((go) => setTimeout(go, 200))`,
  );
  const waits = notebook(
    "waits",
    `while (!await Deno.stat(${marker}).catch(() => undefined)) await new Promise((go) => setTimeout(go, 10));`,
  );
  const [first, , third] = await runNotebooks([
    job("grows", grows, { memoryMb: 1 }),
    job("waits", waits, { memoryMb: 1 }),
    // it can start while the first still runs, and would if that had kept to what it declared
    job("third", notebook("third", "1"), { memoryMb: 1, after: ["waits"] }),
  ], { cores: 4, memoryMb: 150 });
  assert.deepEqual([first.status, third.status], ["ok", "ok"]);
  const firstEnd = first.startedAt.getTime() + 1000 * first.seconds;
  assert.ok(third.startedAt.getTime() >= firstEnd - 5, "the third must wait for the memory of the first");
});

Deno.test("runNotebooks() skips what waits for a failed job, and nothing else", async () => {
  const good = notebook("good", "value");
  const bad = notebook("bad", `throw new RangeError("planted")`);
  const ended: string[] = [];
  const [last, first, other, absent, strange] = await runNotebooks([
    job("last", good, { after: ["first"] }),
    job("first", bad),
    job("other", good),
    job("absent", join(folder, "absent.ipynb")),
    job("strange", good, { parameters: { values: 1 } }),
  ], { memoryMb: 1e6, onEnd: ({ name }) => ended.push(name) });
  assert.deepEqual([last.status, last.failure], ["skipped", "it waits for first, which failed"]);
  assert.deepEqual([first.status, first.failure], ["failed", "cell 2, RangeError: planted"]);
  assert.equal(first.run?.status, "error");
  assert.equal(other.status, "ok");
  assert.match(absent.failure!, /there must be a file/);
  assert.match(strange.failure!, /the known ones are value/);
  assert.deepEqual(ended.sort(), ["absent", "first", "last", "other", "strange"]);
});

Deno.test("runNotebooks() fails a job whose preparation or end throws", async () => {
  const good = notebook("simple", "value");
  const fail = (text: string) => () => {
    throw new Error(text);
  };
  const [before, after] = await runNotebooks([
    job("before", good, { prepare: fail("no room") }),
    job("after", good, { finish: fail("no page") }),
  ], { memoryMb: 1e6 });
  assert.deepEqual([before.status, before.failure, before.run], ["failed", "no room", undefined]);
  assert.deepEqual([after.status, after.failure, after.run?.status], ["failed", "no page", "ok"]);
});

Deno.test("runNotebooks() stops everything when aborted, and leaves valid notebooks", async () => {
  const endless = notebook("endless", `console.log("begun")`, "while (true);", `"never"`);
  const stop = new AbortController();
  let inLoop = 0;
  const runs = await runNotebooks([job("a", endless), job("b", endless), job("c", endless)], {
    cores: 2,
    memoryMb: 1e6,
    signal: stop.signal,
    onProgress: ({ status, cell }) => {
      if (status === "running" && cell?.number === 3 && cell.status === "running" && ++inLoop === 2) stop.abort();
    },
  });
  assert.deepEqual(runs.map(({ status, run }) => [status, run?.status]), [
    ["failed", "interrupted"],
    ["failed", "interrupted"],
    ["skipped", undefined],
  ]);
  for (const name of ["a", "b"]) {
    const { cells, metadata } = await readNotebook(join(folder, "left", `${name}.ipynb`));
    assert.equal((metadata.runner as { status: string }).status, "interrupted");
    assert.match(JSON.stringify(cells), /"text":"begun\\n"/);
  }
});

Deno.test("runNotebooks() estimates from earlier runs, and else says about", async () => {
  const historyPath = join(folder, "history", "durations.json");
  const pause = `await new Promise((go) => setTimeout(go, 300))`;
  const path = notebook("timed", pause, pause);
  const seconds: { known: number | undefined; isAbout: boolean }[] = [];
  const observe = async (value: number, name = "timed") => {
    const early = Promise.withResolvers<JobsProgress>();
    await runNotebooks([job(name, path, { parameters: { value } })], {
      historyPath,
      memoryMb: 1e6,
      onProgress: ({ cell, status }, progress) => {
        if (status === "running" && cell?.number === 1) early.resolve(progress());
      },
    });
    const { secondsLeft, isAbout } = await early.promise;
    seconds.push({ known: secondsLeft, isAbout });
  };
  await observe(1);
  await observe(1);
  await observe(2);
  assert.deepEqual(seconds.map(({ known, isAbout }) => [known !== undefined, isAbout]), [
    [false, true],
    [true, false],
    [true, true],
  ]);
  assert.ok(seconds[1].known! > 0.5 && seconds[1].known! < 5, String(seconds[1].known));
  await Deno.writeTextFile(historyPath, "damaged");
  await observe(1);
  assert.deepEqual(seconds[3], { known: undefined, isAbout: true });
});

Deno.test("runNotebooks() refuses limits and names that cannot be", async () => {
  await assert.rejects(runNotebooks([], { cores: 0 }), /cores must be at least 1/);
  await assert.rejects(runNotebooks([], { memoryMb: NaN }), /memoryMb above 0/);
  await assert.rejects(runNotebooks([job("a", "a.ipynb"), job("a", "a.ipynb")]), /a is given twice/);
});
