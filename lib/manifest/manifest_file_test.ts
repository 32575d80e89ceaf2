import assert from "node:assert/strict";
import { sha256 } from "@lib/core";
import { MANIFEST_FILE, readManifest, writeManifest } from "./manifest_file.ts";
import { exampleOptions, inExampleProject, RUN_FOLDER } from "./testdata/example_project.ts";

Deno.test("`readManifest()` gives back what `writeManifest()` left", () =>
  inExampleProject(async (root) => {
    const parameters = { value: 4, list: [1, 2], none: null, word: "a", outputFolder: RUN_FOLDER };
    const upstream = { "first/frames/f.parquet": "e" };
    const options = { ...await exampleOptions(root), parameters, upstream };
    const manifest = await writeManifest(`${root}/${RUN_FOLDER}`, options);
    assert.deepEqual(await readManifest(`${root}/${RUN_FOLDER}`), manifest);
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
    assert.deepEqual(manifest.upstream, upstream);
    assert.deepEqual(manifest.data, { bars: "d" });
    assert.equal(manifest.engines.lightgbm, "4.7.0 native");
    assert.equal(manifest.engines.deno, Deno.version.deno);
    assert.equal(await readManifest(root), undefined);
  }));

// roc-validator 0.13.0 finds no fault of level REQUIRED in the crate of a real run (provenance-run-crate 0.5 and all that
// it rests on); this keeps the shape that it asked for.
Deno.test("`writeManifest()` leaves an RO-Crate by the profiles of Workflow Run Crate", () =>
  inExampleProject(async (root) => {
    await writeManifest(`${root}/${RUN_FOLDER}`, await exampleOptions(root));
    const crate = JSON.parse(await Deno.readTextFile(`${root}/${RUN_FOLDER}/${MANIFEST_FILE}`));
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
    assert.deepEqual(ids(folder.hasPart), ["notebook.ipynb", "run.json", "tables/doubled.csv"]);
    assert.equal(at.get("tables/doubled.csv").sha256, sha256("a\n1\n"));
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
  inExampleProject(async (root) => {
    const known = await exampleOptions(root);
    await Deno.writeTextFile(`${root}/lib/unused.ts`, "export const unused = 2;");
    await writeManifest(`${root}/${RUN_FOLDER}`, known);
    await Deno.writeTextFile(`${root}/lib/double.ts`, "export const double = (x: number) => x + x;");
    await assert.rejects(
      writeManifest(`${root}/${RUN_FOLDER}`, known),
      /lib\/double.ts must stay as it is while notebooks\/n.ipynb/,
    );
    const { sources } = await exampleOptions(root);
    const cells = sources.cells.map((cell) => cell.id === "c" ? { ...cell, source: "other" } : cell);
    await assert.rejects(
      writeManifest(`${root}/${RUN_FOLDER}`, { ...known, sources: { ...sources, cells } }),
      /notebooks\/n.ipynb must stay as it is, cell c has changed/,
    );
  }));
