import assert from "node:assert/strict";
import { repetitionSeed } from "./experiment.ts";
import type { KindWithoutSignal } from "./market_without_signal.ts";
import { claimsWithoutSignal, noSignalOnTrial } from "./no_signal_on_trial.ts";

const KINDS: KindWithoutSignal[] = ["independent returns", "shuffled targets", "block-shuffled dates"];
const settings = ["ridge_weak_fast", "lightgbm_slow"];
const small = { settings, symbols: 15 };

Deno.test("`claimsWithoutSignal()`: hardly anything passes where there is nothing, whoever claims it", async () => {
  const outcomes = [];
  for (const kind of KINDS) outcomes.push(await claimsWithoutSignal({ kind, seed: repetitionSeed(kind, 0), ...small }));
  const passes = outcomes.flatMap(({ study, careful, cheat, blend }) => [study, careful, cheat, blend]);
  assert.ok(passes.every((value) => value === 0 || value === 1));
  assert.ok(passes.filter((value) => value === 1).length <= 1, JSON.stringify(outcomes));
  assert.ok(outcomes.filter(({ suspected }) => suspected === 1).length === 0);
});

Deno.test("`claimsWithoutSignal()` gives the same for the same seed", async () => {
  const options = { kind: KINDS[0], seed: 77, ...small, horizonDays: 5 };
  assert.deepEqual(await claimsWithoutSignal(options), await claimsWithoutSignal(options));
});

Deno.test("`noSignalOnTrial` has at least 200 markets", () => {
  assert.ok(noSignalOnTrial.reduce((sum, { repetitions }) => sum + repetitions, 0) >= 200);
});
