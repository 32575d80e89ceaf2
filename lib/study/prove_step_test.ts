import assert from "node:assert/strict";
import { CodeGraph } from "@lib/code";
import { describeMachine } from "@lib/manifest";
import { exampleRun, inExampleProject, RUN_FOLDER } from "../manifest/testdata/example_project.ts";
import { proveStep } from "./prove_step.ts";
import { exampleStudy, recordExample } from "./testdata/example_record.ts";

const prove = async (root: string, recorded: Awaited<ReturnType<typeof recordExample>>) =>
  await proveStep(exampleStudy, "one", recorded, { graph: new CodeGraph(root), folder: `${root}/${RUN_FOLDER}` });

Deno.test("`proveStep()` proves a step by hashes alone", () =>
  inExampleProject(async (root) => {
    const recorded = await recordExample(root, { machine: describeMachine() });
    assert.deepEqual(await prove(root, recorded), {
      same: [
        "3 cells, 1 files of code, 0 packages and their locks",
        "raw data of bars",
        "engines",
        "machine",
        "1 artifacts on disk",
        "4 outputs of cells and kept steps",
      ],
      differs: [],
      unproved: [],
    });
  }));

Deno.test("`proveStep()` names everything that differs", () =>
  inExampleProject(async (root) => {
    const recorded = await recordExample(root, { machine: describeMachine() });
    recorded.steps.one.parameters = { value: 5 };
    recorded.steps.one.manifest!.engines.deno = "2.0.0";
    await Deno.writeTextFile(`${root}/lib/double.ts`, "export const double = (x: number) => x + x;");
    await Deno.writeTextFile(`${root}/data/raw/bars-1.0/prices.csv`, "date,open\n");
    await Deno.writeTextFile(`${root}/${RUN_FOLDER}/tables/doubled.csv`, "a\n2\n");
    const { differs } = await prove(root, recorded);
    const expected = [
      /^parameter value must be 4, current value is 5$/,
      /^lib\/double.ts has changed$/,
      /^data\/raw\/manifest.json has changed$/, // the code does not name the file any more
      /^Cannot read bars-1.0\/prices.csv: /,
      /^deno is \S+, it was 2.0.0$/,
      /^tables\/doubled.csv of the last run is another file$/,
    ];
    assert.equal(differs.length, expected.length, differs.join("\n"));
    for (const [place, pattern] of expected.entries()) assert.match(differs[place], pattern);
  }));

Deno.test("`proveStep()` compares what cells showed in the last run", () =>
  inExampleProject(async (root) => {
    const recorded = await recordExample(root, { machine: describeMachine() });
    const steps = [{ ...exampleRun.steps[0], output: "another" }];
    await recordExample(root, { run: { ...exampleRun, steps } });
    assert.deepEqual((await prove(root, recorded)).differs, ["what step fit gave in the last run"]);
  }));

Deno.test("`proveStep()` says what it cannot prove", () =>
  inExampleProject(async (root) => {
    const recorded = await recordExample(root, { machine: { ...describeMachine(), cores: "1000" } });
    await Deno.remove(`${root}/${RUN_FOLDER}`, { recursive: true });
    await Deno.remove(`${root}/data/raw/bars-1.0`, { recursive: true });
    const { differs, unproved } = await prove(root, recorded);
    assert.deepEqual(differs, []);
    assert.match(unproved[0], /^Cannot read bars-1.0\/prices.csv: it must lie in/);
    assert.match(unproved[1], /^recorded on another machine \(cores 1000 -> \d+\): that this one computes the same$/);
    assert.equal(unproved[2], "no file of a run is here to be looked at");
    const empty = await proveStep(exampleStudy, "one", { steps: {} }, { graph: new CodeGraph(root), folder: root });
    assert.deepEqual(empty, { same: [], differs: [], unproved: ["the step is not recorded"] });
  }));
