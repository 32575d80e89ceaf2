import assert from "node:assert/strict";
import { codeCell } from "../runner/testdata/code_cell.ts";
import { runStudies, type RunStudiesOptions } from "./run_studies.ts";
import type { Step, Study } from "./study.ts";

const notebook = JSON.stringify({
  nbformat: 4,
  nbformat_minor: 5,
  metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
  cells: [
    codeCell("parameters", `let outputFolder = ""; let value = 1; let broken = false;`, ["parameters"]),
    codeCell("work", `if (broken) throw new RangeError("planted");`),
    codeCell(
      "write",
      `await Deno.writeTextFile("../" + outputFolder + "/run.json", JSON.stringify({
  format: 1, parameters: { value }, metrics: { score: value * Number(Deno.env.get("LAB_TEST") ?? 1) }, series: {}, tags: {}, datasets: [], artifacts: [], steps: [], children: {},
}));`,
    ),
  ],
});
const step = (rest: Partial<Step> = {}): Step => ({
  notebook: "small",
  after: [],
  headline: "score",
  parameters: { value: 1 },
  ...rest,
});
const study = (steps: Record<string, Step>): Study => ({
  name: "demo",
  title: "",
  question: "",
  universe: "",
  tolerances: {},
  steps,
});

async function inTemporaryRoot(test: (options: RunStudiesOptions) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/notebooks`);
  await Deno.writeTextFile(`${root}/notebooks/small.ipynb`, notebook);
  try {
    await test({ root, runsFolder: "runs" });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("runStudies() runs steps after those they wait for, with overrides and environment", async () => {
  await inTemporaryRoot(async (options) => {
    const ended: string[] = [];
    const studiesEnded: number[] = [];
    await Deno.mkdir(`${options.root}/runs/demo/first`, { recursive: true });
    await Deno.writeTextFile(`${options.root}/runs/demo/first/stale.txt`, "from an earlier run");
    const demo = study({ last: step({ after: ["first"], parameters: {} }), first: step() });
    const [last, first] = await runStudies([demo], {
      ...options,
      overrides: { value: 7, unknown: 3 },
      onStudyEnd: (steps) => studiesEnded.push(steps.length),
      environment: { LAB_TEST: "2" },
      onProgress: ({ name, status }) => {
        if (status === "ok") ended.push(name);
      },
    });
    assert.deepEqual([ended, studiesEnded], [["demo/first", "demo/last"], [2]]);
    assert.deepEqual([first.run?.metrics.score, last.run?.metrics.score], [14, 2]);
    const left = Array.from(Deno.readDirSync(`${options.root}/runs/demo/first`), ({ name }) => name).sort();
    assert.deepEqual(left, ["notebook.html", "notebook.ipynb", "ro-crate-metadata.json", "run.json"]);
  });
});

Deno.test("runStudies() says which cell failed, and skips what waits for it, without its earlier files", async () => {
  await inTemporaryRoot(async (options) => {
    await Deno.mkdir(`${options.root}/runs/demo/last`, { recursive: true });
    await Deno.writeTextFile(`${options.root}/runs/demo/last/run.json`, "from an earlier run");
    const [first, last, other] = await runStudies([
      study({ first: step({ parameters: { broken: true } }), last: step({ after: ["first"] }), other: step() }),
    ], options);
    assert.deepEqual([first.status, last.status, other.status], ["failed", "skipped", "ok"]);
    assert.match(first.failure!, /^cell \d, RangeError: planted$/);
    assert.equal(last.failure, "it waits for demo/first, which failed");
    await assert.rejects(Deno.stat(`${options.root}/runs/demo/last`), Deno.errors.NotFound);
  });
});

Deno.test("runStudies() leaves a study alone that was stopped before its first step", async () => {
  await inTemporaryRoot(async (options) => {
    const kept = `${options.root}/runs/demo/first/run.json`;
    await Deno.mkdir(`${options.root}/runs/demo/first`, { recursive: true });
    await Deno.writeTextFile(kept, "from an earlier run");
    const [first] = await runStudies([study({ first: step() })], { ...options, signal: AbortSignal.abort() });
    assert.equal(first.status, "skipped");
    assert.equal(await Deno.readTextFile(kept), "from an earlier run");
  });
});

Deno.test("runStudies() runs nothing where the code of a notebook is faulty, and says where", async () => {
  await inTemporaryRoot(async (options) => {
    const faulty = notebook.replace("if (broken)", "value.length; if (broken)");
    await Deno.writeTextFile(`${options.root}/notebooks/small.ipynb`, faulty);
    await assert.rejects(runStudies([study({ only: step() })], options), {
      name: "SyntaxError",
      message: /must be sound, current faults are\n.*small\.ipynb cell 2 \(id work\) line 1, column 7: .*\(TS2339\)$/,
    });
    await assert.rejects(Deno.stat(`${options.root}/runs/demo/only`), Deno.errors.NotFound);
  });
});

Deno.test("runStudies() reports a parameter that the notebook does not have", async () => {
  await inTemporaryRoot(async (options) => {
    const [run] = await runStudies([study({ only: step({ parameters: { values: 2 } }) })], options);
    assert.equal(run.status, "failed");
    assert.match(run.failure!, /values/);
  });
});

Deno.test("runStudies() goes on with an attempt that was cut off, and begins a new one after one that went through", async () => {
  await inTemporaryRoot(async (options) => {
    const tellsOf: string[] = [];
    const again = {
      ...options,
      resume: true,
      onResume: (_: string, __: Date, steps: string[]) => tellsOf.push(...steps),
    };
    const steps = { first: step(), second: step({ parameters: { value: 2 } }), last: step({ after: ["first"] }) };
    const run = async (parameters = {}, also = again) => {
      tellsOf.length = 0;
      const ended = await runStudies([study({ ...steps, last: { ...steps.last, parameters } })], also);
      return ended.map(({ status, isTakenOver = false }) => isTakenOver ? "taken over" : status);
    };
    assert.deepEqual(await run({ broken: true }), ["ok", "ok", "failed"]);
    assert.deepEqual(tellsOf, []);
    await Deno.writeTextFile(`${options.root}/runs/demo/second/notebook.html`, "changed");
    assert.deepEqual(await run({ broken: true }), ["taken over", "ok", "failed"]);
    assert.deepEqual(tellsOf, ["first"]);
    steps.second.parameters.value = 3;
    assert.deepEqual(await run(), ["taken over", "ok", "ok"]);
    assert.deepEqual(await run(), ["ok", "ok", "ok"], "that attempt went through");
    assert.deepEqual(await run({ broken: true }), ["ok", "ok", "failed"]);
    assert.deepEqual(await run({}, { ...again, resume: false }), ["ok", "ok", "ok"]);
  });
});

Deno.test("runStudies() runs a step again when its notebook, or a step that it waits for, is another", async () => {
  await inTemporaryRoot(async (options) => {
    const steps = { first: step(), last: step({ after: ["first"] }), broken: step({ parameters: { broken: true } }) };
    const run = async () =>
      (await runStudies([study(steps)], { ...options, resume: true })).map(({ isTakenOver = false }) => isTakenOver);
    assert.deepEqual(await run(), [false, false, false]);
    assert.deepEqual(await run(), [true, true, false]);
    await Deno.remove(`${options.root}/runs/demo/first`, { recursive: true });
    assert.deepEqual(await run(), [false, false, false]);
    const path = `${options.root}/notebooks/small.ipynb`;
    await Deno.writeTextFile(path, notebook.replace("planted", "sown"));
    assert.deepEqual(await run(), [false, false, false]);
    assert.deepEqual(await run(), [true, true, false]);
  });
});
