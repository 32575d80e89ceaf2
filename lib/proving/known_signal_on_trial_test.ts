import assert from "node:assert/strict";
import { expectedRankCorrelation } from "./expected_rank_correlation.ts";
import type { Outcome } from "./experiment.ts";
import { claimOfPersistentForecasts, claimOfPlantedSignal } from "./known_signal_on_trial.ts";

const sum = (outcomes: readonly Outcome[], key: string) =>
  outcomes.reduce((total, outcome) => total + (outcome[key] ?? 0), 0);
const seeds = Array.from({ length: 16 }, (_, seed) => seed + 1);

Deno.test("`claimOfPlantedSignal()` measures what was planted, and passes where it can be seen", async () => {
  const size = { correlation: 0.1, names: 20, days: 150 };
  const outcomes = await Promise.all(seeds.map((seed) => claimOfPlantedSignal(seed, size)));
  const error = 1 / Math.sqrt(19 * 150 * seeds.length);
  const truth = expectedRankCorrelation(0.1, size);
  assert.ok(Math.abs(sum(outcomes, "rankIc") / seeds.length - truth) < 4 * error);
  assert.ok(sum(outcomes, "covered") >= 12, `${sum(outcomes, "covered")} of 16 covered`);
  const seen = sum(outcomes, "passes") + sum(outcomes, "suspected"); // so strong a signal may well be suspected
  assert.ok(seen >= 12, `${seen} of 16 seen`);
});

Deno.test("`claimOfPlantedSignal()` after many other trials passes less often", async () => {
  const size = { correlation: 0.05, names: 20, days: 250 };
  const passes = async (otherTrials: number) =>
    sum(await Promise.all(seeds.map((seed) => claimOfPlantedSignal(seed, { ...size, otherTrials }))), "passes");
  assert.ok(await passes(100) < await passes(0));
});

Deno.test("`claimOfPersistentForecasts()` of outcomes that overlap hardly ever passes", async () => {
  const size = { horizonDays: 5, names: 10, days: 300 };
  const outcomes = await Promise.all(seeds.map((seed) => claimOfPersistentForecasts(seed, size)));
  assert.ok(sum(outcomes, "passes") <= 2);
  assert.ok(sum(outcomes, "covered") >= 12);
});
