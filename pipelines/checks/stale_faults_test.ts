import assert from "node:assert/strict";
import { CodeGraph } from "@lib/code";
import { readSources } from "@lib/manifest";
import { parseStudy, type RecordedStep } from "@lib/study";
import { idleNotebooks, staleFaults } from "./stale_faults.ts";

const study = parseStudy(
  "tiny",
  "title: T\nquestion: Q\nuniverse: U\nsteps:\n  one: { notebook: n, headline: a, parameters: { seed: 1 } }",
);
const again = "make reproduce STUDY=tiny and make record STUDY=tiny make it so";

/** A project of one notebook that uses one file, and what a record says of a run of it. */
async function project(
  check: (graph: () => CodeGraph, root: string, one: RecordedStep) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${root}/notebooks`);
    await Deno.writeTextFile(`${root}/deno.json`, `{ "imports": { "@lib/a": "./a.ts" } }`);
    await Deno.writeTextFile(`${root}/a.ts`, "export const a = 1;\n");
    const cell = {
      cell_type: "code",
      id: "c",
      metadata: {},
      source: `import { a } from "@lib/a";\na`,
      outputs: [],
      execution_count: null,
    };
    const notebook = { cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 };
    await Deno.writeTextFile(`${root}/notebooks/n.ipynb`, JSON.stringify(notebook));
    const sources = await readSources("notebooks/n.ipynb", new CodeGraph(root));
    await check(() => new CodeGraph(root), root, {
      parameters: { seed: 1 },
      metrics: {},
      tags: {},
      datasets: {},
      artifacts: {},
      manifest: {
        ...sources,
        cells: sources.cells.map((each) => ({ ...each, outputs: "" })),
        steps: [],
        data: {},
        upstream: {},
        parameters: { seed: 1 },
        engines: {},
        machine: {},
        repository: {},
      },
    });
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

Deno.test("staleFaults() finds nothing in a record of what is there, and a line that has changed since", () =>
  project(async (graph, root, one) => {
    assert.deepEqual(await staleFaults(study, { steps: { one } }, graph()), []);
    await Deno.writeTextFile(`${root}/a.ts`, "export const a = 2;\n");
    assert.deepEqual(await staleFaults(study, { steps: { one } }, graph()), [
      `tiny/one has moved on since it was recorded: a.ts; ${again}`,
    ]);
  }));

Deno.test("staleFaults() finds steps without record, records without step, other parameters and notebooks", () =>
  project(async (graph, _, one) => {
    const faults = (steps: Record<string, RecordedStep>) => staleFaults(study, { steps }, graph());
    assert.deepEqual(await staleFaults(study, undefined, graph()), [`tiny/one must be recorded; ${again}`]);
    assert.deepEqual(await faults({ one, two: one }), [
      `tiny/two is recorded, and no step of the study any more; ${again}`,
    ]);
    assert.deepEqual(await faults({ one: { ...one, parameters: { seed: 2 } } }), [
      `tiny/one has moved on since it was recorded: seed must be 1, current value is 2; ${again}`,
    ]);
    assert.deepEqual(await faults({ one: { ...one, manifest: { ...one.manifest!, notebook: "notebooks/m.ipynb" } } }), [
      `tiny/one has moved on since it was recorded: it was made by notebooks/m.ipynb; ${again}`,
    ]);
    const code = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`b${i}.ts`, ""]));
    const many = await faults({
      one: { ...one, manifest: { ...one.manifest!, code: { ...one.manifest!.code, ...code } } },
    });
    assert.match(many.join(), /recorded: b0\.ts, .* and 3 more; make/);
  }));

Deno.test("idleNotebooks() names notebooks that no study runs", () => {
  assert.deepEqual(idleNotebooks(["m", "n"], [study]), ["m"]);
});
