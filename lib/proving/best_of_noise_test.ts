import assert from "node:assert/strict";
import { expectedMaximum } from "@lib/f4";
import { bestOfNoise } from "./best_of_noise.ts";

Deno.test("`bestOfNoise()` shows what extreme value theory expects", () => {
  const years = 2;
  const bests = bestOfNoise({ seed: 3, days: 252 * years, trials: [10, 100], simulations: 60 });
  for (const { trials, sharpe, low, high } of bests) {
    assert.ok(Math.abs(sharpe - expectedMaximum(trials) / Math.sqrt(years)) < 0.15, `${trials}: ${sharpe}`);
    assert.ok(low < sharpe && sharpe < high);
  }
});

Deno.test("`bestOfNoise()` never gets worse by choosing from more, and refuses to choose from none", () => {
  const [few, many] = bestOfNoise({ seed: 5, days: 50, trials: [5, 20], simulations: 1 });
  assert.ok(many.sharpe >= few.sharpe);
  assert.throws(() => bestOfNoise({ seed: 5, days: 50, trials: [0] }), /trials must be an integer of at least 1/);
});
