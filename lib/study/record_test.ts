import assert from "node:assert/strict";
import { readRecorded, recordChanges, type Recorded, type RecordedStep, writeRecorded } from "./record.ts";
import { exampleManifest } from "./testdata/example_manifest.ts";

const step = (parts: Partial<RecordedStep> = {}): RecordedStep => ({
  parameters: { seed: 1 },
  metrics: { rank_ic: 0.02 },
  tags: { verdict: "pass" },
  datasets: { bars: "b1" },
  artifacts: { "frames/forecasts.parquet": { sha256: "x", bytes: 100, columns: {} } },
  manifest: exampleManifest(),
  ...parts,
});
const recorded = (one: RecordedStep, two: RecordedStep = step()): Recorded => ({ steps: { one, two } });

async function inFolder(test: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(`${folder}/recorded.json`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("`readRecorded()` gives back what `writeRecorded()` wrote, which says once what steps share", () =>
  inFolder(async (path) => {
    const other = exampleManifest({
      code: { "lib/fit.ts": "f1", "lib/other.ts": "61" },
      machine: { cpu: "two", cores: "2", timeZone: "UTC" },
    });
    const before = recorded(step(), step({ manifest: other }));
    await writeRecorded(path, before);
    assert.deepEqual(await readRecorded(path), before);
    const { shared, codeOfSteps, steps } = JSON.parse(await Deno.readTextFile(path));
    assert.deepEqual(shared.code, { "lib/fit.ts": "f1" });
    assert.deepEqual(steps.two.manifest.code, { "lib/other.ts": "61" });
    assert.deepEqual([shared.machine, steps.one.manifest.machine], [{ cores: "2", timeZone: "UTC" }, { cpu: "one" }]);
    assert.deepEqual([codeOfSteps, steps.one.manifest.steps[0].code], [[["lib/fit.ts"]], 0]);
  }));

Deno.test("`readRecorded()` reads a record of the time before manifests, and refuses what it does not know", () =>
  inFolder(async (path) => {
    assert.equal(await readRecorded(path), undefined);
    const { manifest: _, ...old } = step();
    await Deno.writeTextFile(path, JSON.stringify({ format: 1, provenance: {}, steps: { one: old } }));
    assert.deepEqual(await readRecorded(path), { steps: { one: old } });
    await Deno.writeTextFile(path, JSON.stringify({ format: 3 }));
    await assert.rejects(readRecorded(path), {
      name: "SyntaxError",
      message: /format must be 1 or 2, current value is 3$/,
    });
  }));

Deno.test("`recordChanges()` lists each value that moves, and nothing else", () => {
  assert.deepEqual(recordChanges(recorded(step()), recorded(step())), []);
  const artifacts = { "frames/forecasts.parquet": { sha256: "y", bytes: 100, columns: {} } };
  assert.deepEqual(recordChanges(recorded(step()), recorded(step({ artifacts, metrics: { rank_ic: 0.03 } }))), [
    "one artifact frames/forecasts.parquet: x -> y",
    "one metric rank_ic: 0.02 -> 0.03",
  ]);
  const parts = { ridge: { rank_ic: 0.01 } };
  assert.deepEqual(recordChanges(recorded(step()), recorded(step({ parts }))), [
    "one ridge metric rank_ic: (not recorded) -> 0.01",
  ]);
  assert.ok(recordChanges(undefined, recorded(step())).includes("all metric rank_ic: (not recorded) -> 0.02"));
});

Deno.test("`recordChanges()` says once what moved in every step alike", () => {
  const moved = step({ manifest: exampleManifest({ code: { "lib/fit.ts": "f2", "lib/show.ts": "51" } }) });
  assert.deepEqual(recordChanges(recorded(step()), recorded(moved, moved)), ["all code lib/fit.ts: f1 -> f2"]);
  assert.deepEqual(recordChanges(recorded(step()), recorded(moved)), ["one code lib/fit.ts: f1 -> f2"]);
});
