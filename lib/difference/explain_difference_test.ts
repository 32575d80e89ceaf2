import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { CodeGraph } from "@lib/code";
import { type Manifest, readSources, runManifest } from "@lib/manifest";
import { executedCells, readNotebook } from "@lib/runner";
import { type Cause, explainDifference, traceUpstream } from "./explain_difference.ts";
import { gitTexts, type PastTexts } from "./past_texts.ts";

const NOTEBOOK = "notebooks/tiny.ipynb";
const FIT = "lib/fit/fit.ts";
const DRAW = "lib/draw/draw.ts";

const CELLS = [
  'import { fit, load } from "@lib/fit";\nimport { draw } from "@lib/draw";',
  "let seed = 1;",
  "const rows = load();",
  'const forecasts = await run.step("forecasts", { rows, seed }, ({ rows, seed }) => fit(rows, seed));\n' +
  'await run.frame("forecasts", forecasts);',
  'await run.figure("equity", draw(forecasts));',
];

const FILES: Record<string, string> = {
  "deno.json": JSON.stringify({
    imports: { "@lib/fit": "./lib/fit/mod.ts", "@lib/draw": "./lib/draw/mod.ts", trees: "npm:trees@1.0.0" },
  }),
  "deno.lock": JSON.stringify({
    specifiers: { "npm:trees@1.0.0": "1.0.0" },
    npm: { "trees@1.0.0": { integrity: "one" } },
  }),
  "lib/fit/mod.ts": 'export * from "./fit.ts";\nexport * from "./load.ts";\n',
  "lib/fit/load.ts": "export function load(): number[] {\n  return [1, 2];\n}\n",
  [FIT]: 'import { grow } from "trees";\n\n/** Fits. */\nexport function fit(rows: number[], seed: number) {\n' +
    "  const rate = 0.05;\n  return grow(rows, rate, seed);\n}\n",
  "lib/draw/mod.ts": 'export * from "./draw.ts";\n',
  [DRAW]: "export const draw = (line: unknown) => ({ line, width: 2 });\n",
  [NOTEBOOK]: notebook(CELLS),
};

function notebook(sources: readonly string[]): string {
  const cells = sources.map((source, place) => ({
    cell_type: "code",
    id: `c${place + 1}`,
    metadata: {},
    outputs: [],
    execution_count: null,
    source: source.split(/(?<=\n)/),
  }));
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 });
}

/** A project under git, with nothing in it but what the notebook needs. */
async function tinyProject() {
  const root = await Deno.makeTempDir();
  const write = async (path: string, text: string) => {
    await Deno.mkdir(dirname(join(root, path)), { recursive: true });
    await Deno.writeTextFile(join(root, path), text);
  };
  for (const [path, text] of Object.entries(FILES)) await write(path, text);
  const git = async (...args: string[]) => {
    const { success } = await new Deno.Command("git", {
      args: ["-C", root, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args],
      stdout: "null",
    }).output();
    assert.ok(success);
  };
  await git("init", "--quiet");
  await git("add", ".");
  await git("commit", "--quiet", "--no-gpg-sign", "-m", "first");
  return {
    root,
    write,
    edit: async (path: string, from: string, to: string) => {
      const text = await Deno.readTextFile(join(root, path));
      assert.ok(text.includes(from));
      await write(path, text.replace(from, to));
    },
    [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }),
  };
}

/** What a run of the notebook says of its step. */
interface RunOfStep {
  key?: string;
  output?: string;
  inputs?: Record<string, string>;
  data?: string;
  seed?: number;
}

async function manifestOf(
  root: string,
  { key = "k", output = "o", inputs = {}, data = "d", seed = 1 }: RunOfStep = {},
) {
  const sources = await readSources(NOTEBOOK, new CodeGraph(root));
  const code = [FIT];
  const step = { name: "forecasts", key, output, inputs: { rows: "r", seed: `${seed}`, ...inputs }, code };
  return runManifest({
    sources,
    executed: await readNotebook(join(root, NOTEBOOK)),
    run: {
      format: 1,
      parameters: {},
      metrics: {},
      series: {},
      tags: { engine: "trees 1.0.0 native" },
      artifacts: [],
      children: {},
      datasets: [{ name: "bars", digest: data, rows: 1, source: "" }],
      steps: [{ ...step, outcome: "computed", seconds: 1 }],
    },
    parameters: { seed },
    machine: { cpu: "one", locale: "C", timeZone: "UTC", cores: "2" },
    repository: {},
    root,
  });
}

const DIFFERING = ["figures/equity.json", "frames/forecasts.parquet"];

async function explained(root: string, actual: Manifest, recorded: Manifest, differing = DIFFERING) {
  const sources = executedCells(await readNotebook(join(root, NOTEBOOK))).map(({ source }) => source);
  const graph = new CodeGraph(root);
  return await explainDifference(actual, recorded, { root, past: gitTexts(root), graph, sources, differing });
}

