import assert from "node:assert/strict";
import { mean } from "@lib/core";
import { leaksOnNoise } from "./leaks_on_noise.ts";

Deno.test("`leaksOnNoise()` shows what arithmetic says, and nothing where nothing leaks", () => {
  const leaks = leaksOnNoise({ seed: 1, simulations: 10 });
  for (const { leak, ics, expected } of leaks) {
    assert.equal(ics.length, 10);
    assert.ok(Math.abs(mean(ics) - expected) < 0.03, `${leak}: ${mean(ics)} for ${expected}`);
  }
  assert.deepEqual(leaks.map(({ expected }) => expected.toFixed(2)), [
    "0.67",
    "0.80",
    "0.45",
    "0.63",
    "1.00",
    "0.56",
    "0.00",
  ]);
});

Deno.test("`leaksOnNoise()` gives the same for the same seed, and refuses too few days for its fit", () => {
  const few = { simulations: 2, days: 600 };
  assert.deepEqual(leaksOnNoise({ seed: 4, ...few }), leaksOnNoise({ seed: 4, ...few }));
  assert.notDeepEqual(leaksOnNoise({ seed: 4, ...few }), leaksOnNoise({ seed: 9, ...few }));
  assert.throws(() => leaksOnNoise({ seed: 1, days: 300 }), /days must be an integer of at least 504/);
});
