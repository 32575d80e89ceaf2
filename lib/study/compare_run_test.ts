import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { type Fingerprints, RecordedFiles, runFingerprints } from "@lib/difference";
import { compareRun, type RunComparison } from "./compare_run.ts";
import type { RecordedStep } from "./record.ts";
import { recordedStep } from "./recorded_step.ts";
import { runStudies, type StepRun } from "./run_studies.ts";
import type { Study } from "./study.ts";

const FIT = "lib/fit/fit.ts";
const DRAW = "lib/draw/draw.ts";

const CELLS = [
  'import { createHash } from "node:crypto";\nimport { fit } from "@lib/fit";\nimport { draw } from "@lib/draw";',
  "let seed = 1;\nlet outputFolder = 'runs/demo/only';",
  "const threads = Number(Deno.env.get('OMP_NUM_THREADS') ?? 1);\nconst forecast = fit(seed).map((value) => value / threads);",
  'const table = ["book,sharpe", ...forecast.map((value, row) => `${"abc"[row]},${value}`)].join("\\n");',
  "const save = (path: string, kind: string, text: string) => {\n" +
  '  Deno.mkdirSync(`../${outputFolder}/${path.split("/")[0]}`, { recursive: true });\n' +
  "  Deno.writeTextFileSync(`../${outputFolder}/${path}`, text);\n" +
  '  const sha256 = createHash("sha256").update(text).digest("hex");\n' +
  "  return { path, kind, bytes: text.length, sha256 };\n};",
  'const books = save("tables/books.csv", "table", table);',
  'const equity = save("figures/equity.json", "figure", JSON.stringify(draw(forecast)));',
  "Deno.writeTextFileSync(`../${outputFolder}/run.json`, JSON.stringify({ format: 1, parameters: { seed }, metrics: {},\n" +
  "  series: {}, tags: {}, datasets: [], artifacts: [equity, books], children: {}, steps: [] }));",
];

const FILES: Record<string, string> = {
  "deno.json": JSON.stringify({
    imports: { "@lib/fit": "./lib/fit/mod.ts", "@lib/draw": "./lib/draw/mod.ts" },
  }),
  "lib/fit/mod.ts": 'export * from "./fit.ts";\n',
  [FIT]: "export function fit(seed: number): number[] {\n  return [1, 2, 3].map((row) => row * seed);\n}\n",
  "lib/draw/mod.ts": 'export * from "./draw.ts";\n',
  [DRAW]: "export const draw = (y: number[]) => ({ data: [{ y }], width: 2 });\n",
  "notebooks/tiny.ipynb": JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: "deno", display_name: "Deno", language: "typescript" } },
    cells: CELLS.map((source, place) => ({
      cell_type: "code",
      id: `c${place + 1}`,
      metadata: place === 1 ? { tags: ["parameters"] } : {},
      source,
      outputs: [],
      execution_count: null,
    })),
  }),
};

/** A project under git whose one study can be run, changed and run again. */
async function tinyProject() {
  const root = await Deno.makeTempDir();
  for (const [path, text] of Object.entries(FILES)) {
    await Deno.mkdir(dirname(join(root, path)), { recursive: true });
    await Deno.writeTextFile(join(root, path), text);
  }
  for (const args of [["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--no-gpg-sign", "-m", "first"]]) {
    const { success } = await new Deno.Command("git", {
      args: ["-C", root, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args],
    }).output();
    assert.ok(success);
  }
  const edit = async (path: string, from: string, to: string) => {
    const text = await Deno.readTextFile(join(root, path));
    assert.ok(text.includes(from));
    await Deno.writeTextFile(join(root, path), text.replace(from, to));
  };
  const run = async (runsFolder: string, { environment = {} }: { environment?: Record<string, string> } = {}) => {
    const only = { notebook: "tiny", after: [], headline: "none", parameters: { seed: 1 } };
    const study: Study = { name: "demo", title: "", question: "", universe: "", tolerances: {}, steps: { only } };
    const [ended] = await runStudies([study], { root, runsFolder, environment });
    assert.equal(ended.failure, undefined);
    return ended;
  };
  return { root, edit, run, [Symbol.asyncDispose]: () => Deno.remove(root, { recursive: true }) };
}

/** Said of a run: what differs, and why. */
function said({ comparisons, explanation }: RunComparison) {
  return {
    first: Object.fromEntries(
      comparisons.filter(({ state }) => state !== "identical").map(({ artifact, detail }) => [artifact, detail]),
    ),
    causes: explanation?.causes.map(({ sentence, artifacts }) => [sentence, artifacts]),
  };
}

Deno.test("`compareRun()` says of real runs where artifacts first differ, and names both of two planted causes", async () => {
  await using project = await tinyProject();
  const { root } = project;
  const at = ({ folder }: StepRun) => join(root, folder);
  const first = await project.run("recorded");
  const recorded: RecordedStep = await recordedStep(first.run!, at(first));
  const fingerprints: Fingerprints[string] = await runFingerprints(first.run!, at(first));
  const empty = new RecordedFiles(join(root, "nothing"));
  const files = new RecordedFiles(join(root, "kept"));
  const compare = async (ended: StepRun, kept: RecordedFiles) =>
    said(
      await compareRun(at(ended), await recordedStep(ended.run!, at(ended)), {
        recorded,
        fingerprints,
        files: kept,
        root,
      }),
    );

  assert.deepEqual(await compare(first, files), { first: {}, causes: undefined });
  const hash = recorded.artifacts["tables/books.csv"].sha256;
  assert.notEqual(await files.find(hash), undefined); // what came out the same is kept

  await project.edit(DRAW, "width: 2", "width: 3");
  const changed = await project.run("changed", { environment: { OMP_NUM_THREADS: "2" } });
  const drawn = FILES[DRAW].trim();
  const expected = {
    first: {
      "figures/equity.json": "first at data[0].y[0]: 1 -> 0.5 (-0.5); 4 of 4 values differ",
      "tables/books.csv": "first at row 1 (a), sharpe: 1 -> 0.5 (-0.5); 3 of 6 values differ, in sharpe",
    },
    causes: [
      [`${DRAW}, line 1 changed from \`${drawn}\` to \`${drawn.replace("2 }", "3 }")}\``, ["figures/equity.json"]],
      ["the machine's OMP_NUM_THREADS is new: 2", ["figures/equity.json", "tables/books.csv"]],
    ],
  };
  assert.deepEqual(await compare(changed, files), expected);
  assert.deepEqual(await compare(changed, empty), expected); // by the fingerprints
});