Deno.test("`explainDifference()` names the line of the module, and the step that rests on it", async () => {
  await using project = await tinyProject();
  const recorded = await manifestOf(project.root);
  await project.edit(FIT, "0.05", "0.06");
  const actual = await manifestOf(project.root, { key: "k2", output: "o2" });
  assert.deepEqual(await explained(project.root, actual, recorded), {
    earliest: 'step "forecasts" in code cell 4',
    causes: [{
      kind: "code",
      name: FIT,
      sentence: `${FIT}, line 5 changed from \`const rate = 0.05;\` to \`const rate = 0.06;\``,
      artifacts: DIFFERING,
    }],
  });
});

Deno.test("`explainDifference()` names no change of a comment, and none of code that is used later", async () => {
  await using project = await tinyProject();
  const recorded = await manifestOf(project.root);
  await project.edit(FIT, "/** Fits. */", "/** Fits trees. */");
  await project.edit(DRAW, "width: 2", "width: 3");
  const actual = await manifestOf(project.root);
  const drawn = await explained(project.root, actual, recorded, ["figures/equity.json"]);
  assert.deepEqual(drawn.causes.map(({ sentence }) => sentence), [
    `${DRAW}, line 1 changed from \`export const draw = (line: unknown) => ({ line, width: 2 });\` ` +
    "to `export const draw = (line: unknown) => ({ line, width: 3 });`",
  ]);
  const fitted = await explained(project.root, actual, recorded, ["frames/forecasts.parquet"]);
  assert.deepEqual(fitted.causes.map(({ kind }) => kind), ["unknown"]);
});

Deno.test("`explainDifference()` names both of two causes, each with the artifacts that it can reach", async () => {
  await using project = await tinyProject();
  const recorded = await manifestOf(project.root);
  await project.edit(DRAW, "width: 2", "width: 3");
  const actual = await manifestOf(project.root, { key: "k2", output: "o2", seed: 2 });
  const { causes } = await explained(project.root, actual, recorded);
  assert.equal(causes[0].sentence, "parameter seed changed from 1 to 2");
  assert.deepEqual(causes.map(({ kind, artifacts }) => [kind, artifacts]), [
    ["parameter", DIFFERING],
    ["code", ["figures/equity.json"]],
  ]);
});

Deno.test("`explainDifference()` names the cell and its line, looked for in the repository's past", async () => {
  await using project = await tinyProject();
  const recorded = await manifestOf(project.root);
  const cells = CELLS.with(2, "// rows\nconst rows = load().slice(1);");
  await project.write(NOTEBOOK, notebook([...cells, "console.log(rows);"]));
  const actual = await manifestOf(project.root, { key: "k2", output: "o2", inputs: { rows: "r2" } });
  const { earliest, causes } = await explained(project.root, actual, recorded, ["frames/forecasts.parquet"]);
  assert.equal(earliest, 'step "forecasts" in code cell 4, which got another rows');
  assert.deepEqual(causes.map(({ sentence }) => sentence), [
    `code cell 3 of ${NOTEBOOK}, line 2 changed from \`const rows = load();\` to \`const rows = load().slice(1);\``,
  ]);
});

Deno.test("`explainDifference()` names packages, and a lock only where no package says more", async () => {
  await using project = await tinyProject();
  const recorded = await manifestOf(project.root);
  await project.edit("deno.lock", '"one"', '"two"');
  const lock = await explained(project.root, await manifestOf(project.root, { key: "k2", output: "o2" }), recorded);
  assert.deepEqual(lock.causes.map(({ sentence }) => sentence), [
    "deno.lock pins other content under the same names and versions",
  ]);
  await project.edit("deno.json", "trees@1.0.0", "trees@1.1.0");
  await project.write("deno.lock", FILES["deno.lock"].replaceAll("1.0.0", "1.1.0"));
  const trees = await explained(project.root, await manifestOf(project.root, { key: "k2", output: "o2" }), recorded);
  assert.deepEqual(trees.causes.map(({ sentence }) => sentence), [
    "package npm:trees changed from 1.0.0 to 1.1.0",
  ]);
});

Deno.test("`explainDifference()` names every other kind of cause, one at a time", async () => {
  await using project = await tinyProject();
  const recorded = await manifestOf(project.root);
  const changed = { key: "k2", output: "o2", inputs: { rows: "r2" } };
  const said = async (actual: Manifest) =>
    (await explained(project.root, actual, recorded)).causes.map(({ sentence }) => sentence);
  const data = await manifestOf(project.root, { ...changed, data: "d2" });
  assert.deepEqual(await said(data), ["data set bars holds other values: its digest changed from d to d2"]);

  const same = await manifestOf(project.root, { output: "o2" });
  const { machine, engines } = same;
  assert.deepEqual(await said({ ...same, engines: { ...engines, trees: "1.0.0 native, 2 threads" } }), [
    'engine trees changed from 1.0.0 native to "1.0.0 native, 2 threads"',
  ]);
  assert.deepEqual(await said({ ...same, engines: { ...engines, deno: "99.0.0" } }), [
    `engine deno changed from ${Deno.version.deno} to 99.0.0`,
  ]);
  for (const [name, value] of [["cpu", "two"], ["locale", "de_DE"], ["timeZone", "Asia/Tokyo"], ["cores", "1"]]) {
    const sentence = `the machine's ${name} changed from ${machine[name]} to ${value}`;
    assert.deepEqual(await said({ ...same, machine: { ...machine, [name]: value } }), [sentence]);
  }
  assert.deepEqual(await said({ ...same, machine: { ...machine, OMP_NUM_THREADS: "4" } }), [
    "the machine's OMP_NUM_THREADS is new: 4",
  ]);
  const upstream = { "first/frames/forecasts.parquet": "f" };
  assert.deepEqual(await said({ ...await manifestOf(project.root, changed), upstream }), [
    "first/frames/forecasts.parquet, which it reads, is another file",
  ]);
});

