import assert from "node:assert/strict";
import { join } from "node:path";
import { killAndResume, notedSteps, pause, undisturbed, type Victim } from "./bench/kill_and_resume.ts";
import type { Step, Study } from "./study.ts";

const step: Step = {
  notebook: "../lib/study/testdata/steps",
  after: [],
  headline: "last",
  parameters: { count: 14 },
};
const study: Study = {
  name: "small",
  title: "",
  question: "",
  universe: "",
  tolerances: {},
  steps: { first: { ...step, parameters: { count: 2 } }, last: { ...step, after: ["first"] } },
};

Deno.test("runStudies() leaves the same bytes after a kill, and does nothing again that was finished", async () => {
  const folder = await Deno.makeTempDir();
  const expected = await undisturbed(study, join(folder, "undisturbed"));
  assert.deepEqual(Object.keys(expected), ["first/sums.json", "last/sums.json"]);
  const kills: [Victim, number][] = [["kernels", 1], ["runner", 3], ["all", 6]];
  for (const [victim, noted] of kills) {
    const own = join(folder, victim);
    const moment = async () => {
      while (await notedSteps(study, own) < noted) await pause(10);
    };
    const { finished, doneAgain, different } = await killAndResume(study, { folder: own, victim, moment, expected });
    assert.ok(finished.length >= noted);
    assert.deepEqual([doneAgain, different], [[], []]);
  }
  await Deno.remove(folder, { recursive: true });
});
