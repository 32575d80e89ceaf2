import assert from "node:assert/strict";
import { findingsOf } from "./findings.ts";
import { repeatExperiment } from "./repeat_experiment.ts";
import { selectionOnTrial } from "./selection_on_trial.ts";
import { testsOnTrial } from "./tests_on_trial.ts";

const SHORT = 60;
const APPROXIMATION = 0.1; // of asymptotic levels and of the expected best of few

for (const experiment of [...testsOnTrial, ...selectionOnTrial]) {
  Deno.test(`${experiment.name}, ${SHORT} times: nothing far from what theory says`, async () => {
    const count = experiment.milliseconds > 10 ? SHORT / 4 : SHORT;
    const findings = findingsOf(experiment, await repeatExperiment(experiment, { count }));
    assert.equal(findings.length, experiment.claims.length, "every claim is measured");
    for (const { what, low, high, expected, relation } of findings) {
      if (expected === null) continue;
      if (relation !== "at least") assert.ok(low <= expected + APPROXIMATION, `${what}: from ${low}, not ${expected}`);
      if (relation !== "at most") assert.ok(high >= expected - APPROXIMATION, `${what}: to ${high}, not ${expected}`);
    }
  });
}