Deno.test("`explainDifference()` quotes of a long line what stands around the change", async () => {
  await using project = await tinyProject();
  const long = (last: number) => `  const rates = [${"0.05, ".repeat(40)}${last}];`;
  await project.edit(FIT, "  const rate = 0.05;", long(1));
  const recorded = await manifestOf(project.root);
  const before = await Deno.readTextFile(join(project.root, FIT));
  await project.edit(FIT, long(1), long(2));
  const actual = await manifestOf(project.root, { key: "k2", output: "o2" });
  const past: PastTexts = { ofBlob: () => Promise.resolve(before), async *ofFile() {} };
  const { causes } = await explainDifference(actual, recorded, { differing: DIFFERING, root: project.root, past });
  assert.match(causes[0].sentence, /line 5 changed from `\.\.\.[^`]*0\.05, 1\];` to `\.\.\.[^`]*0\.05, 2\];`$/);
});

Deno.test("`explainDifference()` finds the cell of a step that is one of several", async () => {
  await using project = await tinyProject();
  await project.edit(NOTEBOOK, 'run.step(\\"forecasts\\"', 'run.stepEach(\\"forecasts\\", folds');
  const manifest = async (output: string) => {
    const made = await manifestOf(project.root, { output });
    return { ...made, steps: made.steps.map((step) => ({ ...step, name: "forecasts/2016/a" })) };
  };
  const { earliest } = await explained(project.root, await manifest("o2"), await manifest("o"));
  assert.equal(earliest, 'step "forecasts/2016/a" in code cell 4');
});

Deno.test("`explainDifference()` says so where nothing has changed that could do it", async () => {
  await using project = await tinyProject();
  const recorded = await manifestOf(project.root);
  const { earliest, causes } = await explained(
    project.root,
    await manifestOf(project.root, { output: "o2" }),
    recorded,
  );
  assert.equal(earliest, 'step "forecasts" in code cell 4');
  assert.match(causes[0].sentence, /step "forecasts" gave another result from the same key: .* not deterministic/);
  assert.deepEqual([causes.length, causes[0].kind, causes[0].artifacts], [1, "unknown", DIFFERING]);
});

Deno.test("`explainDifference()` takes no change that a step's key covers for the cause where the key is the same", async () => {
  await using project = await tinyProject();
  const recorded = await manifestOf(project.root);
  await project.edit("lib/fit/load.ts", "[1, 2]", "[2, 1].sort()");
  const { causes } = await explained(project.root, await manifestOf(project.root, { output: "o2" }), recorded);
  assert.deepEqual(causes.map(({ kind }) => kind), ["unknown", "code"]);
});

Deno.test("`explainDifference()` says where the recorded text of a file is not known", async () => {
  await using project = await tinyProject();
  await project.edit(FIT, "0.05", "0.055"); // recorded before it was committed
  const recorded = await manifestOf(project.root);
  await project.edit(FIT, "0.055", "0.06");
  const { causes } = await explained(
    project.root,
    await manifestOf(project.root, { key: "k2", output: "o2" }),
    recorded,
  );
  assert.match(causes[0].sentence, /fit\.ts changed \(its recorded text is not in the repository, [0-9a-f]{10}\)$/);
});

Deno.test("`traceUpstream()` follows a cause through the steps before", () => {
  const cause = (kind: Cause["kind"], name: string, sentence: string): Cause => ({
    kind,
    name,
    sentence,
    artifacts: [],
  });
  const read = (step: string) => cause("upstream", `${step}/frames/f.parquet`, `${step}/f.parquet is another file`);
  const traced = traceUpstream({
    first: { causes: [cause("parameter", "seed", "the seed is 2"), cause("data", "bars", "bars are others")] },
    second: { causes: [read("first")] },
    third: { causes: [read("second"), read("elsewhere")] },
  });
  assert.deepEqual(traced.third.causes.map(({ sentence }) => sentence), [
    "second/f.parquet is another file; there, first/f.parquet is another file; there, the seed is 2",
    "elsewhere/f.parquet is another file",
  ]);
});
