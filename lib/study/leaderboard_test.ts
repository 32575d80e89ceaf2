import assert from "node:assert/strict";
import { normalProbability, weighTrials } from "@lib/f4";
import { failureList, leaderboard, partTable, resultTable, stepResult } from "./leaderboard.ts";
import type { Recorded } from "./record.ts";
import type { StudyRecord } from "./study_records.ts";
import { exampleManifest } from "./testdata/example_manifest.ts";
import { parseStudy } from "./study.ts";

const study = parseStudy(
  "demo",
  `
title: A title
question: Why?
universe: Two names
steps:
  late: { notebook: a, headline: rank_ic }
  early: { notebook: a, headline: sharpe }
`,
);
const step = (
  metrics: Record<string, number>,
  tags: Record<string, string> = { verdict: "fail", reasons: "it lost money" },
) => ({
  parameters: {},
  metrics,
  tags,
  datasets: { panel: "0123456789abcdef" },
  artifacts: {},
});
const recorded: Recorded = {
  steps: {
    early: { ...step({ sharpe: -1.234, sharpe_low: -2, sharpe_high: 0.05 }), manifest: exampleManifest() },
    late: step({ rank_ic: 0.02345 }, {}),
  },
};

Deno.test("resultTable() keeps the order of the spec, shows what has no interval or verdict, and lines up", () => {
  assert.equal(
    resultTable([{ study, recorded, claims: {} }]),
    [
      "| study | step  | measure |  value | 95 % interval | trials | deflated | verdict    |",
      "| ----- | ----- | ------- | -----: | ------------: | -----: | -------: | ---------- |",
      "| demo  | late  | rank ic | 0.0234 |          none |   none |     none | not judged |",
      "| demo  | early | sharpe  |  −1.23 | −2.00 to 0.05 |   none |     none | fail       |",
      "",
    ].join("\n"),
  );
});

Deno.test("resultTable() weighs a claim by what was tried until today, not until it was made", () => {
  const metrics = { rank_ic: 0.02345, trials: 1, deflated: 0.991 };
  const made = { steps: { late: step(metrics, { verdict: "pass", reasons: "sure", trial: "abc" }) } };
  const claimOf = (z: number, trials: number) =>
    weighTrials({
      record: "abc",
      z,
      value: 0.02345,
      dates: [],
      values: new Float64Array(),
      metric: "rank IC",
      horizonDays: 1,
      periodsPerYear: 252,
      probabilityAbove: (benchmark) => normalProbability(z - benchmark),
    }, { trials, recorded: trials, admitted: 0, metrics: [], series: [] });
  const lineOf = (claims: StudyRecord["claims"]) => resultTable([{ study, recorded: made, claims }]).split("\n")[2];
  assert.match(lineOf({}), /\| +1 \| +0\.991 \| pass +\|$/);
  assert.match(lineOf({ late: claimOf(4, 10) }), /\| +10 \| +0\.992 \| pass +\|$/);
  const late = { late: claimOf(2.4, 10) };
  assert.match(lineOf(late), /\| +10 \| +0\.795 \| fail by trials since \|$/);
  assert.equal(
    failureList([{ study, recorded: made, claims: late }]),
    "- demo/late, fail by trials since: sure; 10 trials until today\n",
  );
});

Deno.test("partTable() shows the models beside the judged one, and how far seeds lie apart", () => {
  assert.equal(partTable({ study, recorded, claims: {} }), "");
  const late = {
    ...step({ rank_ic: 0.02345, seeds_spread: 0.00795 }),
    parts: { ridge: { rank_ic: 0.023, rank_ic_low: -0.01, rank_ic_high: 0.056 }, rounds: { loss: 1 } },
  };
  const record = { study, recorded: { steps: { late } }, claims: {} };
  assert.equal(
    partTable(record),
    [
      "Models on the same rows, with intervals of the bootstrap:",
      "",
      "| step | model | measure |  value |     95 % interval |",
      "| ---- | ----- | ------- | -----: | ----------------: |",
      "| late | ridge | rank ic | 0.0230 | −0.0100 to 0.0560 |",
      "",
      "Standard deviation of the seeds of late: 0.0080.",
    ].join("\n"),
  );
  assert.ok(leaderboard([record]).includes(partTable(record)));
});

Deno.test("leaderboard() says how results were made, and why what failed did", () => {
  const page = leaderboard([{ study, recorded, claims: {} }]);
  for (
    const part of [
      "## demo: A title",
      "Why?",
      "Universe: Two names",
      "panel 0123456789ab",
      "commit c0ffee",
      "deno 2.9.8",
      "- demo/early, fail: it lost money",
    ]
  ) {
    assert.ok(page.includes(part), part);
  }
});

Deno.test("stepResult() refuses a step that did not measure its headline", () => {
  assert.throws(() => stepResult(study, "late", { metrics: { other: 1 }, tags: {} }), {
    name: "RangeError",
    message: "Cannot show demo/late: its metrics must hold rank_ic, current ones are other",
  });
});
