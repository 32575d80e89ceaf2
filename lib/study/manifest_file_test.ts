import assert from "node:assert/strict";
import { CodeGraph } from "@lib/code";
import { sha256 } from "@lib/core";
import type { RunFile } from "@lib/notebook";
import { formatNotebook, type Notebook } from "@lib/runner";
import { MANIFEST_FILE, readManifest, writeManifest } from "./manifest_file.ts";
import { readSources } from "./read_sources.ts";

const runner = (status: string) => ({ status, startedAt: "2026-01-02T03:04:05.000Z", seconds: 0.5 });
const cell = (id: string, source: string, text = "", tags?: string[]): Notebook["cells"][number] => ({
  cell_type: "code",
  id,
  metadata: { ...(tags ? { tags } : {}), runner: runner("ok") },
  source,
  outputs: text === "" ? [] : [{ output_type: "stream", name: "stdout", text }],
  execution_count: 1,
});
const notebook = (cells: Notebook["cells"]): string =>
  formatNotebook({ cells, metadata: { runner: runner("ok") }, nbformat: 4, nbformat_minor: 5 });
const cells = [
  cell("a", `import { double } from "@lib/core";`),
  cell("b", "let value = 1;", "", ["parameters"]),
  cell("c", "double(value)", "2\n"),
];
const run: RunFile = {
  format: 1,
  parameters: { value: 4 },
  metrics: {},
  series: {},
  tags: { engine: "lightgbm 4.7.0 native, ridge typescript" },
  datasets: [{ name: "bars", digest: "d", rows: 1, source: "" }],
  artifacts: [{ path: "tables/a b.csv", kind: "table", bytes: 3, sha256: sha256("a\n1") }],
  steps: [{
    name: "fit",
    key: "k",
    output: "o",
    inputs: { rows: "r" },
    code: ["lib/double.ts"],
    outcome: "computed",
    seconds: 1,
  }],
  children: {},
};

