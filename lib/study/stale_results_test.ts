import assert from "node:assert/strict";
import { CodeGraph } from "@lib/code";
import { inExampleProject } from "../manifest/testdata/example_project.ts";
import type { Recorded } from "./record.ts";
import { staleResults } from "./stale_results.ts";
import { recordExample } from "./testdata/example_record.ts";

const replaceIn = async (path: string, from: string, to: string) => {
  const text = await Deno.readTextFile(path);
  assert.ok(text.includes(from));
  await Deno.writeTextFile(path, text.replace(from, to));
};

Deno.test("`staleResults()` names what has moved on behind a recorded step, and nothing else", () =>
  inExampleProject(async (root) => {
    const recorded = await recordExample(root);
    const stale = async () => await staleResults(recorded, new CodeGraph(root));
    assert.deepEqual(await stale(), []);
    await replaceIn(`${root}/lib/unused.ts`, "1", "2");
    assert.deepEqual(await stale(), []);
    await replaceIn(`${root}/lib/double.ts`, "2 * x", "x + x");
    await replaceIn(`${root}/notebooks/n.ipynb`, "double(value)", "double(value);");
    await replaceIn(`${root}/data/raw/manifest.json`, `"bytes":11`, `"bytes":12`);
    const changed = ["lib/double.ts", "cell c of notebooks/n.ipynb", "data/raw/manifest.json"];
    assert.deepEqual(await stale(), [{ step: "one", changed }]);
    await Deno.remove(`${root}/notebooks/n.ipynb`);
    assert.deepEqual(await stale(), [{ step: "one", changed: ["notebooks/n.ipynb"] }]);
  }));

Deno.test("`staleResults()` follows files from steps before, and doubts a record without a manifest", () =>
  inExampleProject(async (root) => {
    const one = (await recordExample(root)).steps.one;
    const read = { "one/tables/doubled.csv": one.artifacts["tables/doubled.csv"].sha256 };
    const after = (upstream: Record<string, string>) => ({ ...one, manifest: { ...one.manifest!, upstream } });
    const { manifest: _, ...old } = one;
    const recorded: Recorded = {
      steps: { one, good: after(read), moved: after({ "one/tables/doubled.csv": "other" }), old },
    };
    assert.deepEqual(await staleResults(recorded, new CodeGraph(root)), [
      { step: "moved", changed: ["one/tables/doubled.csv"] },
      { step: "old", changed: ["no manifest says what made it"] },
    ]);
  }));
