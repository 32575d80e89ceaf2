import assert from "node:assert/strict";
import type { RunFile } from "@lib/notebook";
import { runRecords } from "./run_records.ts";
import type { StepRun } from "./run_studies.ts";
import { parseStudy } from "./study.ts";

const study = Object.freeze(parseStudy(
  "trial",
  `
title: A trial
question: Does it hold?
universe: Two names
steps:
  first: { notebook: 00_tour, headline: rank_ic, parameters: { horizonDays: 5 } }
  second: { notebook: 40_models, headline: rank_ic, parameters: { horizonDays: 1 } }
`,
));
const run: RunFile = Object.freeze({
  parameters: { horizonDays: 5, outputFolder: "experiments/runs/trial/first" },
  metrics: { rank_ic: 0.02, rank_ic_low: 0.01, hit_rate: 0.51 },
  series: { rank_ic_by_day: [{ step: 0, value: 0.1 }] },
  tags: { verdict: "pass", reasons: "above 0", engine: "ridge", seed: "1" },
  datasets: [{ name: "bars", digest: "ab12", source: "six names" }],
  artifacts: [{ path: "scorecard.json", sha256: "cd34" }],
  children: { ridge: { parameters: {}, metrics: { rank_ic: 0.01 }, series: {}, tags: {} } },
}) as unknown as RunFile;
const common = { study, startedAt: new Date("2026-01-02T03:04:05Z"), seconds: 2, folder: "experiments/runs/trial" };
const steps: StepRun[] = [
  { ...common, step: "first", status: "ok", run },
  { ...common, step: "second", status: "failed", failure: "cell 4, RangeError" },
];
const [parent, first, ridge, second] = runRecords(steps, { root: "/root", provenance: { "git.commit": "c0ffee" } });

Deno.test("runRecords() nests parts in steps and steps in the study", () => {
  assert.deepEqual([parent, first, ridge, second].map(({ name }) => name), [
    "2026-01-02 03:04:05",
    "first",
    "first ridge",
    "second",
  ]);
  assert.deepEqual([first, ridge, second].map(({ parentKey }) => parentKey), [parent.key, first.key, parent.key]);
  assert.deepEqual([parent, first, ridge, second].map(({ status }) => status), [
    "FAILED",
    "FINISHED",
    "FINISHED",
    "FAILED",
  ]);
});

Deno.test("runRecords() names data, code, engine and seed at every level that has them", () => {
  for (const { tags, datasets } of [parent, first, ridge]) {
    assert.equal(tags["data.bars_sha256"], "ab12");
    assert.deepEqual([tags.engine, tags.seed, tags["git.commit"]], ["ridge", "1", "c0ffee"]);
    assert.deepEqual(datasets, run.datasets);
  }
  assert.equal(first.tags["mlflow.source.name"], "notebooks/00_tour.ipynb");
});

Deno.test("runRecords() describes a study by its question and the verdict or failure of each step", () => {
  const description = "**A trial**\n\nDoes it hold?\n\n- first: **pass**: above 0\n- second: cell 4, RangeError";
  assert.equal(parent.tags["mlflow.note.content"], description);
  assert.equal(second.tags.failure, "cell 4, RangeError");
});

Deno.test("runRecords() keeps headlines in the parent, and takes settings, not the place of files, for parameters", () => {
  assert.deepEqual(parent.metrics, { "first/rank_ic": 0.02, "first/rank_ic_low": 0.01 });
  assert.deepEqual(first.parameters, { horizonDays: 5 });
  assert.deepEqual(second.parameters, { horizonDays: 1 });
  assert.deepEqual(first.artifacts.map(({ artifactPath }) => artifactPath), [
    "notebook.ipynb",
    "notebook.html",
    "scorecard.json",
  ]);
});