async function inProject(test: (root: string) => Promise<void>): Promise<void> {
  const root = await Deno.makeTempDir();
  const files = {
    "deno.json": `{ "imports": { "@lib/core": "./lib/mod.ts" } }`,
    "lib/mod.ts": `export * from "./double.ts"; export * from "./unused.ts";`,
    "lib/double.ts": "export const double = (x: number) => 2 * x;",
    "lib/unused.ts": "export const unused = 1;",
    "notebooks/n.ipynb": notebook(cells),
    "run/notebook.ipynb": notebook([
      ...cells.slice(0, 2),
      cell("i", "value = 4;", "", ["injected-parameters"]),
      cells[2],
    ]),
    "run/run.json": "{}",
  };
  try {
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(`${root}/${path}/..`.replace(/\/[^/]*\/\.\.$/, ""), { recursive: true });
      await Deno.writeTextFile(`${root}/${path}`, text);
    }
    await test(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

const options = async (root: string) => ({
  root,
  run,
  sources: await readSources("notebooks/n.ipynb", new CodeGraph(root)),
  parameters: { value: 4, list: [1, 2], none: null, word: "a", outputFolder: "run" },
  upstream: { "first/frames/f.parquet": "e" },
  machine: { cpu: "one", timeZone: "UTC" },
  repository: { commit: "c0ffee", tree: "clean" },
});

Deno.test("`readManifest()` gives back what `writeManifest()` left", () =>
  inProject(async (root) => {
    const manifest = await writeManifest(`${root}/run`, await options(root));
    assert.deepEqual(await readManifest(`${root}/run`), manifest);
    assert.deepEqual(manifest.cells.map(({ id, source }) => [id, source]), [
      ["a", sha256(`import { double } from "@lib/core";`)],
      ["b", sha256("let value = 1;")],
      ["c", sha256("double(value)")],
    ]);
    assert.deepEqual(Object.keys(manifest.code), ["lib/double.ts"]);
    assert.deepEqual(manifest.parameters, { value: 4, list: [1, 2], none: null, word: "a" });
    assert.deepEqual(manifest.steps, [{
      name: "fit",
      key: "k",
      output: "o",
      inputs: { rows: "r" },
      code: ["lib/double.ts"],
    }]);
    assert.deepEqual(manifest.data, { bars: "d" });
    assert.equal(manifest.engines.lightgbm, "4.7.0 native");
    assert.equal(manifest.engines.deno, Deno.version.deno);
    assert.equal(await readManifest(root), undefined);
  }));

Deno.test("`writeManifest()` leaves an RO-Crate by the profiles of Workflow Run Crate", () =>
  inProject(async (root) => {
    await writeManifest(`${root}/run`, await options(root));
    const crate = JSON.parse(await Deno.readTextFile(`${root}/run/${MANIFEST_FILE}`));
    // deno-lint-ignore no-explicit-any -- JSON-LD
    const graph: any[] = crate["@graph"];
    const at = new Map(graph.map((entity) => [entity["@id"], entity]));
    assert.equal(at.size, graph.length, "every entity is described once");
    const outside = /^https:\/\/(w3id\.org\/(ro\/crate\/1\.1|workflowhub)|bioschemas\.org)/;
    const check = (value: unknown): void => {
      if (Array.isArray(value)) return value.forEach(check);
      const id = (value as { "@id"?: string } | null)?.["@id"];
      if (id !== undefined) assert.ok(at.has(id) || outside.test(id), `${id} is described`);
    };
    for (const entity of graph) Object.values(entity).forEach(check);

    const ids = (property: { "@id": string }[]) => property.map((reference) => reference["@id"]);
    assert.deepEqual(ids(at.get("ro-crate-metadata.json").conformsTo), [
      "https://w3id.org/ro/crate/1.1",
      "https://w3id.org/workflowhub/workflow-ro-crate/1.0",
    ]);
    const folder = at.get("./");
    assert.ok(ids(folder.conformsTo).includes("https://w3id.org/ro/wfrun/provenance/0.5"));
    assert.deepEqual(ids(folder.hasPart), ["notebook.ipynb", "run.json", "tables/a%20b.csv"]);
    assert.equal(at.get("tables/a%20b.csv").sha256, sha256("a\n1"));
    const workflow = at.get(folder.mainEntity["@id"]);
    assert.deepEqual(workflow["@type"], ["File", "SoftwareSourceCode", "ComputationalWorkflow", "HowTo"]);
    const actions = graph.filter((entity) => entity["@type"] === "CreateAction");
    for (const tool of ids(workflow.hasPart)) {
      assert.ok(actions.some(({ instrument }) => instrument["@id"] === tool), `an action used ${tool}`);
    }
    const controls = graph.filter((entity) => entity["@type"] === "ControlAction");
    assert.deepEqual(ids(at.get("#execution").object), ids(controls));
    assert.deepEqual(controls.map(({ instrument }) => instrument["@id"]), ids(workflow.step));
    assert.equal(at.get("#run").endTime, "2026-01-02T03:04:05.500+00:00");
  }));

Deno.test("`writeManifest()` refuses to name what changed while it ran", () =>
  inProject(async (root) => {
    const known = await options(root);
    await Deno.writeTextFile(`${root}/lib/unused.ts`, "export const unused = 2;");
    await writeManifest(`${root}/run`, known);
    await Deno.writeTextFile(`${root}/lib/double.ts`, "export const double = (x: number) => x + x;");
    await assert.rejects(
      writeManifest(`${root}/run`, known),
      /lib\/double.ts must stay as it is while notebooks\/n.ipynb/,
    );
    const { sources } = await options(root);
    const cells = sources.cells.map((cell) => cell.id === "c" ? { ...cell, source: "other" } : cell);
    await assert.rejects(
      writeManifest(`${root}/run`, { ...known, sources: { ...sources, cells } }),
      /notebooks\/n.ipynb must stay as it is, cell c has changed/,
    );
  }));
