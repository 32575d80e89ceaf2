import assert from "node:assert/strict";
import { leaderboard, resultTable, stepResult } from "./leaderboard.ts";
import type { Recorded } from "./record.ts";
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
const step = (metrics: Record<string, number>, tags: Record<string, string> = { verdict: "fail" }) => ({
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
    resultTable([{ study, recorded }]),
    [
      "| study | step  | measure |  value | 95 % interval | verdict    |",
      "| ----- | ----- | ------- | -----: | ------------: | ---------- |",
      "| demo  | late  | rank ic | 0.0234 |          none | not judged |",
      "| demo  | early | sharpe  |  −1.23 | −2.00 to 0.05 | fail       |",
      "",
    ].join("\n"),
  );
});

Deno.test("leaderboard() says how results were made", () => {
  const page = leaderboard([{ study, recorded }]);
  for (
    const part of [
      "## demo: A title",
      "Why?",
      "Universe: Two names",
      "panel 0123456789ab",
      "commit c0ffee",
      "deno 2.9.8",
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
